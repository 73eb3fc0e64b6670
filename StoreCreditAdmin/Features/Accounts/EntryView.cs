using System.Linq.Expressions;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>A ledger entry as pages and the HTTP API show it. <see cref="Amount"/> is above zero; <see cref="From"/> and <see cref="To"/> say which way it went.</summary>
public sealed record EntryView
{
    public required Guid Id { get; init; }

    public required long Seq { get; init; }

    public required Guid OperationId { get; init; }

    public required Guid CreditId { get; init; }

    public required string? CreditName { get; init; }

    /// <summary>The code of the credit's type, and its name.</summary>
    public required string CreditType { get; init; }

    public required string CreditTypeName { get; init; }

    public required string Store { get; init; }

    /// <summary>As <see cref="EntryWords.NameOf(EntryKind)"/>.</summary>
    public required string Kind { get; init; }

    public required Amount Amount { get; init; }

    public required string Currency { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>What the entry adds to the customer's balance, available and authorized together; negative where it takes, zero for a hold.</summary>
    public required Amount BalanceChange { get; init; }

    public required Amount AvailableAfter { get; init; }

    public required Amount AccountAvailableAfter { get; init; }

    public required string Actor { get; init; }

    /// <summary>The reason's code.</summary>
    public required string? Reason { get; init; }

    public required string? ReasonName { get; init; }

    /// <summary>Null in the customer's view: memos are for staff.</summary>
    public required string? Memo { get; init; }

    /// <summary>What the credit says to the customer, on the entry that opened it.</summary>
    public required string? CustomerNote { get; init; }

    public required string? OrderNumber { get; init; }

    public required string? InvoiceNumber { get; init; }

    public required string? AuthorizationCode { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    /// <summary>The customer's word for it.</summary>
    public required string Label { get; init; }

    internal static readonly Expression<Func<LedgerEntry, EntryRow>> Row = entry => new EntryRow(
        entry,
        entry.Operation.PublicId,
        entry.Credit.PublicId,
        entry.Credit.Name,
        entry.Credit.Type.Code,
        entry.Credit.Type.Name,
        entry.Credit.Store.Code,
        entry.Credit.CustomerNote,
        entry.Reason!.Code,
        entry.Reason.Name,
        entry.Authorization!.Code);

    internal static EntryView Of(EntryRow row, bool forCustomer)
    {
        var entry = row.Entry;
        var currency = Domain.Currency.Of(entry.CurrencyCode);
        return new EntryView
        {
            Id = entry.PublicId,
            Seq = entry.Sequence,
            OperationId = row.OperationId,
            CreditId = row.CreditId,
            CreditName = row.CreditName,
            CreditType = row.CreditType,
            CreditTypeName = row.CreditTypeName,
            Store = row.Store,
            Kind = EntryWords.NameOf(entry.Kind),
            Amount = Amount.Of(entry.AmountMinor, currency),
            Currency = currency.Code,
            From = EntryWords.NameOf(entry.From),
            To = EntryWords.NameOf(entry.To),
            BalanceChange = Amount.Of(EntryWords.BalanceSign(entry.From, entry.To) * entry.AmountMinor, currency),
            AvailableAfter = Amount.Of(entry.AvailableAfter, currency),
            AccountAvailableAfter = Amount.Of(entry.AccountAvailableAfter, currency),
            Actor = entry.ActorName,
            Reason = row.ReasonCode,
            ReasonName = row.ReasonName,
            Memo = forCustomer ? null : entry.Memo,
            CustomerNote = entry.Kind == EntryKind.Issue ? row.CustomerNote : null,
            OrderNumber = entry.OrderNumber,
            InvoiceNumber = entry.InvoiceNumber,
            AuthorizationCode = row.AuthorizationCode,
            RecordedAt = entry.RecordedAt,
            EffectiveOn = entry.EffectiveOn,
            Label = EntryWords.LabelOf(entry.Kind),
        };
    }
}

/// <summary>An entry with what it points at.</summary>
internal sealed record EntryRow(
    LedgerEntry Entry,
    Guid OperationId,
    Guid CreditId,
    string? CreditName,
    string CreditType,
    string CreditTypeName,
    string Store,
    string? CustomerNote,
    string? ReasonCode,
    string? ReasonName,
    string? AuthorizationCode);
