using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Domain.Statements;

public sealed class StatementTests
{
    [Fact]
    public void Opening_lines_and_closing_tie_out_and_each_line_has_the_balance_after_it()
    {
        var statement = StatementOfTests.Of(1000, 500, -700, 20);

        Assert.Equal([1500, 800, 820], statement.Lines.Select(line => line.BalanceMinor));
        Assert.Equal((1000, 520, 700, 820), (statement.OpeningMinor, statement.InMinor, statement.OutMinor, statement.Closing.BalanceMinor));
    }

    [Fact]
    public void Figures_that_do_not_tie_out_are_no_statement()
    {
        var head = StatementOfTests.Head();

        var exception = Assert.Throws<StatementException>(() => Statement.Of(head, 1000, [StatementOfTests.Movement(1, 500)], new StatementClosing(1501, 0, null)));

        Assert.Contains("give 1500, the closing balance is 1501", exception.Message, StringComparison.Ordinal);
        Assert.Contains(head.AccountId.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-31", "2026-11-05", "outside the period")]
    [InlineData("2026-11-05", "2026-12-01", "outside the period")]
    [InlineData("2026-11-05", "2026-11-04", "out of order")]
    public void Movements_of_other_days_or_out_of_order_are_no_statement(string first, string second, string what)
    {
        StatementMovement[] movements = [StatementOfTests.Movement(1, 500, DateOnly.Parse(first)), StatementOfTests.Movement(2, -500, DateOnly.Parse(second))];

        var exception = Assert.Throws<StatementException>(() => Statement.Of(StatementOfTests.Head(), 1000, movements, new StatementClosing(1000, 0, null)));

        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_one_day_the_sequence_is_the_order_and_none_comes_twice()
    {
        StatementMovement[] twice = [StatementOfTests.Movement(2, 500), StatementOfTests.Movement(2, 500)];

        Assert.Throws<StatementException>(() => Statement.Of(StatementOfTests.Head(), 0, twice, new StatementClosing(1000, 0, null)));
        Assert.Throws<StatementException>(() => Statement.Of(StatementOfTests.Head(), 0, [StatementOfTests.Movement(1, 0)], new StatementClosing(0, 0, null)));
    }

    [Fact]
    public void A_balance_that_is_too_large_is_an_error_and_not_a_small_number() =>
        Assert.Throws<OverflowException>(() => Statement.Of(StatementOfTests.Head(), long.MaxValue, [StatementOfTests.Movement(1, 1)], new StatementClosing(long.MinValue, 0, null)));

    [Fact]
    public void A_line_says_what_it_is_for_and_never_nothing()
    {
        var all = StatementOfTests.Movement(1, 1) with { OrderNumber = "1001", Reason = "Goodwill", Memo = "late", Note = "Sorry" };

        Assert.Equal(("1001", "Order 1001 · Goodwill · Sorry · late"), (new StatementLine(all, 1).Reference, new StatementLine(all, 1).Description));
        Assert.Equal((null, "Store Credit"), (new StatementLine(StatementOfTests.Movement(1, 1), 1).Reference, new StatementLine(StatementOfTests.Movement(1, 1), 1).Description));
        Assert.Equal("Invoice 7", new StatementLine(StatementOfTests.Movement(1, 1) with { InvoiceNumber = "7" }, 1).Description);
    }
}
