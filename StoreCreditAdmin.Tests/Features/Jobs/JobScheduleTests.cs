using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Tests.Features.Jobs;

public sealed class JobScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00:05:00", "Every 5 minutes", "2026-11-22 12:05:00")]
    [InlineData("00:01:00", "Every minute", "2026-11-22 12:01:00")]
    [InlineData("02:00:00", "Every 2 hours", "2026-11-22 14:00:00")]
    [InlineData("00:01:30", "Every 90 seconds", "2026-11-22 12:01:30")]
    [InlineData("0 30 3 * * ?", "By cron 0 30 3 * * ? (UTC)", "2026-11-23 03:30:00")]
    public void A_schedule_says_when_it_comes_next_and_what_it_is(string text, string said, string next)
    {
        var schedule = JobSchedule.Parse(text);

        Assert.Equal(said, schedule.ToString());
        Assert.Equal(next, schedule.NextAfter(Noon)?.ToString("yyyy-MM-dd HH:mm:ss"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00:00:00")]
    [InlineData("00:00:09")]
    [InlineData("5")]
    [InlineData("-00:05:00")]
    [InlineData("every day")]
    [InlineData("0 61 3 * * ?")]
    [InlineData("30 3 * * *")]
    public void What_is_no_schedule_is_refused_with_an_example(string text) =>
        Assert.StartsWith($"'{text}' is no schedule. Write", Assert.Throws<FormatException>(() => JobSchedule.Parse(text)).Message);
}
