namespace StoreCreditAdmin.Domain.Journal;

/// <summary>The two sides of an account in one currency, in minor units.</summary>
public sealed record JournalAccountTotal(string Currency, string Account, long DebitMinor, long CreditMinor);

/// <summary>
/// The sums of a journal by currency and account, and the proof that it is right: both sides are equal in each currency, and what the accounts of what is owed gained is what
/// the buckets of the credit gained. The two are counted apart, one from the accounts and one from the ledger.
/// </summary>
public sealed class JournalTotals
{
    private readonly SortedDictionary<(string Currency, string Account), (long Debit, long Credit)> accounts = new(Comparer<(string Currency, string Account)>.Create((x, y) =>
        string.CompareOrdinal(x.Currency, y.Currency) is var order and not 0 ? order : string.CompareOrdinal(x.Account, y.Account)));
    private readonly Dictionary<string, (long Owed, long Ledger)> owed = [];

    public long Entries { get; private set; }

    public IReadOnlyList<JournalAccountTotal> Accounts => [.. accounts.Select(one => new JournalAccountTotal(one.Key.Currency, one.Key.Account, one.Value.Debit, one.Value.Credit))];

    /// <param name="owedChangeMinor">What the same entries did to what is owed, as the ledger's buckets say it.</param>
    public void Add(JournalTransaction transaction, long owedChangeMinor)
    {
        if (transaction.AmountMinor <= 0)
        {
            throw new InvalidOperationException($"A transaction of the journal moves {transaction.AmountMinor}.");
        }

        var currency = transaction.Currency.Code;
        Book(currency, transaction.Accounts.Debit, transaction.AmountMinor, 0);
        Book(currency, transaction.Accounts.Credit, 0, transaction.AmountMinor);
        var (journal, ledger) = owed.GetValueOrDefault(currency);
        owed[currency] = (checked(journal + (transaction.Movement.Adds() ? transaction.AmountMinor : -transaction.AmountMinor)), checked(ledger + owedChangeMinor));
        Entries += transaction.Entries;
    }

    /// <exception cref="InvalidOperationException">The journal is wrong, so no file may be made of it.</exception>
    public void Prove()
    {
        foreach (var currency in accounts.GroupBy(one => one.Key.Currency))
        {
            var (debit, credit) = (Sum(currency.Select(one => one.Value.Debit)), Sum(currency.Select(one => one.Value.Credit)));
            if (debit != credit)
            {
                throw new InvalidOperationException($"The journal is out of balance in {currency.Key}: debit {debit}, credit {credit}.");
            }
        }

        foreach (var (currency, (journal, ledger)) in owed)
        {
            if (journal != ledger)
            {
                throw new InvalidOperationException($"The journal says that what is owed in {currency} changed by {journal}, the ledger says by {ledger}.");
            }
        }
    }

    /// <exception cref="InvalidOperationException">A file holds something else than was proven.</exception>
    public void ProveSameAs(JournalTotals other)
    {
        Prove();
        if (Entries != other.Entries || !Accounts.SequenceEqual(other.Accounts))
        {
            throw new InvalidOperationException("The lines of the journal do not add up to its totals.");
        }
    }

    private void Book(string currency, string account, long debit, long credit)
    {
        var (before, beforeCredit) = accounts.GetValueOrDefault((currency, account));
        accounts[(currency, account)] = (checked(before + debit), checked(beforeCredit + credit));
    }

    private static long Sum(IEnumerable<long> parts) => parts.Aggregate(0L, (sum, part) => checked(sum + part));
}
