using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounting;

namespace StoreCreditAdmin.Tests.Domain.Accounting;

public sealed class RollForwardTests
{
    private static readonly Currency Dollars = Currency.Of("USD");

    [Fact]
    public void Opening_and_all_lines_make_the_closing_and_lines_of_one_kind_are_added_up()
    {
        var forward = RollForward.Prove(
            Dollars, 1000, [new(LiabilityLine.Issued, 500, 2), new(LiabilityLine.Used, -300, 1), new(LiabilityLine.Issued, 50, 1)], closingMinor: 1250);

        Assert.Equal(LiabilityLines.All, forward.Lines.Select(line => line.Line));
        Assert.Equal(new RollForwardLine(LiabilityLine.Issued, 550, 3), forward.Lines[0]);
        Assert.Equal((1000, 1250), (forward.OpeningMinor, forward.ClosingMinor));
    }

    [Theory]
    [InlineData(1249)]
    [InlineData(1251)]
    public void Lines_that_do_not_lead_from_opening_to_closing_are_no_roll_forward(long closing)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => RollForward.Prove(Dollars, 1000, [new(LiabilityLine.Issued, 250, 1)], closing));

        Assert.Contains("comes to 12.50", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_that_is_too_large_is_an_error_and_not_a_small_number() =>
        Assert.Throws<OverflowException>(() => RollForward.Prove(Dollars, long.MaxValue, [new(LiabilityLine.Issued, 1, 1)], long.MinValue));

    [Theory]
    [InlineData("2026-11-30", "2026-11-01", "0-2")]
    [InlineData("2026-11-01", "2026-09-01", "0-2")]
    [InlineData("2026-11-30", "2026-08-01", "3-5")]
    [InlineData("2026-11-01", "2026-05-01", "6-11")]
    [InlineData("2026-11-01", "2025-11-01", "12-23")]
    [InlineData("2026-11-01", "2024-12-01", "12-23")]
    [InlineData("2026-11-01", "2024-11-01", "24-")]
    [InlineData("2026-11-01", "1976-01-01", "24-")]
    public void Age_counts_whole_months_from_the_month_of_issue(string on, string issued, string band)
    {
        var age = AgeBand.Of(DateOnly.Parse(issued), DateOnly.Parse(on));

        Assert.Equal(band, age.Name);
        var (from, to) = age.IssueMonths(DateOnly.Parse(on));
        Assert.True(!(DateOnly.Parse(issued) < from) && !(DateOnly.Parse(issued) > to));
    }
}
