namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

internal sealed class ModelCredit(int index, int account, int store, string currency, string type, long opening, DateOnly effectiveOn, DateTimeOffset issuedAt, ModelCredit? origin)
{
    public int Index => index;

    public int Account => account;

    public int Store => store;

    public string Currency => currency;

    public string Type => type;

    public long Opening => opening;

    public DateOnly EffectiveOn => effectiveOn;

    public DateTimeOffset IssuedAt => issuedAt;

    public ModelCredit? Origin => origin;

    public DateOnly? ExpiresOn { get; set; }

    public bool Invalidated { get; set; }

    public bool Deleted { get; set; }

    public bool Drawn { get; set; }

    public Dictionary<string, long> Value { get; } = new()
    {
        ["available"] = 0,
        ["authorized"] = 0,
        ["used"] = 0,
        ["expired"] = 0,
        ["reclaimed"] = 0,
        ["invalidated"] = 0,
    };
}

internal sealed class ModelAuthorization(int index, int account, int store, string currency, string order, DateTimeOffset expiresAt)
{
    public int Index => index;

    public int Account => account;

    public int Store => store;

    public string Currency => currency;

    public string Order => order;

    public DateTimeOffset ExpiresAt => expiresAt;

    public List<ModelLine> Lines { get; } = [];

    public bool TimedOut { get; set; }
}

internal sealed class ModelLine(ModelCredit credit, long authorized)
{
    public ModelCredit Credit => credit;

    public long Authorized => authorized;

    public long Captured { get; set; }

    public long Released { get; set; }

    public long Refunded { get; set; }

    public long Open => authorized - Captured - Released;
}

/// <summary>The lines of text by which the model and the ledgers are compared. Those of the ledgers are written beside each of them.</summary>
internal sealed partial class NaiveLedger
{
    public static string EntryText(
        long sequence, string kind, int credit, string from, string to, long amount, DateOnly effectiveOn, long availableAfter, long accountAvailable, long accountAuthorized, string? order, int? authorization) =>
        $"{sequence} {kind} c{credit} {from}>{to} {amount} on {effectiveOn:yyyy-MM-dd}: {availableAfter} {accountAvailable} {accountAuthorized} {order} a{authorization}";

    public static string CreditText(
        int index, int store, string currency, string type, long opening, IEnumerable<long> buckets, DateOnly effectiveOn, DateOnly? expiresOn, bool invalidated, bool deleted, bool drawn, int? origin) =>
        $"c{index} {store} {currency} {type} {opening} [{string.Join(' ', buckets)}] {effectiveOn:yyyy-MM-dd} {expiresOn:yyyy-MM-dd} {(invalidated ? "invalidated" : "")} {(deleted ? "deleted" : "")} {(drawn ? "drawn" : "")} c{origin}";

    public static string AuthorizationText(int index, string? order, string status, IEnumerable<(int Credit, long Authorized, long Captured, long Released, long Refunded)> lines) =>
        $"a{index} {order} {status} {string.Join(' ', lines.Select(line => $"c{line.Credit}:{line.Authorized}/{line.Captured}/{line.Released}/{line.Refunded}"))}";

    private string Text(ModelCredit credit) => CreditText(
        credit.Index, credit.Store, credit.Currency, credit.Type, credit.Opening, credit.Value.Values, credit.EffectiveOn, credit.ExpiresOn, credit.Invalidated, credit.Deleted, credit.Drawn, credit.Origin?.Index);

    private string Text(ModelAuthorization authorization) => AuthorizationText(
        authorization.Index, authorization.Order, Status(authorization), authorization.Lines.Select(line => (line.Credit.Index, line.Authorized, line.Captured, line.Released, line.Refunded)));

    /// <summary>What an answer about a credit says: its amounts and its status.</summary>
    private string View(ModelCredit credit)
    {
        var value = credit.Value;
        var status = credit.Deleted ? "deleted"
            : credit.Invalidated ? "invalidated"
            : IsLapsed(credit) && value["available"] + value["authorized"] + value["expired"] > 0 ? "expired"
            : value["available"] + value["authorized"] == 0 ? "used-up"
            : credit.EffectiveOn > Today(credit.Store) ? "scheduled"
            : "active";
        return $"c{credit.Index} {Credited(credit)} = {string.Join('+', value.Values)} {status}";
    }

    private static string View(ModelAuthorization authorization) =>
        $"a{authorization.Index} {authorization.Lines.Sum(line => line.Authorized)} {authorization.Lines.Sum(line => line.Captured)} {authorization.Lines.Sum(line => line.Released)} {authorization.Lines.Sum(line => line.Refunded)} {Status(authorization)}";

    private static string Status(ModelAuthorization authorization)
    {
        var (authorized, captured) = (authorization.Lines.Sum(line => line.Authorized), authorization.Lines.Sum(line => line.Captured));
        return captured == 0 ? Open(authorization) > 0 ? "open" : authorization.TimedOut ? "expired" : "voided"
            : Refundable(authorization) == 0 && Open(authorization) == 0 ? "refunded"
            : captured == authorized ? "captured"
            : "partly-captured";
    }
}
