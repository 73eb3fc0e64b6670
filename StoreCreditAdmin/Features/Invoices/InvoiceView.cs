using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>An invoice in a list. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record InvoiceRow
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Store { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    /// <summary><c>user</c>, <c>valet</c>, <c>self-storage</c> or another word of the billing system.</summary>
    public required string Kind { get; init; }

    /// <summary><c>open</c>, <c>paid</c> or <c>voided</c>.</summary>
    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required Amount Total { get; init; }

    /// <summary>What credit paid of it: taken and not given back.</summary>
    public required Amount Credit { get; init; }

    /// <summary>What is left to pay; nothing once it is voided.</summary>
    public required Amount BalanceRemaining { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <param name="invoice">With its store and account loaded.</param>
    internal static InvoiceRow Of(Invoice invoice) => new()
    {
        Id = invoice.PublicId,
        Number = invoice.Number,
        Store = invoice.Store.Code,
        AccountId = invoice.Account.PublicId,
        AccountName = invoice.Account.Name,
        Kind = invoice.Kind,
        Status = InvoiceNames.Of(invoice.Status),
        Currency = invoice.CurrencyCode,
        Total = Amount.Of(invoice.TotalMinor, invoice.Currency),
        Credit = Amount.Of(invoice.CreditMinor, invoice.Currency),
        BalanceRemaining = Amount.Of(invoice.BalanceMinor, invoice.Currency),
        IssuedOn = invoice.IssuedOn,
        DueOn = invoice.DueOn,
    };
}

/// <summary>An invoice as its page and the HTTP API show it. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record InvoiceView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Store { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string? AccountExternalId { get; init; }

    public required bool AccountOnHold { get; init; }

    /// <summary><c>user</c>, <c>valet</c>, <c>self-storage</c> or another word of the billing system.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it takes credit by itself.</summary>
    public required bool Automatic { get; init; }

    /// <summary><c>open</c>, <c>paid</c> or <c>voided</c>.</summary>
    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required Amount Total { get; init; }

    /// <summary>What credit paid of it: taken and not given back.</summary>
    public required Amount Credit { get; init; }

    /// <summary>What is left to pay; nothing once it is voided.</summary>
    public required Amount BalanceRemaining { get; init; }

    /// <summary>Whether nothing of it is left to pay and it is not closed yet.</summary>
    public required bool MayBeMarkedPaid { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required DateTimeOffset? PaidAt { get; init; }

    public required DateTimeOffset? VoidedAt { get; init; }

    /// <summary>By credit, the first one first.</summary>
    public required IReadOnlyList<InvoicePaymentView> Payments { get; init; }

    internal static async Task<InvoiceView> LoadAsync(StoreCreditDbContext db, Invoice invoice, CancellationToken cancellationToken = default)
    {
        var authorizations = await db.AuthorizationsOfInvoiceAsync(invoice.Number, invoice.Store, invoice.Currency);
        var ids = authorizations.Select(one => one.Id).ToList();
        var takers = await db.LedgerEntries
            .Where(entry => ids.Contains(entry.AuthorizationId!.Value) && entry.Kind == EntryKind.Capture)
            .Select(entry => new { entry.AuthorizationId, entry.ActorName }).Distinct()
            .ToDictionaryAsync(entry => entry.AuthorizationId!.Value, entry => entry.ActorName, cancellationToken);
        Amount In(long minor) => Amount.Of(minor, invoice.Currency);
        return new InvoiceView
        {
            Id = invoice.PublicId,
            Number = invoice.Number,
            Store = invoice.Store.Code,
            AccountId = invoice.Account.PublicId,
            AccountName = invoice.Account.Name,
            AccountExternalId = invoice.Account.ExternalId,
            AccountOnHold = invoice.Account.OnHold,
            Kind = invoice.Kind,
            Automatic = invoice.IsAutomatic,
            Status = InvoiceNames.Of(invoice.Status),
            Currency = invoice.CurrencyCode,
            Total = In(invoice.TotalMinor),
            Credit = In(invoice.CreditMinor),
            BalanceRemaining = In(invoice.BalanceMinor),
            MayBeMarkedPaid = invoice is { Status: InvoiceStatus.Open, BalanceMinor: 0 },
            IssuedOn = invoice.IssuedOn,
            DueOn = invoice.DueOn,
            RecordedAt = invoice.RecordedAt,
            PaidAt = invoice.PaidAt,
            VoidedAt = invoice.VoidedAt,
            Payments = [.. authorizations.Select(one => InvoicePaymentView.Of(one, takers.GetValueOrDefault(one.Id, "")))],
        };
    }
}

/// <summary>A payment by credit.</summary>
public sealed record InvoicePaymentView
{
    /// <summary>Its authorization's code.</summary>
    public required string Id { get; init; }

    /// <summary><c>store-credit</c>.</summary>
    public required string Method { get; init; }

    public required Amount Amount { get; init; }

    /// <summary>How much of it went back to the credits that it came from.</summary>
    public required Amount Returned { get; init; }

    /// <summary><c>completed</c>, or <c>void</c> where all of it went back.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    /// <summary>The credits that it came from, the one drawn first first.</summary>
    public required IReadOnlyList<OrderPaymentCreditView> Credits { get; init; }

    internal static InvoicePaymentView Of(Authorization authorization, string by)
    {
        Amount In(long minor) => Domain.Amount.Of(minor, authorization.Currency);
        return new InvoicePaymentView
        {
            Id = authorization.Code,
            Method = OrderNames.StoreCredit,
            Amount = In(authorization.CapturedMinor),
            Returned = In(authorization.RefundedMinor),
            Status = authorization.RefundedMinor == authorization.CapturedMinor ? "void" : "completed",
            At = authorization.CreatedAt,
            By = by,
            Credits =
            [
                .. authorization.Lines.OrderBy(line => line.Position)
                    .Select(line => new OrderPaymentCreditView(line.Credit.PublicId, line.Credit.Type.Name, In(line.CapturedMinor), In(line.RefundedMinor))),
            ],
        };
    }
}

/// <summary>The words of the HTTP contract for the state of an invoice.</summary>
public static class InvoiceNames
{
    public static string Of(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Open => "open",
        InvoiceStatus.Paid => "paid",
        InvoiceStatus.Voided => "voided",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(InvoiceState state) => state switch
    {
        InvoiceState.Open => "open",
        InvoiceState.Due => "due",
        InvoiceState.Covered => "covered",
        InvoiceState.Paid => "paid",
        InvoiceState.Voided => "voided",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
