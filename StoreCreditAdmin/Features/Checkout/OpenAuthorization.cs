using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>How long ago an authorization was made that is still open.</summary>
public enum HoldAge
{
    UnderAnHour,
    UnderADay,
    UnderAWeek,
    Older,
}

public static class HoldAges
{
    public static string NameOf(HoldAge age) => age switch
    {
        HoldAge.UnderAnHour => "hour",
        HoldAge.UnderADay => "day",
        HoldAge.UnderAWeek => "week",
        HoldAge.Older => "older",
        _ => throw new ArgumentOutOfRangeException(nameof(age)),
    };

    public static HoldAge? Named(string? name) => Enum.GetValues<HoldAge>().Cast<HoldAge?>().FirstOrDefault(age => NameOf(age!.Value) == name);

    /// <summary>From when on, and until before when, those of an age were made.</summary>
    internal static (DateTimeOffset From, DateTimeOffset To) Made(this HoldAge age, DateTimeOffset now) => age switch
    {
        HoldAge.UnderAnHour => (now.AddHours(-1), DateTimeOffset.MaxValue),
        HoldAge.UnderADay => (now.AddDays(-1), now.AddHours(-1)),
        HoldAge.UnderAWeek => (now.AddDays(-7), now.AddDays(-1)),
        _ => (DateTimeOffset.MinValue, now.AddDays(-7)),
    };
}

/// <summary>Which open authorizations a list shows.</summary>
public sealed record OpenAuthorizationFilter
{
    /// <summary>A store's code.</summary>
    public string? Store { get; init; }

    /// <summary>A currency's code.</summary>
    public string? Currency { get; init; }

    public HoldAge? Age { get; init; }

    /// <summary>What finds the account: part of its name, an e-mail address, a card or order number.</summary>
    public string? Account { get; init; }

    public bool IsFiltered => Store is not null || Currency is not null || Age is not null || Account is not null;
}

/// <summary>An authorization that still holds credit. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record OpenAuthorization
{
    public required string Code { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string Store { get; init; }

    public required string? OrderNumber { get; init; }

    public required string? InvoiceNumber { get; init; }

    /// <summary>True where the order is recorded, so that there is a page to open.</summary>
    public required bool OrderIsKnown { get; init; }

    public required string Currency { get; init; }

    /// <summary>What it still holds.</summary>
    public required Amount Held { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What it is for, as people name it.</summary>
    public string Purpose => OrderNumber is not null ? $"Order {OrderNumber}" : $"Invoice {InvoiceNumber}";
}

/// <summary>How many of an age are open, and what they hold, by currency.</summary>
public sealed record HoldAgeTotal(HoldAge Age, int Count, IReadOnlyList<HeldSum> Held);

public sealed record HeldSum(string Currency, Amount Amount);

/// <summary>A page of the list.</summary>
/// <param name="Ages">Every age, of the filter without its age.</param>
/// <param name="AsOf">The instant by which the ages go.</param>
public sealed record OpenAuthorizationPage(IReadOnlyList<OpenAuthorization> Items, int TotalCount, IReadOnlyList<HoldAgeTotal> Ages, DateTimeOffset AsOf);
