namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>Makes commands by chance that are mostly sensible, often at an edge, and now and then absurd. Looks at the model to find the edges.</summary>
internal sealed class CommandGenerator(Random random, NaiveLedger model, bool services)
{
    private static readonly string[] Nonsense = ["", " ", "1.005", "1e3", "1,000.50", "1234567890123456", "abc", "--5", "0x10", "NaN", "5.", ".5", "+5", "٥"];

    public Command Next() => services && random.Next(6) == 0 ? Invoicing() : random.Next(100) switch
    {
        < 16 => Issue(),
        < 22 => new AdjustBy(Credit(), Signed(AvailableOf(Credit())), Mostly()),
        < 26 => AdjustTo(),
        < 32 => Debit(),
        < 52 => Authorize(),
        < 66 => Capture(),
        < 71 => new VoidHeld(Authorization()),
        < 80 => Refund(),
        < 83 => new Invalidate(Credit(), Mostly()),
        < 86 => new Delete(Credit()),
        < 90 => ChangeExpiry(),
        < 93 => random.Next(6) == 0 ? new Hold(random.Next(World.Accounts)) : new LiftHold(random.Next(World.Accounts)),
        < 95 => MoveClock(),
        < 97 => new RunExpiry(),
        < 98 => new ReleaseStale(),
        _ when services => new WriteNonsense(random.Next(World.Accounts), Nonsense[random.Next(Nonsense.Length)]),
        _ => Issue(),
    };

    private Command Invoicing() => random.Next(20) switch
    {
        < 9 => InvoiceCreated(),
        < 10 => new InvoiceVoided(random.Next(3) == 0 ? NextInvoice + random.Next(2) : Invoice()),
        < 14 => PayInvoice(),
        < 16 => VoidInvoicePayment(),
        < 19 => new MarkInvoicePaid(Invoice()),
        _ => new SettleInvoices(),
    };

    private InvoiceCreated InvoiceCreated()
    {
        if (model.Invoices.Count > 0 && random.Next(5) == 0)
        {
            var known = model.Invoices[random.Next(model.Invoices.Count)].Facts;
            return random.Next(2) == 0 ? known : known with { Total = known.Total + 1 };
        }

        var (store, currency) = Place();
        var account = Account();
        var total = account < 0 ? 1 : random.Next(3) == 0 ? Amount(model.Available(account, store, currency)) : random.Next(1, 8000);
        var kind = random.Next(4) switch { 0 => "self-storage", 1 => "valet", _ => "user" };
        return new InvoiceCreated(account, store, currency, NextInvoice + (random.Next(6) == 0 ? 1 : 0), kind, total, new DateOnly(2026, 11, 1).AddDays(random.Next(-30, 30)));
    }

    private PayInvoice PayInvoice()
    {
        var number = Invoice();
        var invoice = model.Invoices.Find(one => one.Facts.Number == number);
        var (balance, currency) = invoice is null ? (1, "USD") : (model.Balance(invoice), invoice.Facts.Currency);
        return new PayInvoice(number, random.Next(20) == 0 ? "EUR" : currency, random.Next(3) == 0 ? null : random.Next(3) == 0 ? Edge(balance) : Part(balance));
    }

    private VoidInvoicePayment VoidInvoicePayment()
    {
        var payments = model.Authorizations.Where(one => one.Order.StartsWith("invoice", StringComparison.Ordinal)).ToList();
        if (payments.Count == 0 || random.Next(10) == 0)
        {
            return new VoidInvoicePayment(Invoice(), Authorization());
        }

        var payment = payments[random.Next(payments.Count)];
        return new VoidInvoicePayment(model.Invoices.Single(invoice => invoice.Name == payment.Order).Facts.Number, payment.Index);
    }

    private int NextInvoice => model.Invoices.Select(invoice => invoice.Facts.Number + 1).DefaultIfEmpty(0).Max();

    private int Invoice() => model.Invoices.Count == 0 || random.Next(20) == 0 ? -1 : model.Invoices[Recent(model.Invoices.Count)].Facts.Number;

    private Command Issue()
    {
        var (store, currency) = Place();
        var today = model.Today(store);
        var type = World.Types[random.Next(World.Types.Length)];
        DateOnly? effectiveOn = random.Next(5) == 0 ? today.AddDays(random.Next(-2, 4)) : null;
        DateOnly? expiresOn = type.MayExpire ? random.Next(3) > 0 ? today.AddDays(random.Next(0, 20)) : null : null;
        if (random.Next(40) == 0)
        {
            expiresOn = today.AddDays(random.Next(-2, 2));
        }

        return new Issue(random.Next(World.Accounts), store, currency, Amount(50_00), type.Code, effectiveOn, expiresOn);
    }

    private AdjustTo AdjustTo()
    {
        var credit = Credit();
        return new AdjustTo(credit, credit < 0 ? 1 : Edge(NaiveLedger.Credited(model.Credits[credit]) - AvailableOf(credit)) + (random.Next(2) * random.Next(2000)), Mostly());
    }

    private Debit Debit()
    {
        var (store, currency) = Place();
        var account = Account();
        return new Debit(account, store, currency, account < 0 ? 1 : Amount(model.Available(account, store, currency)), Mostly());
    }

    private Authorize Authorize()
    {
        var (store, currency) = Place();
        var account = Account();
        var available = account < 0 ? 0 : model.Available(account, store, currency);
        var total = random.Next(4) == 0 ? Edge(available) : available + random.Next(-500, 5000);
        long? amount = random.Next(3) == 0 ? null : random.Next(3) == 0 ? Edge(Math.Min(available, total)) : Part(Math.Min(available, total));
        return new Authorize(account, store, currency, $"order-{random.Next(40)}", Math.Min(total, World.Largest), amount);
    }

    private Capture Capture()
    {
        var authorization = Authorization();
        var open = authorization < 0 ? 1 : NaiveLedger.Open(model.Authorizations[authorization]);
        return new Capture(authorization, random.Next(3) == 0 ? null : random.Next(3) == 0 ? Edge(open) : Part(open), random.Next(2) == 0);
    }

    private Refund Refund()
    {
        var authorization = Authorization();
        var captured = authorization < 0 ? 1 : NaiveLedger.Refundable(model.Authorizations[authorization]);
        return new Refund(authorization, random.Next(3) == 0 ? null : random.Next(3) == 0 ? Edge(captured) : Part(captured), random.Next(5) == 0);
    }

    private ChangeExpiry ChangeExpiry()
    {
        var index = Credit();
        if (index < 0)
        {
            return new ChangeExpiry(index, null, true);
        }

        var credit = model.Credits[index];
        DateOnly? on = random.Next(4) == 0 ? null : model.Today(credit.Store).AddDays(random.Next(-1, 20));
        return services && on == credit.ExpiresOn ? ChangeExpiry() : new ChangeExpiry(index, on, Mostly());
    }

    private MoveClock MoveClock() => new(random.Next(10) switch
    {
        < 5 => TimeSpan.FromMinutes(random.Next(1, 600)),
        < 6 => -TimeSpan.FromMinutes(random.Next(1, 90)),
        < 9 => TimeSpan.FromHours(random.Next(1, 30)),
        _ => TimeSpan.FromDays(random.Next(1, 6)),
    });

    private (int Store, string Currency) Place() => random.Next(10) switch
    {
        < 5 => (0, "USD"),
        < 8 => (1, "JPY"),
        < 9 => (2, "KWD"),
        _ => (random.Next(World.Stores.Length), World.Currencies[random.Next(World.Currencies.Length)]),
    };

    private int Account() => Wrong() ? -1 : random.Next(World.Accounts);

    private int Credit() => model.Credits.Count == 0 || Wrong() ? -1 : Recent(model.Credits.Count);

    private int Authorization() => model.Authorizations.Count == 0 || Wrong() ? -1 : Recent(model.Authorizations.Count);

    /// <summary>Mostly one of the newest, which still has life in it.</summary>
    private int Recent(int count) => random.Next(4) == 0 ? random.Next(count) : Math.Max(0, count - 1 - random.Next(12));

    private long AvailableOf(int credit) => credit < 0 ? 1 : model.Credits[credit].Value["available"];

    private long Amount(long around) => random.Next(12) switch
    {
        0 => Edge(around),
        1 when random.Next(20) == 0 => World.Largest - random.Next(3),
        _ => random.Next(1, 3000),
    };

    private long Signed(long around) => random.Next(3) == 0 ? Edge(around) * (random.Next(2) == 0 ? 1 : -1) : random.Next(-1500, 1500);

    private long Part(long whole) => whole <= 1 ? 1 : random.NextInt64(1, whole + 1);

    private long Edge(long value) => random.Next(12) switch
    {
        0 => 0,
        1 => -1,
        2 => -value,
        3 or 4 => value + 1,
        5 => value - 1,
        6 => 1,
        7 => World.Largest,
        8 => services ? World.Largest + 1 : long.MaxValue,
        9 when !services => long.MinValue,
        _ => value,
    };

    private bool Mostly() => random.Next(15) > 0;

    private bool Wrong() => services && random.Next(40) == 0;
}
