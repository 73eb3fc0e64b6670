namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>One thing that somebody asks of the ledger. Accounts, stores, credits and authorizations are numbers in the order they were made; -1 is none that exists.</summary>
internal abstract record Command;

internal sealed record Issue(int Account, int Store, string Currency, long Amount, string Type, DateOnly? EffectiveOn, DateOnly? ExpiresOn) : Command;

internal sealed record AdjustBy(int Credit, long Delta, bool WithReason) : Command;

internal sealed record AdjustTo(int Credit, long Amount, bool WithReason) : Command;

internal sealed record Debit(int Account, int Store, string Currency, long Amount, bool WithReason) : Command;

internal sealed record Invalidate(int Credit, bool WithReason) : Command;

internal sealed record Delete(int Credit) : Command;

internal sealed record ChangeExpiry(int Credit, DateOnly? ExpiresOn, bool WithReason) : Command;

internal sealed record Hold(int Account) : Command;

internal sealed record LiftHold(int Account) : Command;

internal sealed record Authorize(int Account, int Store, string Currency, string Order, long Total, long? Amount) : Command;

internal sealed record Capture(int Authorization, long? Amount, bool KeepRest) : Command;

internal sealed record VoidHeld(int Authorization) : Command;

internal sealed record Refund(int Authorization, long? Amount, bool ToNewCredit) : Command;

internal sealed record RunExpiry : Command;

internal sealed record ReleaseStale : Command;

/// <summary>The clock moves, now and then backwards.</summary>
internal sealed record MoveClock(TimeSpan By) : Command;

/// <summary>An amount that is no amount, for an account or a credit that exists.</summary>
internal sealed record WriteNonsense(int Account, string Text) : Command;

/// <summary>What a billing system reports: an event of its own, whose id is its key.</summary>
internal abstract record InvoiceEvent : Command;

/// <param name="Number">Invoices are numbered in the order in which they were first thought of; one may be voided before it is created.</param>
internal sealed record InvoiceCreated(int Account, int Store, string Currency, int Number, string Kind, long Total, DateOnly IssuedOn) : InvoiceEvent;

internal sealed record InvoiceVoided(int Number) : InvoiceEvent;

/// <param name="Number">-1 for none that exists.</param>
internal sealed record PayInvoice(int Number, string Currency, long? Amount) : Command;

/// <param name="Authorization">A payment by credit, of an invoice or of something else.</param>
internal sealed record VoidInvoicePayment(int Number, int Authorization) : Command;

internal sealed record MarkInvoicePaid(int Number) : Command;

internal sealed record SettleInvoices : Command;

/// <param name="Code"><c>ok</c> or the refusal's code.</param>
/// <param name="Answer">What the answer said, in the model's words; null where a ledger gives none.</param>
internal sealed record Outcome(string Code, string? Answer = null, bool Replayed = false)
{
    public const string Ok = "ok";

    public bool IsOk => Code == Ok;
}

/// <summary>What one account looks like, in lines of text that the model and the ledger both write.</summary>
internal sealed record Picture(IReadOnlyList<string> Credits, IReadOnlyList<string> Authorizations, IReadOnlyList<string> Invoices, IReadOnlyList<string> NewEntries);

/// <summary>A ledger that the model is compared with.</summary>
internal interface ILedgerUnderTest : IAsyncDisposable
{
    /// <summary>True where idempotency keys, look-ups by id and texts are part of it.</summary>
    bool HasServices { get; }

    Task<Outcome> RunAsync(Command command, string key);

    /// <param name="seen">The number of the account's entries that were looked at before.</param>
    Task<Picture> ReadAsync(int account, int seen);

    /// <summary>Checks everything from the first entry on: sums, sequences, hashes. Fails the test where something is wrong.</summary>
    Task VerifyAsync();
}
