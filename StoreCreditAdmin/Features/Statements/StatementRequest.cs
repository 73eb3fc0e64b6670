using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>Which statement is asked for. What is null is filled in: the default store, its currency, and this month so far.</summary>
public sealed record StatementRequest
{
    public const string StaffView = "staff";
    public const string CustomerView = "customer";

    /// <summary>A store's code.</summary>
    public string? Store { get; init; }

    public string? Currency { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>In the customer's words, without what is for staff.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>Reads what an address says.</summary>
    public static Result<StatementRequest> Parse(string? store, string? currency, string? from, string? to, string? view)
    {
        var first = Date(from, "from");
        var last = Date(to, "to");
        if ((first.Refusal ?? last.Refusal) is { } refusal)
        {
            return refusal;
        }

        return view is null or "" or StaffView or CustomerView
            ? new StatementRequest { Store = Texts.Clean(store), Currency = Texts.Clean(currency), From = first.Value, To = last.Value, ForCustomer = view == CustomerView }
            : Invalid($"Write {StaffView} or {CustomerView}.", "view");
    }

    internal static Refusal Invalid(string message, string field) => new("invalid-request", message, field);

    private static Result<DateOnly?> Date(string? text, string field) =>
        string.IsNullOrEmpty(text) ? Result<DateOnly?>.Of(null)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Result<DateOnly?>.Of(date)
        : Invalid("Write the date as 2026-11-22.", field);
}

/// <summary>The days of a statement, both inclusive.</summary>
public readonly record struct StatementPeriod(DateOnly From, DateOnly To)
{
    /// <summary>Without dates, the month so far; with one of them, from the start of the month of its end, or to today.</summary>
    /// <param name="today">The date in the store.</param>
    public static Result<StatementPeriod> Of(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var first = from ?? last.StartOfMonth();
        return first > today ? StatementRequest.Invalid($"The period has not begun: in this store it is {today:yyyy-MM-dd}. Choose an earlier first day.", "from")
            : first > last ? StatementRequest.Invalid("The period ends before it begins. Choose a later last day.", "to")
            : new StatementPeriod(first, last);
    }
}
