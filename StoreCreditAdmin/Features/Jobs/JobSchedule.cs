using System.Globalization;
using Quartz;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>
/// When a job runs: at a distance, as <c>00:05:00</c> for every five minutes, or by a cron expression of Quartz with seconds, in UTC, as <c>0 30 3 * * ?</c> for 03:30 each day.
/// </summary>
public sealed class JobSchedule
{
    private const string IntervalFormat = @"hh\:mm\:ss";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    private readonly TimeSpan interval;
    private readonly CronExpression? cron;

    private JobSchedule(TimeSpan interval, CronExpression? cron) => (this.interval, this.cron) = (interval, cron);

    /// <exception cref="FormatException">The text is no schedule. The message says what one looks like.</exception>
    public static JobSchedule Parse(string text)
    {
        if (TimeSpan.TryParseExact(text, IntervalFormat, CultureInfo.InvariantCulture, out var interval) && interval >= Shortest)
        {
            return new JobSchedule(interval, null);
        }

        try
        {
            return new JobSchedule(default, new CronExpression(text, TimeZoneInfo.Utc));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException($"'{text}' is no schedule. Write a distance of 10 seconds or more as 00:05:00, or a cron expression in UTC as 0 30 3 * * ?.", exception);
        }
    }

    /// <summary>The first time after another at which it runs; null when it never does again.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) => cron is null ? instant + interval : cron.GetNextValidTimeAfter(instant);

    /// <summary>As people say it.</summary>
    public override string ToString() =>
        cron is not null ? $"By cron {cron.CronExpressionString} (UTC)"
        : interval.TotalHours >= 1 && interval.Ticks % TimeSpan.TicksPerHour == 0 ? Every((int)interval.TotalHours, "hour")
        : interval.Ticks % TimeSpan.TicksPerMinute == 0 ? Every((int)interval.TotalMinutes, "minute")
        : Every((int)interval.TotalSeconds, "second");

    /// <summary>A missed time is made up by one run at once, however many there were.</summary>
    internal IScheduleBuilder ToQuartz() => cron is null
        ? SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)
        : CronScheduleBuilder.Create(cron).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);

    private static string Every(int number, string unit) => number == 1 ? $"Every {unit}" : $"Every {number} {unit}s";
}
