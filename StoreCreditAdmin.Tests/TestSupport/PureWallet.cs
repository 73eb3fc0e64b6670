using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>The ledger's rules without a database: one account's wallet in memory, on a clock that the test moves. Amounts are cents.</summary>
public sealed class PureWallet
{
    public static readonly Reason Correction = new("correction", "Correction", ReasonPurposes.All);

    private int ids;
    private int operations;

    public PureWallet(string currency = "USD", string timeZone = "UTC", Account? account = null)
    {
        Account = account ?? new Account(Guid.NewGuid(), "Ada Byron", AccountKind.Person, null, "card", Now);
        Store = new Store("main", "Main", currency, timeZone);
        Wallet = new Wallet(Account, Store, Currency.Of(currency), new AccountBalance(Account, Store, Currency.Of(currency)), []);
    }

    public Account Account { get; }

    public Store Store { get; }

    public Wallet Wallet { get; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public DateOnly Today => Store.DateOf(Now);

    public Actor Actor { get; set; } = new(ActorKind.Staff, "eve", "Eve");

    public CreditType StoreCredit { get; } = new("store-credit", "Store Credit");

    public CreditType RefundCredit { get; } = new("refund-credit", "Refund Credit");

    public IReadOnlyList<LedgerEntry> Entries => Wallet.Entries;

    public LedgerEntry Last => Entries[^1];

    public Posting Posting(Reason? reason = null)
    {
        var operation = new Operation(NewId(), "test", $"test:{++operations}", [], Actor, Now);
        return new Posting(operation, Actor, Store.MomentAt(Now), new EntryDetails { Reason = reason }, NewId);
    }

    public Credit Issue(long amount, DateOnly? expiresOn = null, DateOnly? effectiveOn = null, CreditType? type = null) =>
        TryIssue(amount, expiresOn, effectiveOn, type).Value;

    public Result<Credit> TryIssue(long amount, DateOnly? expiresOn = null, DateOnly? effectiveOn = null, CreditType? type = null, long? cap = null)
    {
        var terms = new CreditTerms { Source = "test", ExpiresOn = expiresOn, EffectiveOn = effectiveOn };
        return Wallet.Issue(Posting(), type ?? StoreCredit, amount, terms, cap);
    }

    public Authorization Authorize(long? amount, long total = Money.MaxMinor, Authorization? replaced = null) => TryAuthorize(amount, total, replaced).Value!;

    public Result<Authorization?> TryAuthorize(long? amount, long total = Money.MaxMinor, Authorization? replaced = null, long taken = 0) =>
        Wallet.Authorize(
            Posting(),
            new AuthorizationTerms
            {
                Code = $"code-{++ids}",
                OrderNumber = "1001",
                OrderTotalMinor = total,
                TakenMinor = taken,
                AmountMinor = amount,
                ExpiresAt = Now.AddHours(24),
            },
            replaced);

    public Result<Authorization> Capture(Authorization authorization, long? amount = null, bool keepRest = false) =>
        Wallet.Capture(Posting(), authorization, amount, keepRest);

    public Result<Authorization> Void(Authorization authorization) => Wallet.Void(Posting(), authorization);

    public Result<IReadOnlyList<Draw>> Refund(Authorization authorization, long? amount = null, bool toNewCredit = false) =>
        Wallet.Refund(Posting(), authorization, amount, toNewCredit, RefundCredit);

    /// <summary>A credit of which the given amounts are used and held.</summary>
    public Credit IssueDrawn(long amount, long used = 0, long held = 0, DateOnly? expiresOn = null)
    {
        var credit = Issue(amount, expiresOn);
        if (used > 0)
        {
            Capture(Authorize(used));
        }

        if (held > 0)
        {
            Authorize(held);
        }

        return credit;
    }

    /// <summary>Runs a command that must be refused, and sees that it changed nothing.</summary>
    public Refusal Refuses<T>(string code, Func<PureWallet, Result<T>> command)
    {
        var before = Snapshot();
        var result = command(this);
        Assert.Equal(code, result.Refusal?.Code);
        Assert.Equal(before, Snapshot());
        return result.Refusal!;
    }

    public void MoveTo(DateOnly day, int hour = 12) => Now = new DateTimeOffset(day, new TimeOnly(hour, 0), TimeSpan.Zero);

    /// <summary>Used, held and remaining of a credit, as the cases write them.</summary>
    public static (long Used, long Held, long Remaining) Uhr(Credit credit) => (credit.Buckets.Used, credit.Buckets.Authorized, credit.Buckets.Available);

    /// <summary>Entries after the first few, as <c>kind amount</c>.</summary>
    public IEnumerable<string> Lines(int skip = 0) => Entries.Skip(skip).Select(entry => $"{entry.Kind} {entry.AmountMinor}");

    private string Snapshot() => string.Join(
        '\n',
        Wallet.Credits.Select(credit => $"{Text(credit.Buckets)} {credit.ExpiresOn} {credit.InvalidatedAt} {credit.DeletedAt} {credit.Version}")
            .Append($"{Text(Wallet.Balance)} {Entries.Count} {Account.LastSequence}")
            .Concat(Entries.Select(entry => entry.Authorization).OfType<Authorization>().Distinct().Select(one =>
                $"{one.Code} {one.Status} {one.IsOpen} {string.Join(' ', one.Lines.Select(line => $"{line.AuthorizedMinor}/{line.CapturedMinor}/{line.ReleasedMinor}/{line.RefundedMinor}"))}")));

    private static string Text(Buckets buckets) =>
        $"{buckets.Available} {buckets.Authorized} {buckets.Used} {buckets.Expired} {buckets.Reclaimed} {buckets.Invalidated}";

    private Guid NewId() => new(++ids, 0, 0, new byte[8]);
}
