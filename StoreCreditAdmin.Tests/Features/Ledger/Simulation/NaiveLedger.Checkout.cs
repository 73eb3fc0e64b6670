namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

internal sealed partial class NaiveLedger
{
    public static long Open(ModelAuthorization authorization) => authorization.Lines.Sum(line => line.Open);

    public static long Refundable(ModelAuthorization authorization) => authorization.Lines.Sum(line => line.Captured - line.Refunded);

    private (HashSet<string>, Func<string?>) Authorize(Authorize command)
    {
        if (command.Account < 0)
        {
            return NotFound;
        }

        var refusals = new HashSet<string>();
        var ofOrder = Authorizations.Where(one => one.Order == command.Order && one.Store == command.Store && one.Currency == command.Currency).ToList();
        var mine = ofOrder.Find(one => one.Account == command.Account && Open(one) > 0);
        var taken = ofOrder.Sum(Refundable) + ofOrder.Where(one => one != mine).Sum(Open);
        var owes = Math.Max(0, command.Total - taken);
        var wanted = command.Amount ?? owes;
        var spendable = Spendable(command.Account, command.Store, command.Currency).Sum(credit => credit.Value["available"])
            + (mine?.Lines.Where(line => IsSpendable(line.Credit) || ComesBackAsNew(line.Credit)).Sum(line => line.Open) ?? 0);
        AddIf(refusals, "amount-invalid", command.Total < 0 || command.Amount is < 0 or > World.Largest || (wanted == 0 && mine is null));
        AddIf(refusals, "exceeds-order", command.Amount > owes || (wanted == 0 && mine is null && taken > 0));
        if (wanted > 0)
        {
            AddIf(refusals, "account-on-hold", onHold[command.Account]);
            AddIf(refusals, "insufficient-credit", spendable == 0 || command.Amount > spendable);
            if (spendable == 0)
            {
                refusals.UnionWith(WhyNothing(command));
            }
        }

        return (refusals, () =>
        {
            if (mine is not null)
            {
                Release(mine);
            }

            if (wanted == 0)
            {
                return View(mine!);
            }

            var authorization = new ModelAuthorization(Authorizations.Count, command.Account, command.Store, command.Currency, command.Order, Now.AddHours(24));
            Authorizations.Add(authorization);
            foreach (var (credit, part) in Draws(command.Account, command.Store, command.Currency, Math.Min(wanted, spendable)))
            {
                authorization.Lines.Add(new ModelLine(credit, part));
                Move(credit, "authorize", "available", "authorized", part, authorization);
            }

            return View(authorization);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Capture(Capture command)
    {
        if (command.Authorization < 0)
        {
            return NotFound;
        }

        var authorization = Authorizations[command.Authorization];
        var refusals = new HashSet<string>();
        AddIf(refusals, "amount-invalid", command.Amount is <= 0 or > World.Largest);
        if (Open(authorization) == 0)
        {
            refusals.Add(authorization.Lines.Any(line => line.Captured > 0) ? "already-captured" : authorization.TimedOut ? "authorization-expired" : "already-voided");
        }
        else
        {
            AddIf(refusals, "authorization-expired", Now >= authorization.ExpiresAt);
            AddIf(refusals, "exceeds-authorized", command.Amount > Open(authorization));
        }

        return (refusals, () =>
        {
            var rest = command.Amount ?? Open(authorization);
            foreach (var line in authorization.Lines)
            {
                var part = Math.Min(rest, line.Open);
                if (part > 0)
                {
                    line.Captured += part;
                    rest -= part;
                    Move(line.Credit, "capture", "authorized", "used", part, authorization);
                }
            }

            if (!command.KeepRest)
            {
                Release(authorization);
            }

            return View(authorization);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Void(VoidHeld command)
    {
        if (command.Authorization < 0)
        {
            return NotFound;
        }

        var authorization = Authorizations[command.Authorization];
        var refusals = new HashSet<string>();
        AddIf(refusals, "already-captured", authorization.Lines.Any(line => line.Captured > 0));
        return (refusals, () =>
        {
            Release(authorization);
            return View(authorization);
        }
        );
    }

    private (HashSet<string>, Func<string?>) Refund(Refund command)
    {
        if (command.Authorization < 0)
        {
            return NotFound;
        }

        var authorization = Authorizations[command.Authorization];
        var refundable = Refundable(authorization);
        var asked = command.Amount ?? refundable;
        var refusals = new HashSet<string>();
        AddIf(refusals, "amount-invalid", command.Amount is <= 0 or > World.Largest);
        AddIf(refusals, "exceeds-captured", asked > refundable || refundable == 0);
        var parts = new List<(ModelLine Line, long Part)>();
        foreach (var line in Enumerable.Reverse(authorization.Lines))
        {
            var part = Math.Min(asked - parts.Sum(one => one.Part), line.Captured - line.Refunded);
            if (part > 0)
            {
                parts.Add((line, part));
            }
        }

        var fresh = parts.Where(one => command.ToNewCredit || one.Line.Credit.Invalidated || ComesBackAsNew(one.Line.Credit)).Sum(one => one.Part);
        AddIf(refusals, "amount-invalid", fresh > 0 && TooMuch(authorization.Account, authorization.Store, authorization.Currency, fresh));
        return (refusals, () =>
        {
            TakeOutOfInvoice(authorization);
            var given = new List<string>();
            foreach (var (line, part) in parts)
            {
                line.Refunded += part;
                if (command.ToNewCredit || line.Credit.Invalidated)
                {
                    var today = Today(authorization.Store);
                    var opened = Open(
                        authorization.Account, authorization.Store, authorization.Currency, World.RefundType, part, today, today.AddDays(World.RefundDays), line.Credit, authorization);
                    given.Add($"c{opened.Index} {part}");
                }
                else if (ComesBackAsNew(line.Credit))
                {
                    given.Add($"c{OpenAgain(line.Credit, part, authorization).Index} {part}");
                }
                else
                {
                    Move(line.Credit, "refund", "used", "available", part, authorization);
                    ExpireAgain(line.Credit, part);
                    given.Add($"c{line.Credit.Index} {part}");
                }
            }

            return string.Join(", ", given) + "; " + View(authorization);
        }
        );
    }

    /// <summary>Whose time was over first, first: what it frees may pay an invoice before the next is freed.</summary>
    private void FreeStale()
    {
        foreach (var authorization in Authorizations.Where(one => Open(one) > 0 && Now >= one.ExpiresAt).OrderBy(one => one.ExpiresAt).ThenBy(one => one.Index).ToList())
        {
            authorization.TimedOut = authorization.Lines.TrueForAll(line => line.Captured == 0);
            Release(authorization);
            Settle();
        }
    }

    private void Release(ModelAuthorization authorization)
    {
        foreach (var line in authorization.Lines.Where(line => line.Open > 0))
        {
            var part = line.Open;
            line.Released += part;
            Move(line.Credit, "release", "authorized", "available", part, authorization);
            ExpireAgain(line.Credit, part);
        }
    }

    /// <summary>Value that comes back after the last good day is gone again the same day, or goes over to a new credit where the store gives it days.</summary>
    private void ExpireAgain(ModelCredit credit, long amount)
    {
        if (ComesBackAsNew(credit))
        {
            Move(credit, "adjust", "available", "outside", amount);
            OpenAgain(credit, amount, null);
        }
        else if (IsLapsed(credit))
        {
            Move(credit, "expire", "available", "expired", amount);
        }
    }

    private bool ComesBackAsNew(ModelCredit credit) => IsLapsed(credit) && World.Stores[credit.Store].ReturnedDays is not null;

    private ModelCredit OpenAgain(ModelCredit origin, long amount, ModelAuthorization? authorization)
    {
        var today = Today(origin.Store);
        return Open(origin.Account, origin.Store, origin.Currency, origin.Type, amount, today, today.AddDays(World.Stores[origin.Store].ReturnedDays!.Value), origin, authorization);
    }

    private IEnumerable<string> WhyNothing(Authorize command)
    {
        var there = Purse(command.Account, command.Store, command.Currency).Where(credit => !credit.Deleted).ToList();
        if (there.Any(credit => IsLapsed(credit) && !credit.Invalidated))
        {
            yield return "credit-expired";
        }

        if (there.Any(credit => credit.EffectiveOn > Today(command.Store)))
        {
            yield return "credit-not-effective";
        }

        if (there.Any(credit => credit.Invalidated))
        {
            yield return "credit-invalidated";
        }

        if (World.Currencies.Any(currency => currency != command.Currency && Available(command.Account, command.Store, currency) > 0))
        {
            yield return "currency-mismatch";
        }
    }
}
