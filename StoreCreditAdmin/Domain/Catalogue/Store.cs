using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Catalogue;

/// <summary>A shop: it has a time zone, by which "today" goes, and a currency that it offers first.</summary>
public sealed class Store
{
    public const int MaxCodeLength = 50;
    public const int MaxNameLength = 100;
    public const int MaxAddressLength = 500;
    public const int MaxAddressLines = 6;
    public const int DefaultAuthorizationMinutes = 24 * 60;

    /// <summary>A year.</summary>
    public const int MaxAuthorizationMinutes = 366 * 24 * 60;

    /// <summary>Ten years.</summary>
    public const int MaxReturnedValueDays = 3650;

    private Store()
    {
    }

    public Store(string code, string name, string currencyCode, string timeZone)
    {
        Code = code;
        Name = name;
        CurrencyCode = currencyCode;
        TimeZone = timeZone;
    }

    public int Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; set; } = "";

    public string CurrencyCode { get; set; } = "";

    /// <summary>The shop's postal address, a few lines; null where none is given. Statements print it.</summary>
    public string? Address { get; set; }

    /// <summary>An IANA time zone name.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>What customers are written in who asked for no other, a tag of <see cref="Domain.Language"/>.</summary>
    public string Language { get; set; } = Domain.Language.English;

    public bool IsDefault { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>Counts changes, so that two people who edit it at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    public bool ApplyAfterCheckout { get; set; }

    /// <summary>How long an authorization holds, in minutes.</summary>
    public int AuthorizationMinutes { get; set; } = DefaultAuthorizationMinutes;

    /// <summary>How many days value is good that comes back to a credit after its last good day; null where it expires again at once.</summary>
    public int? ReturnedValueDays { get; set; }

    /// <summary>Invoice kinds that take available credit when they arrive, separated by commas.</summary>
    public string AutoInvoiceKinds { get; set; } = "user,valet";

    /// <summary>The type of credit that an order line of kind <c>credit</c> issues.</summary>
    public string CreditLineType { get; set; } = "store-credit";

    /// <summary>The most that one account may have, in minor units of the store's currency; null for no limit.</summary>
    public long? CapPerAccountMinor { get; set; }

    /// <summary>The last day whose books are locked: no entry is dated on it or before. Null while none are. Never goes back.</summary>
    public DateOnly? BooksLockedThrough { get; private set; }

    /// <summary>The first day that an entry may be dated on.</summary>
    public DateOnly FirstOpenDay => BooksLockedThrough?.AddDays(1) ?? DateOnly.MinValue;

    public Currency Currency => Currency.Of(CurrencyCode);

    /// <summary>The cap in the given currency: the store's own is capped, others are not.</summary>
    public long? CapIn(Currency currency) => currency.Code == CurrencyCode ? CapPerAccountMinor : null;

    /// <summary>Whether invoices of the kind take available credit by themselves.</summary>
    public bool IsAutoInvoiceKind(string kind) => AutoInvoiceKinds.Split(',').Contains(kind, StringComparer.Ordinal);

    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    public void CountChange() => Version++;

    /// <summary>Locks the books up to a day that is over here. A day that is locked already changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The day is not over.</exception>
    internal void LockBooks(DateOnly through, DateTimeOffset now)
    {
        if (through >= DateOf(now))
        {
            throw new InvalidOperationException("Only the books of days that are over are locked.");
        }

        if (BooksLockedThrough is null || through > BooksLockedThrough)
        {
            BooksLockedThrough = through;
        }
    }

    /// <summary>The instant as the ledger takes it, with the date here and the first day that is open.</summary>
    internal Moment MomentAt(DateTimeOffset instant) => new(instant, DateOf(instant), FirstOpenDay);

    /// <summary>The first instant of a date here, also where the clocks change at midnight, and no earlier than there are instants.</summary>
    public DateTimeOffset StartOf(DateOnly date)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(Math.Max(0, midnight.Ticks - offset.Ticks), TimeSpan.Zero);
    }
}
