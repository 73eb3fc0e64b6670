using System.Globalization;
using System.Text;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Exports;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>What a file says of itself.</summary>
/// <param name="ExportId">Null for a draft.</param>
internal sealed record JournalHead(string Store, DateOnly From, DateOnly To, Currency? Currency, JournalLayout Layout, int MappingNumber, Guid? ExportId, string? AnchorHash);

/// <summary>
/// Writes a journal as CSV, two lines a transaction, or as hledger reads it. Each file adds up what it writes and ends with an error where that is not what was proven before.
/// Whoever changes a byte of it breaks the promise that an exported range gives the same file for ever.
/// </summary>
internal static class JournalFileWriter
{
    private static readonly ExportColumn<Line>[] Columns =
    [
        ExportColumn<Line>.Date("Date", line => line.Of.On),
        ExportColumn<Line>.Text("Transaction", line => line.Of.Number),
        ExportColumn<Line>.Text("Store", line => line.Store),
        ExportColumn<Line>.Text("Account", line => line.Account),
        ExportColumn<Line>.Text("Currency", line => line.Of.Currency.Code),
        ExportColumn<Line>.Number("Debit", line => line.IsDebit ? Amount.Of(line.Of.AmountMinor, line.Of.Currency) : null),
        ExportColumn<Line>.Number("Credit", line => line.IsDebit ? null : Amount.Of(line.Of.AmountMinor, line.Of.Currency)),
        ExportColumn<Line>.Text("Movement", line => JournalMovements.NameOf(line.Of.Movement)),
        ExportColumn<Line>.Text("Credit type", line => line.Of.TypeCode),
        ExportColumn<Line>.Number("Entries", line => line.Of.Entries),
        ExportColumn<Line>.Text("Description", line => Harmless(line.Of.Description)),
        ExportColumn<Line>.Text("Order", line => line.Of.Source?.OrderNumber),
        ExportColumn<Line>.Text("Invoice", line => line.Of.Source?.InvoiceNumber),
        ExportColumn<Line>.Text("Reason", line => line.Of.Source?.ReasonCode),
        ExportColumn<Line>.Text("User", line => line.Of.Source?.AccountId.ToString()),
        ExportColumn<Line>.Text("Store credit", line => line.Of.Source?.CreditId.ToString()),
    ];

    public static string ContentType(JournalFormat format) => format == JournalFormat.Csv ? CsvFile.ContentType : "text/plain; charset=utf-8";

    public static string FileName(JournalHead head, JournalFormat format)
    {
        var currency = head.Currency is null ? "" : "-" + head.Currency.Code.ToLowerInvariant();
        var draft = head.ExportId is null ? "-draft" : "";
        var layout = head.Layout == JournalLayout.Day ? "days" : "entries";
        return string.Create(CultureInfo.InvariantCulture, $"journal-{head.Store}-{head.From:yyyy-MM-dd}-{head.To:yyyy-MM-dd}{currency}-{layout}{draft}.{(format == JournalFormat.Csv ? "csv" : "journal")}");
    }

    /// <param name="proven">The totals of the same range, read before.</param>
    public static async Task WriteAsync(
        Stream output, JournalFormat format, JournalHead head, JournalTotals proven, IAsyncEnumerable<JournalItem> items, CancellationToken cancellationToken)
    {
        var written = new JournalTotals();
        if (format == JournalFormat.Csv)
        {
            await CsvFile.WriteAsync(output, Columns, LinesAsync(head, Counted(items, written)), cancellationToken);
        }
        else
        {
            await WriteHledgerAsync(output, head, proven, Counted(items, written), cancellationToken);
        }

        written.ProveSameAs(proven);
    }

    /// <summary>One line without what has a meaning in plain-text accounting: line breaks and other control characters, semicolons and bars.</summary>
    internal static string Harmless(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var harmful = char.IsControl(character) || char.IsWhiteSpace(character) || character is ';' or '|' || char.GetUnicodeCategory(character) is UnicodeCategory.Format;
            if (!harmful)
            {
                plain.Append(character);
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd();
    }

    private static async IAsyncEnumerable<JournalTransaction> Counted(IAsyncEnumerable<JournalItem> items, JournalTotals written)
    {
        await foreach (var (transaction, owed) in items)
        {
            written.Add(transaction, owed);
            yield return transaction;
        }
    }

    private static async IAsyncEnumerable<Line> LinesAsync(JournalHead head, IAsyncEnumerable<JournalTransaction> transactions)
    {
        await foreach (var transaction in transactions)
        {
            yield return new Line(head.Store, transaction, IsDebit: true);
            yield return new Line(head.Store, transaction, IsDebit: false);
        }
    }

    private static async Task WriteHledgerAsync(
        Stream output, JournalHead head, JournalTotals proven, IAsyncEnumerable<JournalTransaction> transactions, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(FormattableString.Invariant($"; Store credit of {head.Store}, {head.From:yyyy-MM-dd} to {head.To:yyyy-MM-dd}, {(head.Layout == JournalLayout.Day ? "by day" : "by entry")}"));
        await writer.WriteLineAsync(head.ExportId is { } export ? $"; Export {export}, accounts version {head.MappingNumber}" : $"; Draft, accounts version {head.MappingNumber}");
        await writer.WriteLineAsync(head.AnchorHash is { } anchor ? $"; Ledger anchor {anchor}" : "; No ledger anchor yet");
        await writer.WriteLineAsync("decimal-mark .");
        foreach (var currency in proven.Accounts.Select(total => total.Currency).Distinct())
        {
            var digits = Currency.Of(currency).Digits;
            await writer.WriteLineAsync($"commodity 1000.{new string('0', digits)} {currency}");
        }

        foreach (var account in proven.Accounts.Select(total => total.Account).Distinct().Order(StringComparer.Ordinal))
        {
            await writer.WriteLineAsync($"account {account}");
        }

        await foreach (var transaction in transactions.WithCancellation(cancellationToken))
        {
            await writer.WriteLineAsync();
            await writer.WriteLineAsync(FormattableString.Invariant($"{transaction.On:yyyy-MM-dd} ({transaction.Number}) {Harmless(transaction.Description)}"));
            if (transaction.Source is { } source)
            {
                await writer.WriteLineAsync(FormattableString.Invariant($"    ; user:{source.AccountId}, credit:{source.CreditId}, seq:{source.Sequence}, type:{transaction.TypeCode}"));
            }

            await writer.WriteLineAsync($"    {transaction.Accounts.Debit}    {Amount.Of(transaction.AmountMinor, transaction.Currency)} {transaction.Currency}");
            await writer.WriteLineAsync($"    {transaction.Accounts.Credit}    {Amount.Of(-transaction.AmountMinor, transaction.Currency)} {transaction.Currency}");
        }
    }

    private sealed record Line(string Store, JournalTransaction Of, bool IsDebit)
    {
        public string Account => IsDebit ? Of.Accounts.Debit : Of.Accounts.Credit;
    }
}
