using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>The product's services over a database file, with what routes send them: texts, ids, codes and idempotency keys.</summary>
internal sealed partial class ServiceHarness : ILedgerUnderTest
{
    private readonly TestDatabase database;
    private readonly List<Account> accounts = [];
    private readonly List<Guid> credits = [];
    private readonly List<string> codes = [];

    private ServiceHarness(TestDatabase database) => this.database = database;

    public bool HasServices => true;

    public static async Task<ServiceHarness> CreateAsync()
    {
        var harness = new ServiceHarness(await TestDatabase.CreateAsync(new NoSync()));
        await using (var db = harness.database.Open())
        {
            (await db.Stores.SingleAsync()).CapPerAccountMinor = World.Stores[0].Cap;
            db.Stores.AddRange(World.Stores.Skip(1).Select(store => new Store(store.Code, store.Code, store.Currency, store.TimeZone) { ReturnedValueDays = store.ReturnedDays }));
            foreach (var type in World.Types)
            {
                var stored = await db.CreditTypes.SingleAsync(one => one.Code == type.Code);
                (stored.Priority, stored.PaidFor, stored.MayExpire) = (type.Priority, type.PaidFor, type.MayExpire);
                stored.DefaultExpiry = type.Code == World.RefundType ? ExpiryPolicy.AfterDays(World.RefundDays) : ExpiryPolicy.Never;
            }

            await db.SaveChangesAsync();
        }

        for (var i = 0; i < World.Accounts; i++)
        {
            harness.accounts.Add(await harness.database.AddAccountAsync($"Customer {i}"));
            await harness.NameForBillingAsync(i);
        }

        return harness;
    }

    public async Task<Outcome> RunAsync(Command command, string key)
    {
        var outcome = command is InvoiceEvent or PayInvoice or VoidInvoicePayment or MarkInvoicePaid ? await InvoiceAsync(command, key) : await DoAsync(command, key);
        await NumberWhatIsNewAsync();
        return outcome;
    }

    private async Task<Outcome> DoAsync(Command command, string key)
    {
        var operation = new OperationKey("test:" + key, SHA256.HashData(Encoding.UTF8.GetBytes(command.ToString())));
        switch (command)
        {
            case MoveClock move:
                database.Clock.Now += move.By;
                return new Outcome(Outcome.Ok);
            case RunExpiry or ReleaseStale or SettleInvoices:
                var name = command switch { RunExpiry => "expiry", SettleInvoices => "invoices", _ => "stale-authorizations" };
                await database.Get<IEnumerable<IDueJob>>().Single(job => job.Name == name).RunAsync(default);
                return new Outcome(Outcome.Ok);
            case Hold hold:
                return Of(await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, operation, AccountId(hold.Account), new HoldRequest { Reason = "fraud" }), _ => null);
            case LiftHold lift:
                return Of(await database.Get<AccountService>().LiftHoldAsync(TestDatabase.Robot, operation, AccountId(lift.Account)), _ => null);
            case Authorize or Capture or VoidHeld or Refund:
                return await CheckOutAsync(command, operation);
            case Debit debit:
                var request = new DebitRequest { Amount = Money(debit.Amount, debit.Currency), Store = World.Stores[debit.Store].Code, Reason = Reason(debit.WithReason) };
                return Of(await Credits.DebitAsync(TestDatabase.Robot, operation, AccountId(debit.Account), request), Text);
            default:
                return Of(await OnCreditAsync(command, operation), Text);
        }
    }

    public async Task<Picture> ReadAsync(int account, int seen)
    {
        await using var db = database.Open();
        var id = accounts[account].Id;
        var ownCredits = await db.Credits.AsNoTracking().Include(credit => credit.Type).Include(credit => credit.Store).Include(credit => credit.OriginCredit)
            .Where(credit => credit.AccountId == id).OrderBy(credit => credit.Id).ToListAsync();
        var ownAuthorizations = await db.Authorizations.AsNoTrackingWithIdentityResolution().Include(one => one.Lines).ThenInclude(line => line.Credit)
            .Where(one => one.AccountId == id).OrderBy(one => one.Id).ToListAsync();
        var ownInvoices = await db.Invoices.AsNoTracking().Include(invoice => invoice.Store).Where(invoice => invoice.AccountId == id).OrderBy(invoice => invoice.Id).ToListAsync();
        var newEntries = await db.LedgerEntries.AsNoTracking()
            .Where(entry => entry.AccountId == id && entry.Sequence > seen).OrderBy(entry => entry.Sequence)
            .Select(entry => new { Entry = entry, CreditId = entry.Credit.PublicId, entry.Authorization!.Code }).ToListAsync();
        return new Picture(
            [.. ownCredits.Select(Text)],
            [.. ownAuthorizations.Select(Text)],
            [.. ownInvoices.Select(Text)],
            [.. newEntries.Select(one => Text(one.Entry, one.CreditId, one.Code))]);
    }

    public async Task VerifyAsync()
    {
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private CreditService Credits => database.Get<CreditService>();

    private Task<Result<CreditView>> OnCreditAsync(Command command, OperationKey key)
    {
        var robot = TestDatabase.Robot;
        return command switch
        {
            Issue issue => Credits.IssueAsync(robot, key, AccountId(issue.Account), new IssueCreditRequest
            {
                Store = World.Stores[issue.Store].Code,
                Amount = Money(issue.Amount, issue.Currency),
                Type = issue.Type,
                EffectiveOn = issue.EffectiveOn,
                ExpiresOn = issue.ExpiresOn,
            }),
            WriteNonsense nonsense => Credits.IssueAsync(robot, key, AccountId(nonsense.Account), new IssueCreditRequest { Amount = MoneyInput.Of(nonsense.Text, "USD"), Type = "goodwill" }),
            AdjustBy adjust => Credits.AdjustAsync(robot, key, CreditId(adjust.Credit), new AdjustCreditRequest { Delta = Decimal(adjust.Delta, CurrencyOf(adjust.Credit)), Reason = Reason(adjust.WithReason) }),
            AdjustTo adjust => Credits.AdjustAsync(robot, key, CreditId(adjust.Credit), new AdjustCreditRequest { NewAmount = Money(adjust.Amount, CurrencyOf(adjust.Credit)), Reason = Reason(adjust.WithReason) }),
            Invalidate invalidate => Credits.InvalidateAsync(robot, key, CreditId(invalidate.Credit), new InvalidateCreditRequest { Reason = Reason(invalidate.WithReason) }),
            Delete delete => Credits.DeleteAsync(robot, key, CreditId(delete.Credit)),
            ChangeExpiry change => Credits.ChangeAsync(robot, key, CreditId(change.Credit), new ChangeCreditRequest { ExpiresOn = change.ExpiresOn, Reason = Reason(change.WithReason) }),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
    }

    private async Task<Outcome> CheckOutAsync(Command command, OperationKey key)
    {
        var (robot, service) = (TestDatabase.Robot, database.Get<CheckoutService>());
        switch (command)
        {
            case Authorize authorize:
                var request = new AuthorizeRequest
                {
                    Store = World.Stores[authorize.Store].Code,
                    OrderNumber = authorize.Order,
                    OrderTotal = Money(authorize.Total, authorize.Currency),
                    Amount = Part(authorize.Amount, authorize.Currency),
                };
                return Of(await service.AuthorizeAsync(robot, key, AccountId(authorize.Account), request), Text);
            case Capture capture:
                return Of(await service.CaptureAsync(robot, key, Code(capture.Authorization), new CaptureRequest { Amount = Part(capture.Amount, CurrencyOfCode(capture.Authorization)), KeepRest = capture.KeepRest }), Text);
            case VoidHeld voided:
                return Of(await service.VoidAsync(robot, key, Code(voided.Authorization), new VoidRequest()), Text);
            case Refund refund:
                return Of(await service.RefundAsync(robot, key, Code(refund.Authorization), new RefundRequest { Amount = Part(refund.Amount, CurrencyOfCode(refund.Authorization)), ToNewCredit = refund.ToNewCredit }), Text);
            default:
                throw new ArgumentOutOfRangeException(nameof(command));
        }
    }

    private static Outcome Of<T>(Result<T> result, Func<T, string?> text) =>
        result.IsOk ? new Outcome(Outcome.Ok, text(result.Value), result.Replayed) : new Outcome(result.Refusal.Code, null, result.Replayed);

    private string AccountId(int account) => (account < 0 ? Guid.NewGuid() : accounts[account].PublicId).ToString();

    /// <summary>Where there is no such credit, the id of something else.</summary>
    private Guid CreditId(int credit) => credit < 0 ? accounts[0].PublicId : credits[credit];

    private string Code(int authorization) => authorization < 0 ? "no-such-code" : codes[authorization];

    private string CurrencyOf(int credit) => credit < 0 ? "USD" : currencies[credits[credit]];

    private string CurrencyOfCode(int authorization) => authorization < 0 ? "USD" : codeCurrencies[codes[authorization]];

    private static string? Reason(bool withReason) => withReason ? "correction" : null;

    private static string Decimal(long minor, string currency) => Amount.Of(minor, Currency.Of(currency)).ToString();

    private static MoneyInput Money(long minor, string currency) => MoneyInput.Of(Decimal(minor, currency), currency);

    private static PartialAmount? Part(long? minor, string currency) => minor is { } some ? new PartialAmount(Decimal(some, currency)) : null;

    private readonly Dictionary<Guid, string> currencies = [];
    private readonly Dictionary<string, string> codeCurrencies = [];

    private int IndexOf(Guid credit, string currency)
    {
        if (currencies.TryAdd(credit, currency))
        {
            credits.Add(credit);
        }

        return credits.IndexOf(credit);
    }

    private int IndexOf(string code, string currency)
    {
        if (codeCurrencies.TryAdd(code, currency))
        {
            codes.Add(code);
        }

        return codes.IndexOf(code);
    }

    private string Text(CreditView view) =>
        $"c{IndexOf(view.Id, view.Currency)} {view.Credited.Minor} = {view.Remaining.Minor}+{view.Authorized.Minor}+{view.Used.Minor}+{view.Expired.Minor}+{view.Reclaimed.Minor}+{view.InvalidatedAmount.Minor} {view.Status}";

    private string Text(DebitView view) => string.Join(", ", view.Lines.Select(line => $"c{credits.IndexOf(line.CreditId)} {line.Amount.Minor}"));

    private string Text(AuthorizationView view) =>
        $"a{IndexOf(view.Code, view.Currency)} {view.Amount.Minor} {view.Captured.Minor} {view.Released.Minor} {view.Refunded.Minor} {view.Status}";

    private string Text(RefundView view) =>
        string.Join(", ", view.Refund.Lines.Select(line => $"c{IndexOf(line.CreditId, view.Authorization.Currency)} {line.Amount.Minor}")) + "; " + Text(view.Authorization);

    private string Text(Credit credit) => NaiveLedger.CreditText(
        credits.IndexOf(credit.PublicId), Array.FindIndex(World.Stores, store => store.Code == credit.Store.Code), credit.CurrencyCode, credit.Type.Code, credit.OpeningMinor,
        [credit.Buckets.Available, credit.Buckets.Authorized, credit.Buckets.Used, credit.Buckets.Expired, credit.Buckets.Reclaimed, credit.Buckets.Invalidated],
        credit.EffectiveOn, credit.ExpiresOn, credit.IsInvalidated, credit.IsDeleted, credit.WasEverDrawn, credit.OriginCredit is { } origin ? credits.IndexOf(origin.PublicId) : null);

    private string Text(Authorization authorization) => NaiveLedger.AuthorizationText(
        codes.IndexOf(authorization.Code), authorization.OrderNumber ?? authorization.InvoiceNumber, Named.Status(authorization.Status),
        authorization.Lines.OrderBy(line => line.Position).Select(line => (credits.IndexOf(line.Credit.PublicId), line.AuthorizedMinor, line.CapturedMinor, line.ReleasedMinor, line.RefundedMinor)));

    private string Text(LedgerEntry entry, Guid creditId, string? code) => NaiveLedger.EntryText(
        entry.Sequence, Named.Lower(entry.Kind), credits.IndexOf(creditId), Named.Lower(entry.From), Named.Lower(entry.To), entry.AmountMinor, entry.EffectiveOn,
        entry.AvailableAfter, entry.AccountAvailableAfter, entry.AccountAuthorizedAfter, entry.OrderNumber ?? entry.InvoiceNumber, code is null ? null : codes.IndexOf(code));
}
