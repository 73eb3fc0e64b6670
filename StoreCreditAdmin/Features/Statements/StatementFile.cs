using System.Globalization;
using System.Text.Json;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Statements;

public enum StatementFormat
{
    Json,
    Pdf,
    Csv,
}

/// <summary>The settings <c>Statements:…</c>.</summary>
public sealed class StatementOptions
{
    public const string Section = "Statements";

    /// <summary>The paper where nobody chooses one: A4 or Letter.</summary>
    public StatementPaper Paper { get; set; } = StatementPaper.A4;

    /// <summary>Where the files of many statements lie until they have had their time; null for a folder beside the database.</summary>
    public string? Folder { get; set; }

    /// <summary>A commercial licence key of PDFsharp; without one, it is used under the AGPL.</summary>
    public string? PdfSharpLicenseKey { get; set; }
}

/// <summary>A statement as a file that a browser saves.</summary>
internal static class StatementFile
{
    public static string NameOf(StatementFormat format) => format.ToString().ToLowerInvariant();

    public static string NameOf(StatementPaper paper) => paper.ToString().ToLowerInvariant();

    /// <summary>As <c>statement-main-USD-2026-11-01-2026-11-22</c>, without an ending.</summary>
    public static string Name(StatementHead head) =>
        string.Create(CultureInfo.InvariantCulture, $"statement-{head.StoreCode}-{head.Currency}-{head.From:yyyy-MM-dd}-{head.To:yyyy-MM-dd}");

    /// <exception cref="ArgumentOutOfRangeException">No such format.</exception>
    public static IResult Of(Statement statement, StatementFormat format, StatementPaper paper, StatementPdf pdf) => format switch
    {
        StatementFormat.Csv => new FileDownload<StatementCsv.Row>("statement", Name(statement.Head), ExportFormat.Csv, StatementCsv.Columns, StatementCsv.RowsOf(statement).ToAsyncEnumerable()),
        StatementFormat.Pdf => new Download(pdf.Draw(statement, paper), "application/pdf", $"{Name(statement.Head)}.{NameOf(format)}"),
        StatementFormat.Json => new Download(JsonSerializer.SerializeToUtf8Bytes(StatementView.Of(statement), WireJson.Options), "application/json; charset=utf-8", $"{Name(statement.Head)}.{NameOf(format)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private sealed class Download(byte[] content, string contentType, string fileName) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.BecomeFile(contentType, fileName);
            response.ContentLength = content.Length;
            await response.Body.WriteAsync(content, httpContext.RequestAborted);
        }
    }
}
