using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;

namespace StoreCreditAdmin.Tests.Domain.Journal;

public sealed class JournalTotalsTests
{
    [Fact]
    public void Each_transaction_debits_one_account_and_credits_another_by_the_same()
    {
        var totals = new JournalTotals();

        totals.Add(Transaction(JournalMovement.Issued, 6000), 6000);
        totals.Add(Transaction(JournalMovement.Used, 4000), -4000);
        totals.Prove();

        Assert.Equal(
            [("Assets:Clearing", 6000L, 0L), ("Income:Sales", 0L, 4000L), ("Liabilities:Credit", 4000L, 6000L)],
            totals.Accounts.Select(account => (account.Account, account.DebitMinor, account.CreditMinor)));
        Assert.Equal(2, totals.Entries);
    }

    [Fact]
    public void What_is_owed_must_have_changed_by_what_the_ledger_s_buckets_say()
    {
        var totals = new JournalTotals();
        totals.Add(Transaction(JournalMovement.Issued, 6000), 5999);

        var exception = Assert.Throws<InvalidOperationException>(totals.Prove);

        Assert.Contains("changed by 6000, the ledger says by 5999", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_transaction_moves_more_than_nothing(long minor) =>
        Assert.Throws<InvalidOperationException>(() => new JournalTotals().Add(Transaction(JournalMovement.Issued, minor), minor));

    [Fact]
    public void A_file_holds_what_was_proven_before_and_nothing_else()
    {
        var (proven, written) = (new JournalTotals(), new JournalTotals());
        proven.Add(Transaction(JournalMovement.Issued, 6000), 6000);
        proven.Add(Transaction(JournalMovement.Issued, 1), 1);
        written.Add(Transaction(JournalMovement.Issued, 6000), 6000);

        Assert.Throws<InvalidOperationException>(() => written.ProveSameAs(proven));
        written.Add(Transaction(JournalMovement.Issued, 1), 1);
        written.ProveSameAs(proven);
    }

    [Theory]
    [InlineData("Income:Sales & more", true)]
    [InlineData("4000 Erlöse 19 %", true)]
    [InlineData("Income::Sales", false)]
    [InlineData("Income:", false)]
    [InlineData(" Income", false)]
    [InlineData("Income:(Sales)", false)]
    [InlineData("Income  Sales", false)]
    [InlineData("Income\tSales", false)]
    [InlineData("Income;Sales", false)]
    [InlineData("=Income", false)]
    public void An_account_s_name_is_one_that_every_program_takes_for_one_name(string name, bool good) => Assert.Equal(good, GlAccountName.Problem(name) is null);

    private static JournalTransaction Transaction(JournalMovement movement, long minor) => new(
        new DateOnly(2026, 11, 22),
        Currency.Of("USD"),
        movement,
        "gift-card",
        true,
        movement == JournalMovement.Issued ? new GlPair("Assets:Clearing", "Liabilities:Credit") : new GlPair("Liabilities:Credit", "Income:Sales"),
        minor,
        1);
}
