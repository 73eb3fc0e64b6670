namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>
/// The rules read a second time, in the plainest way: lists, dictionaries and sums over everything, nothing kept that can be reckoned.
/// Shares no code with the product.
/// </summary>
internal sealed partial class NaiveLedger
{
    private readonly List<string>[] entries = [.. Enumerable.Range(0, World.Accounts).Select(_ => new List<string>())];
    private readonly bool[] onHold = new bool[World.Accounts];

    public DateTimeOffset Now { get; private set; } = World.Start;

    public List<ModelCredit> Credits { get; } = [];

    public List<ModelAuthorization> Authorizations { get; } = [];

    /// <summary>What may be answered: every refusal that is true, or success when none is. Changes the model when it is success.</summary>
    /// <param name="observedOrder">For the expiry job: the credits in the order in which the ledger took them, which no rule fixes.</param>
    public (HashSet<string> Refusals, string? Answer) Run(Command command, Func<IReadOnlyList<int>> observedOrder)
    {
        var (refusals, deed) = command switch
        {
            Issue issue => Issue(issue),
            AdjustBy adjust => Adjust(adjust.Credit, adjust.Delta, adjust.WithReason, setsNegative: false),
            AdjustTo adjust => Adjust(adjust.Credit, adjust.Credit < 0 ? 0 : adjust.Amount - Credited(Credits[adjust.Credit]), adjust.WithReason, adjust.Amount < 0),
            Debit debit => Debit(debit),
            Invalidate invalidate => Invalidate(invalidate),
            Delete delete => Delete(delete),
            ChangeExpiry change => ChangeExpiry(change),
            Hold hold => Always(() => onHold[hold.Account] = true),
            LiftHold lift => Always(() => Lift(lift.Account)),
            Authorize authorize => Authorize(authorize),
            Capture capture => Capture(capture),
            VoidHeld voided => Void(voided),
            Refund refund => Refund(refund),
            RunExpiry => Always(() => BookExpiries(observedOrder())),
            ReleaseStale => Always(() => FreeStale()),
            MoveClock move => Always(() => Now += move.By),
            InvoiceCreated created => Create(created),
            InvoiceVoided voided => Void(voided),
            PayInvoice pay => Pay(pay),
            VoidInvoicePayment voided => VoidPayment(voided),
            MarkInvoicePaid marked => MarkPaid(marked),
            SettleInvoices => Always(SettleAll),
            WriteNonsense => (["amount-invalid"], () => null),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
        if (refusals.Count > 0)
        {
            return (refusals, null);
        }

        var answer = deed();
        Settle();
        return (refusals, answer);
    }

    public Picture Picture(int account, int seen) => new(
        [.. Credits.Where(credit => credit.Account == account).Select(Text)],
        [.. Authorizations.Where(one => one.Account == account).Select(Text)],
        [.. Invoices.Where(invoice => invoice.Account == account).Select(Text)],
        [.. entries[account].Skip(seen)]);

    /// <summary>The accounts whose looks a command can change.</summary>
    public IEnumerable<int> Touched(Command command) => command switch
    {
        Issue issue => [issue.Account],
        AdjustBy adjust => OwnerOfCredit(adjust.Credit),
        AdjustTo adjust => OwnerOfCredit(adjust.Credit),
        Debit debit => [Math.Max(0, debit.Account)],
        Invalidate invalidate => OwnerOfCredit(invalidate.Credit),
        Delete delete => OwnerOfCredit(delete.Credit),
        ChangeExpiry change => OwnerOfCredit(change.Credit),
        Authorize authorize => [Math.Max(0, authorize.Account)],
        Capture capture => OwnerOfAuthorization(capture.Authorization),
        VoidHeld voided => OwnerOfAuthorization(voided.Authorization),
        Refund refund => OwnerOfAuthorization(refund.Authorization),
        LiftHold lift => [lift.Account],
        InvoiceCreated created => [Math.Max(0, created.Account)],
        InvoiceVoided voided => OwnerOfInvoice(voided.Number),
        PayInvoice pay => OwnerOfInvoice(pay.Number),
        VoidInvoicePayment voided => OwnerOfInvoice(voided.Number),
        MarkInvoicePaid marked => OwnerOfInvoice(marked.Number),
        RunExpiry or ReleaseStale or SettleInvoices => Enumerable.Range(0, World.Accounts),
        _ => [],
    };

    public int EntryCount(int account) => entries[account].Count;

    public bool IsOnHold(int account) => onHold[account];

    public DateOnly Today(int store) => World.Today(store, Now);

    public bool IsLapsed(ModelCredit credit) => credit.ExpiresOn < Today(credit.Store);

    public long Available(int account, int store, string currency) => Purse(account, store, currency).Sum(credit => credit.Value["available"]);

    public static long Credited(ModelCredit credit) => credit.Value.Values.Sum();

    private IEnumerable<int> OwnerOfCredit(int credit) => credit < 0 ? [] : [Credits[credit].Account];

    private IEnumerable<int> OwnerOfAuthorization(int authorization) => authorization < 0 ? [] : [Authorizations[authorization].Account];

    private (HashSet<string>, Func<string?>) Issue(Issue command)
    {
        var refusals = new HashSet<string>();
        var today = Today(command.Store);
        var effectiveOn = command.EffectiveOn ?? today;
        var type = World.Types.Single(one => one.Code == command.Type);
        AddIf(refusals, "amount-invalid", command.Amount <= 0 || TooMuch(command.Account, command.Store, command.Currency, command.Amount));
        AddIf(refusals, "expiry-not-allowed", command.ExpiresOn is not null && !type.MayExpire);
        AddIf(refusals, "expiry-in-past", command.ExpiresOn < today || command.ExpiresOn < effectiveOn);
        AddIf(refusals, "cap-exceeded", OverCap(command.Account, command.Store, command.Currency, command.Amount));
        return (refusals, () =>
        {
            var credit = Open(command.Account, command.Store, command.Currency, command.Type, command.Amount, effectiveOn, command.ExpiresOn, null, null);
            Settle();
            return View(credit);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Adjust(int index, long delta, bool withReason, bool setsNegative)
    {
        if (index < 0)
        {
            return NotFound;
        }

        var credit = Credits[index];
        var refusals = Gone(credit);
        AddIf(refusals, "amount-invalid", delta is 0 or < -World.Largest || setsNegative || (delta > 0 && TooMuch(credit.Account, credit.Store, credit.Currency, delta)));
        AddIf(refusals, "reason-required", !withReason);
        AddIf(refusals, "credit-expired", IsLapsed(credit));
        AddIf(refusals, "below-used-and-authorized", delta < 0 && credit.Value["available"] + delta < 0);
        AddIf(refusals, "cap-exceeded", delta > 0 && OverCap(credit.Account, credit.Store, credit.Currency, delta));
        return (refusals, () =>
        {
            if (delta > 0)
            {
                Move(credit, "adjust", "outside", "available", delta);
            }
            else
            {
                Move(credit, "adjust", "available", "outside", -delta);
            }

            Settle();
            return View(credit);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Debit(Debit command)
    {
        if (command.Account < 0)
        {
            return NotFound;
        }

        var refusals = new HashSet<string>();
        AddIf(refusals, "amount-invalid", command.Amount is <= 0 or > World.Largest);
        AddIf(refusals, "reason-required", !command.WithReason);
        AddIf(refusals, "insufficient-credit", Spendable(command.Account, command.Store, command.Currency).Sum(credit => credit.Value["available"]) < command.Amount);
        return (refusals, () =>
        {
            var lines = new List<string>();
            foreach (var (credit, part) in Draws(command.Account, command.Store, command.Currency, command.Amount))
            {
                Move(credit, "adjust", "available", "outside", part);
                credit.Drawn = true;
                lines.Add($"c{credit.Index} {part}");
            }

            return string.Join(", ", lines);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Invalidate(Invalidate command)
    {
        if (command.Credit < 0)
        {
            return NotFound;
        }

        var credit = Credits[command.Credit];
        var refusals = Gone(credit);
        AddIf(refusals, "reason-required", !command.WithReason);
        AddIf(refusals, "credit-in-use", credit.Value["authorized"] > 0);
        return (refusals, () =>
        {
            BookExpiry(credit);
            MoveAll(credit, "invalidate", "available", "invalidated");
            credit.Invalidated = true;
            return View(credit);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Delete(Delete command)
    {
        if (command.Credit < 0)
        {
            return NotFound;
        }

        var credit = Credits[command.Credit];
        var refusals = Gone(credit);
        AddIf(refusals, "credit-in-use", credit.Drawn || IsLapsed(credit));
        return (refusals, () =>
        {
            MoveAll(credit, "adjust", "available", "outside");
            credit.Deleted = true;
            return View(credit);
        }
        );
    }

    private (HashSet<string>, Func<string?>) ChangeExpiry(ChangeExpiry command)
    {
        if (command.Credit < 0)
        {
            return NotFound;
        }

        var credit = Credits[command.Credit];
        var refusals = Gone(credit);
        AddIf(refusals, "reason-required", !command.WithReason);
        AddIf(refusals, "expiry-not-allowed", command.ExpiresOn is not null && !World.Types.Single(type => type.Code == credit.Type).MayExpire);
        AddIf(refusals, "expiry-in-past", command.ExpiresOn < Today(credit.Store) || command.ExpiresOn < credit.EffectiveOn);
        return (refusals, () =>
        {
            BookExpiry(credit);
            MoveAll(credit, "reinstate", "expired", "available");
            credit.ExpiresOn = command.ExpiresOn;
            Settle();
            return View(credit);
        }
        );
    }

    private void BookExpiries(IReadOnlyList<int> observed)
    {
        foreach (var credit in Credits.OrderBy(credit => Place(observed, credit.Index)))
        {
            BookExpiry(credit);
        }
    }

    /// <summary>The unused rest of a credit whose last good day is over, dated on that day.</summary>
    private void BookExpiry(ModelCredit credit)
    {
        if (IsLapsed(credit) && !credit.Invalidated && !credit.Deleted)
        {
            MoveAll(credit, "expire", "available", "expired", credit.ExpiresOn);
        }
    }

    private ModelCredit Open(
        int account, int store, string currency, string type, long amount, DateOnly effectiveOn, DateOnly? expiresOn, ModelCredit? origin, ModelAuthorization? authorization)
    {
        var credit = new ModelCredit(Credits.Count, account, store, currency, type, amount, effectiveOn, Now, origin) { ExpiresOn = expiresOn };
        Credits.Add(credit);
        Move(credit, "issue", "outside", "available", amount, authorization);
        return credit;
    }

    private void MoveAll(ModelCredit credit, string kind, string from, string to, DateOnly? on = null)
    {
        if (credit.Value[from] > 0)
        {
            Move(credit, kind, from, to, credit.Value[from], on: on);
        }
    }

    private void Move(ModelCredit credit, string kind, string from, string to, long amount, ModelAuthorization? authorization = null, DateOnly? on = null)
    {
        if (from != "outside")
        {
            credit.Value[from] -= amount;
        }

        if (to != "outside")
        {
            credit.Value[to] += amount;
        }

        if (to == "available")
        {
            arrived.Add((credit.Account, credit.Store, credit.Currency));
        }

        credit.Drawn |= to is "authorized" or "used" or "expired" or "reclaimed";
        var purse = Purse(credit.Account, credit.Store, credit.Currency).ToList();
        var own = entries[credit.Account];
        own.Add(EntryText(
            own.Count + 1, kind, credit.Index, from, to, amount, on ?? Today(credit.Store), credit.Value["available"],
            purse.Sum(one => one.Value["available"]), purse.Sum(one => one.Value["authorized"]), authorization?.Order, authorization?.Index));
    }

    private IEnumerable<ModelCredit> Purse(int account, int store, string currency) =>
        Credits.Where(credit => credit.Account == account && credit.Store == store && credit.Currency == currency);

    private List<ModelCredit> Spendable(int account, int store, string currency) =>
    [
        .. Purse(account, store, currency)
            .Where(credit => credit.Value["available"] > 0 && IsSpendable(credit))
            .OrderBy(credit => World.Types.Single(type => type.Code == credit.Type).Priority)
            .ThenBy(credit => credit.ExpiresOn ?? new DateOnly(9999, 12, 31))
            .ThenBy(credit => World.Types.Single(type => type.Code == credit.Type).PaidFor ? 1 : 0)
            .ThenBy(credit => credit.EffectiveOn)
            .ThenBy(credit => credit.IssuedAt)
            .ThenBy(credit => credit.Index),
    ];

    private bool IsSpendable(ModelCredit credit) =>
        !credit.Invalidated && !credit.Deleted && !IsLapsed(credit) && credit.EffectiveOn <= Today(credit.Store);

    private List<(ModelCredit Credit, long Part)> Draws(int account, int store, string currency, long amount)
    {
        var draws = new List<(ModelCredit, long)>();
        foreach (var credit in Spendable(account, store, currency))
        {
            var part = Math.Min(amount, credit.Value["available"]);
            if (part > 0)
            {
                draws.Add((credit, part));
                amount -= part;
            }
        }

        return draws;
    }

    private bool TooMuch(int account, int store, string currency, long more) =>
        Purse(account, store, currency).Sum(Credited) > World.Largest - Math.Min(more, World.Largest + 1);

    private bool OverCap(int account, int store, string currency, long more) =>
        World.Stores[store].Cap is { } cap && World.Stores[store].Currency == currency
        && Purse(account, store, currency).Sum(credit => credit.Value["available"] + credit.Value["authorized"]) > cap - more;

    private static HashSet<string> Gone(ModelCredit credit) =>
        credit.Deleted ? ["credit-deleted"] : credit.Invalidated ? ["credit-invalidated"] : [];

    private static (HashSet<string>, Func<string?>) NotFound => (["not-found"], () => null);

    private static (HashSet<string>, Func<string?>) Always(Action deed) => ([], () =>
    {
        deed();
        return null;
    }
    );

    private static void AddIf(HashSet<string> refusals, string code, bool holds)
    {
        if (holds)
        {
            refusals.Add(code);
        }
    }

    private static int Place(IReadOnlyList<int> observed, int index)
    {
        for (var place = 0; place < observed.Count; place++)
        {
            if (observed[place] == index)
            {
                return place;
            }
        }

        return int.MaxValue;
    }
}
