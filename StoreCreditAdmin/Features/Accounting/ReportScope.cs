using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>A report's question once it is checked: which stores, types and days.</summary>
internal sealed record ReportScope
{
    private const string DateFormat = "yyyy-MM-dd";

    public required IReadOnlyDictionary<int, Store> Stores { get; init; }

    public required IReadOnlyDictionary<int, CreditType> Types { get; init; }

    public required MovementScope Movements { get; init; }

    /// <summary>The date that it is now in the store; with all stores, in the one that is furthest.</summary>
    public required DateOnly Today { get; init; }

    public DateOnly? AsOf { get; init; }

    public DateOnly From { get; init; }

    public DateOnly To { get; init; }

    /// <summary>The first day of the twelve months that end with a day's.</summary>
    public static DateOnly YearOf(DateOnly day) => day.StartOfMonth() is var month && month.Year > 1 ? month.AddMonths(-11) : DateOnly.MinValue;

    /// <summary>Refused where it names a store, currency or type that there is not, a day that is none or still to come, or a period that ends before it starts.</summary>
    /// <param name="fromByDefault">The first day of a period of which only the last is named.</param>
    public static async Task<Result<ReportScope>> CheckAsync(StoreCreditDbContext db, ReportRequest request, DateTimeOffset now, Func<DateOnly, DateOnly> fromByDefault, CancellationToken cancellationToken)
    {
        var stores = await db.Stores.AsNoTracking().ToDictionaryAsync(store => store.Id, cancellationToken);
        var types = await db.CreditTypes.AsNoTracking().ToDictionaryAsync(type => type.Id, cancellationToken);
        var store = stores.Values.SingleOrDefault(one => one.Code == request.Store);
        if (request.Store is not null && store is null)
        {
            return new Refusal("store-unknown", $"There is no store '{request.Store}'.", "store");
        }

        if (request.Currency is not null && CatalogueLookups.FindCurrency(request.Currency) is { IsOk: false } currency)
        {
            return currency.Refusal;
        }

        if (request.Type is not null && types.Values.All(type => type.Code != request.Type))
        {
            return new Refusal("type-unknown", $"There is no credit type '{request.Type}'.", "type");
        }

        if (request.PaidFor is not (null or ReportRequest.Yes or ReportRequest.No))
        {
            return new Refusal("invalid-request", "Write yes for paid-for credit or no for promotional credit.", "paidFor");
        }

        var today = store?.DateOf(now) ?? stores.Values.Max(one => one.DateOf(now));
        var (asOf, from, to) = (DateOf(request.AsOf, "asOf", today), DateOf(request.From, "from", today), DateOf(request.To, "to", today));
        if ((asOf.Refusal ?? from.Refusal ?? to.Refusal) is { } noDay)
        {
            return noDay;
        }

        var last = to.Day ?? (store ?? stores.Values.Single(one => one.IsDefault)).DateOf(now);
        var first = from.Day ?? fromByDefault(last);
        if (last < first)
        {
            return new Refusal("invalid-request", $"The period ends on {ReportRequest.Text(last)}, before it starts on {ReportRequest.Text(first)}.", "to");
        }

        return new ReportScope
        {
            Stores = stores,
            Types = types,
            Today = today,
            AsOf = asOf.Day,
            From = first,
            To = last,
            Movements = new MovementScope
            {
                StoreId = store?.Id,
                Currency = request.Currency,
                TypeIds = request.Type is null && request.PaidFor is null ? null : [.. types.Values
                    .Where(type => (request.Type is null || type.Code == request.Type) && (request.PaidFor is null || type.PaidFor == (request.PaidFor == ReportRequest.Yes)))
                    .Select(type => type.Id)],
            },
        };
    }

    /// <summary>The first days of the months that the period touches, the earliest first.</summary>
    public IReadOnlyList<DateOnly> Months() =>
        [.. Enumerable.Range(0, ((To.Year - From.Year) * 12) + To.Month - From.Month + 1).Select(From.StartOfMonth().AddMonths)];

    /// <summary>The first day of a month that lies in the period.</summary>
    public DateOnly FirstOf(DateOnly month) => month < From ? From : month;

    /// <summary>The last day of a month that lies in the period.</summary>
    public DateOnly LastOf(DateOnly month) => month.AddDays(DateTime.DaysInMonth(month.Year, month.Month) - 1) is var last && last > To ? To : last;

    /// <summary>By which what is of one store in one currency is put in order: the default store first, then by name.</summary>
    public (bool, string, string) OrderOf((int StoreId, string Currency) one) => (!Stores[one.StoreId].IsDefault, Stores[one.StoreId].Name, one.Currency);

    private static (DateOnly? Day, Refusal? Refusal) DateOf(string? text, string field, DateOnly today)
    {
        if (text is null)
        {
            return (null, null);
        }

        if (!DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (null, new Refusal("invalid-request", "Write the date as 2026-11-22.", field));
        }

        return day > today
            ? (null, new Refusal("invalid-request", $"{ReportRequest.Text(day)} is still to come. The last day is {ReportRequest.Text(today)}.", field))
            : (day, null);
    }
}
