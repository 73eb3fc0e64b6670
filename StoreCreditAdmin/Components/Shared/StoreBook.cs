using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>The stores by code, which the page's frame gives to every page: names for people, and time zones to show moments in.</summary>
public sealed class StoreBook(IReadOnlyList<StoreView> stores)
{
    private const string Utc = "UTC";

    public static readonly StoreBook Empty = new([]);

    private readonly Dictionary<string, StoreView> byCode = stores.ToDictionary(store => store.Code);

    /// <summary>The default store first, then by name.</summary>
    public IReadOnlyList<StoreView> All => stores;

    /// <summary>True where there is a choice, so that pages say which store they mean.</summary>
    public bool HasSeveral => stores.Count > 1;

    public StoreView? Default => stores.FirstOrDefault(store => store.IsDefault);

    public string NameOf(string code) => byCode.TryGetValue(code, out var store) ? store.Name : code;

    /// <summary>The IANA name of a store's time zone; without a store, of the default one.</summary>
    public string ZoneOf(string? code) => (code is not null && byCode.TryGetValue(code, out var store) ? store : Default)?.TimeZone ?? Utc;

    /// <summary>The date in a store at an instant.</summary>
    public DateOnly DateIn(string? code, DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(ZoneOf(code))).DateTime);
}
