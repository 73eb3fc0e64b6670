using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Exports;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>A statement as a table: the opening balance, a row for each line, the closing balance.</summary>
internal static class StatementCsv
{
    public static IReadOnlyList<ExportColumn<Row>> Columns { get; } =
    [
        ExportColumn<Row>.Date("Date", row => row.On),
        ExportColumn<Row>.Text("What", row => row.What),
        ExportColumn<Row>.Text("Kind", row => row.Kind),
        ExportColumn<Row>.Text("Reference", row => row.Reference),
        ExportColumn<Row>.Text("Description", row => row.Description),
        ExportColumn<Row>.Number("Amount", row => row.Amount),
        ExportColumn<Row>.Number("Balance", row => row.Balance),
        ExportColumn<Row>.Text("Currency", row => row.Currency),
        ExportColumn<Row>.Number("Entry", row => row.Sequence),
        ExportColumn<Row>.Instant("Recorded at", row => row.RecordedAt),
    ];

    public static IEnumerable<Row> RowsOf(Statement statement)
    {
        var (head, currency) = (statement.Head, statement.Currency);
        Row Balance(DateOnly on, string what, long minor) => new(on, what, null, null, null, null, Amount.Of(minor, currency), currency.Code, null, null);
        yield return Balance(head.From, "Opening balance", statement.OpeningMinor);
        foreach (var line in statement.Lines)
        {
            yield return new Row(
                line.Movement.EffectiveOn,
                line.Label,
                EntryWords.NameOf(line.Movement.Kind),
                line.Reference,
                line.Description,
                Amount.Of(line.AmountMinor, currency),
                Amount.Of(line.BalanceMinor, currency),
                currency.Code,
                line.Movement.Sequence,
                line.Movement.RecordedAt);
        }

        yield return Balance(head.To, "Closing balance", statement.Closing.BalanceMinor);
    }

    internal sealed record Row(
        DateOnly On,
        string What,
        string? Kind,
        string? Reference,
        string? Description,
        Amount? Amount,
        Amount? Balance,
        string Currency,
        long? Sequence,
        DateTimeOffset? RecordedAt);
}
