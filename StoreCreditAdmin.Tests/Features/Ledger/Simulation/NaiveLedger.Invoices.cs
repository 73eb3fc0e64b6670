namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

internal sealed class ModelInvoice(InvoiceCreated facts)
{
    public InvoiceCreated Facts => facts;

    public string Name => NameOf(facts.Number);

    public int Account => facts.Account;

    public (int, int, string) Purse => (facts.Account, facts.Store, facts.Currency);

    public bool Voided { get; set; }

    public bool Paid { get; set; }

    public bool ByHand { get; set; }

    public static string NameOf(int number) => $"invoice-{number}";
}

/// <summary>Invoices that take credit by themselves, the oldest first, whenever credit arrives; and those that take it by hand.</summary>
internal sealed partial class NaiveLedger
{
    private const string ByHandKind = "self-storage";

    private readonly HashSet<(int Account, int Store, string Currency)> arrived = [];
    private readonly HashSet<int> voidedEarly = [];

    public List<ModelInvoice> Invoices { get; } = [];

    public long Balance(ModelInvoice invoice) => invoice.Voided ? 0 : invoice.Facts.Total - Paid(invoice);

    public static string InvoiceText(string number, string kind, long total, long credit, long balance, string status, bool automatic) =>
        $"{number} {kind} {total} - {credit} = {balance} {status} {(automatic ? "automatic" : "by hand")}";

    private string Text(ModelInvoice invoice) => InvoiceText(
        invoice.Name, invoice.Facts.Kind, invoice.Facts.Total, Paid(invoice), Balance(invoice), Status(invoice), IsAutomatic(invoice));

    private static string Status(ModelInvoice invoice) => invoice.Voided ? "voided" : invoice.Paid ? "paid" : "open";

    private static bool IsAutomatic(ModelInvoice invoice) => invoice.Facts.Kind != ByHandKind && !invoice.ByHand;

    private IEnumerable<ModelAuthorization> PaymentsOf(ModelInvoice invoice) => Authorizations.Where(one => one.Order == invoice.Name);

    private long Paid(ModelInvoice invoice) => PaymentsOf(invoice).Sum(Refundable);

    private IEnumerable<int> OwnerOfInvoice(int number) => Invoices.Where(invoice => invoice.Facts.Number == number).Select(invoice => invoice.Account);

    private ModelInvoice? Find(int number) => Invoices.Find(invoice => invoice.Facts.Number == number);

    private (HashSet<string>, Func<string?>) Create(InvoiceCreated command)
    {
        var refusals = new HashSet<string>();
        var known = Find(command.Number);
        AddIf(refusals, "amount-invalid", command.Total is <= 0 or > World.Largest);
        AddIf(refusals, "account-unknown", command.Account < 0);
        AddIf(refusals, "idempotency-conflict", known is not null && known.Facts != command);
        return (refusals, () =>
        {
            if (known is not null)
            {
                return "";
            }

            var invoice = new ModelInvoice(command) { Voided = voidedEarly.Remove(command.Number) };
            Invoices.Add(invoice);
            if (invoice.Voided)
            {
                return "voided";
            }

            if (IsAutomatic(invoice) && onHold[command.Account])
            {
                return $"credit-not-applied {command.Total} account-on-hold";
            }

            arrived.Add(invoice.Purse);
            return string.Join(", ", Settle().Select(one => $"captured c{one.Credit.Index} {one.Part} {one.Invoice.Name}"));
        }
        );
    }

    private (HashSet<string>, Func<string?>) Void(InvoiceVoided command)
    {
        var invoice = Find(command.Number);
        var payments = invoice is null ? [] : Enumerable.Reverse(PaymentsOf(invoice).Where(one => Refundable(one) > 0)).ToList();
        var fresh = payments.SelectMany(one => one.Lines).Where(line => line.Credit.Invalidated || ComesBackAsNew(line.Credit)).Sum(line => line.Captured - line.Refunded);
        var refusals = new HashSet<string>();
        AddIf(refusals, "amount-invalid", fresh > 0 && TooMuch(invoice!.Account, invoice.Facts.Store, invoice.Facts.Currency, fresh));
        return (refusals, () =>
        {
            if (invoice is null)
            {
                voidedEarly.Add(command.Number);
                return "deferred invoice-unknown";
            }

            if (invoice.Voided)
            {
                return "";
            }

            invoice.Voided = true;
            var given = payments.Select(one => Refund(new Refund(one.Index, null, false)).Item2()!.Split("; ")[0]).ToList();
            var settled = Settle().Select(one => $"settled c{one.Credit.Index} {one.Part} {one.Invoice.Name}");
            return string.Join(", ", given.SelectMany(one => one.Split(", ")).Select(one => $"returned {one} {invoice.Name}").Prepend("voided").Concat(settled));
        }
        );
    }

    private (HashSet<string>, Func<string?>) Pay(PayInvoice command)
    {
        if (Find(command.Number) is not { } invoice)
        {
            return NotFound;
        }

        var facts = invoice.Facts;
        var (refusals, hold) = Authorize(new Authorize(facts.Account, facts.Store, facts.Currency, invoice.Name, facts.Total, command.Amount));
        AddIf(refusals, "invoice-voided", invoice.Voided);
        AddIf(refusals, "amount-invalid", command.Amount is <= 0);
        AddIf(refusals, "exceeds-order", Balance(invoice) == 0 || command.Amount > Balance(invoice));
        AddIf(refusals, "currency-mismatch", command.Amount is not null && command.Currency != facts.Currency);
        return (refusals, () =>
        {
            hold();
            Capture(new Capture(Authorizations.Count - 1, null, false)).Item2();
            return Text(invoice);
        }
        );
    }

    private (HashSet<string>, Func<string?>) VoidPayment(VoidInvoicePayment command)
    {
        if (Find(command.Number) is not { } invoice || command.Authorization < 0 || Authorizations[command.Authorization].Order != invoice.Name)
        {
            return NotFound;
        }

        if (Refundable(Authorizations[command.Authorization]) == 0)
        {
            return ([], () => Text(invoice));
        }

        var (refusals, refund) = Refund(new Refund(command.Authorization, null, false));
        return (refusals, () =>
        {
            refund();
            return Text(invoice);
        }
        );
    }

    private (HashSet<string>, Func<string?>) MarkPaid(MarkInvoicePaid command)
    {
        if (Find(command.Number) is not { } invoice)
        {
            return NotFound;
        }

        var refusals = new HashSet<string>();
        AddIf(refusals, "invoice-voided", invoice.Voided);
        AddIf(refusals, "balance-remaining", Balance(invoice) > 0);
        return (refusals, () =>
        {
            invoice.Paid = true;
            return Text(invoice);
        }
        );
    }

    /// <summary>Whoever gives back what paid an invoice opens it again, and it takes credit by hand from then on.</summary>
    private void TakeOutOfInvoice(ModelAuthorization authorization)
    {
        if (Invoices.Find(invoice => invoice.Name == authorization.Order) is { } invoice)
        {
            (invoice.ByHand, invoice.Paid) = (true, false);
        }
    }

    private void Lift(int account)
    {
        if (onHold[account])
        {
            onHold[account] = false;
            arrived.UnionWith(Invoices.Where(invoice => invoice.Account == account).Select(invoice => invoice.Purse));
        }
    }

    private void SettleAll()
    {
        foreach (var purse in Invoices.Select(invoice => invoice.Purse).Distinct().OrderBy(one => one.Item2).ThenBy(one => one.Item1).ThenBy(one => one.Item3, StringComparer.Ordinal).ToList())
        {
            arrived.Add(purse);
            Settle();
        }
    }

    /// <summary>Pays what waits for credit out of the purses where some arrived.</summary>
    private List<(ModelInvoice Invoice, ModelCredit Credit, long Part)> Settle()
    {
        var taken = new List<(ModelInvoice, ModelCredit, long)>();
        var waiting = Invoices.Where(invoice => arrived.Contains(invoice.Purse) && IsAutomatic(invoice) && !invoice.Paid && Balance(invoice) > 0 && !onHold[invoice.Account])
            .OrderBy(invoice => invoice.Facts.IssuedOn).ThenBy(Invoices.IndexOf).GroupBy(invoice => invoice.Purse).ToList();
        arrived.Clear();
        foreach (var invoice in waiting.SelectMany(purse => purse))
        {
            var facts = invoice.Facts;
            var amount = Math.Min(Balance(invoice), Spendable(facts.Account, facts.Store, facts.Currency).Sum(credit => credit.Value["available"]));
            if (amount > 0)
            {
                _ = Pay(new PayInvoice(facts.Number, facts.Currency, amount)).Item2();
                taken.AddRange(Authorizations[^1].Lines.Select(line => (invoice, line.Credit, line.Captured)));
            }
        }

        return taken;
    }
}
