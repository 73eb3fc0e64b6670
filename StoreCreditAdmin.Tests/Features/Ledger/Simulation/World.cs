namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>Where a simulation takes place: stores in three time zones, three currencies, five types of credit.</summary>
internal static class World
{
    public const int Accounts = 4;
    public const long Largest = 1_000_000_000_000_000;
    public const int RefundDays = 30;
    public const string RefundType = "refund-credit";

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly StoreOfWorld[] Stores =
    [
        new("main", "UTC", "USD", 100_00, null),
        new("tokyo", "Asia/Tokyo", "JPY", null, 3),
        new("new-york", "America/New_York", "USD", null, 10),
    ];

    public static readonly string[] Currencies = ["USD", "JPY", "KWD"];

    public static readonly TypeOfWorld[] Types =
    [
        new("store-credit", 10, PaidFor: false, MayExpire: true),
        new(RefundType, 10, PaidFor: false, MayExpire: true),
        new("gift-card", 0, PaidFor: true, MayExpire: false),
        new("promotion", 0, PaidFor: false, MayExpire: true),
        new("goodwill", 5, PaidFor: true, MayExpire: true),
    ];

    public static DateOnly Today(int store, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(Stores[store].TimeZone)).Date);
}

/// <param name="Cap">The most that one account may have in the store's own currency, in minor units.</param>
/// <param name="ReturnedDays">For how many days value that comes back after its last good day is good again.</param>
internal sealed record StoreOfWorld(string Code, string TimeZone, string Currency, long? Cap, int? ReturnedDays);

internal sealed record TypeOfWorld(string Code, int Priority, bool PaidFor, bool MayExpire);
