using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>A statement as the HTTP API shows it. Amounts are in <see cref="Currency"/>; a balance is what is available and authorized together.</summary>
public sealed record StatementView
{
    /// <summary>The account's id.</summary>
    public required Guid Account { get; init; }

    public required string AccountName { get; init; }

    public required string? ExternalId { get; init; }

    public required string CardNumber { get; init; }

    public required string Store { get; init; }

    public required string StoreName { get; init; }

    public required string? StoreAddress { get; init; }

    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary><c>staff</c> or <c>customer</c>.</summary>
    public required string View { get; init; }

    public required Amount OpeningBalance { get; init; }

    public required Amount ClosingBalance { get; init; }

    /// <summary>The part of the closing balance that was held.</summary>
    public required Amount Authorized { get; init; }

    public required NextExpiry? NextExpiry { get; init; }

    /// <summary>The hash of the account's newest entry when the statement was made, in hexadecimal digits, and that entry's number.</summary>
    public required string LedgerHead { get; init; }

    public required long LedgerSequence { get; init; }

    /// <summary>The last daily anchor of the whole ledger; null before the first.</summary>
    public required StatementAnchor? LedgerAnchor { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required IReadOnlyList<StatementLineView> Lines { get; init; }

    public static StatementView Of(Statement statement)
    {
        var (head, currency) = (statement.Head, statement.Currency);
        return new StatementView
        {
            Account = head.AccountId,
            AccountName = head.AccountName,
            ExternalId = head.ExternalId,
            CardNumber = head.CardNumber,
            Store = head.StoreCode,
            StoreName = head.StoreName,
            StoreAddress = head.StoreAddress,
            TimeZone = head.TimeZone,
            Currency = currency.Code,
            From = head.From,
            To = head.To,
            View = head.ForCustomer ? StatementRequest.CustomerView : StatementRequest.StaffView,
            OpeningBalance = Amount.Of(statement.OpeningMinor, currency),
            ClosingBalance = Amount.Of(statement.Closing.BalanceMinor, currency),
            Authorized = Amount.Of(statement.Closing.AuthorizedMinor, currency),
            NextExpiry = statement.Closing.NextExpiry is { } next ? new NextExpiry(next.On, Amount.Of(next.AmountMinor, currency)) : null,
            LedgerHead = head.LedgerHead,
            LedgerSequence = head.LedgerSequence,
            LedgerAnchor = head.Anchor,
            MadeAt = head.MadeAt,
            Lines = [.. statement.Lines.Select(line => StatementLineView.Of(line, currency))],
        };
    }
}

public sealed record StatementLineView
{
    public required long Seq { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    /// <summary>As <see cref="EntryWords.NameOf(EntryKind)"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The customer's word for it.</summary>
    public required string Label { get; init; }

    /// <summary>The order, or else the invoice, the reason or the text that it names.</summary>
    public required string? Reference { get; init; }

    /// <summary>With its sign.</summary>
    public required Amount Amount { get; init; }

    /// <summary>After it.</summary>
    public required Amount Balance { get; init; }

    public required string? OrderNumber { get; init; }

    public required string? InvoiceNumber { get; init; }

    public required string? Reason { get; init; }

    public required string? Memo { get; init; }

    public required string? CustomerNote { get; init; }

    internal static StatementLineView Of(StatementLine line, Currency currency) => new()
    {
        Seq = line.Movement.Sequence,
        RecordedAt = line.Movement.RecordedAt,
        EffectiveOn = line.Movement.EffectiveOn,
        Kind = EntryWords.NameOf(line.Movement.Kind),
        Label = line.Label,
        Reference = line.Reference,
        Amount = Amount.Of(line.AmountMinor, currency),
        Balance = Amount.Of(line.BalanceMinor, currency),
        OrderNumber = line.Movement.OrderNumber,
        InvoiceNumber = line.Movement.InvoiceNumber,
        Reason = line.Movement.Reason,
        Memo = line.Movement.Memo,
        CustomerNote = line.Movement.Note,
    };
}
