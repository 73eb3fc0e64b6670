using Microsoft.AspNetCore.Http.Features;

namespace StoreCreditAdmin.Features.Exports;

public enum ExportFormat
{
    Csv,
    Xlsx,
}

/// <summary>A list as the answer to a download, written while it is read. A filter that cannot be is answered with its sentence in place of a file.</summary>
/// <param name="name">What the browser saves it as, without its ending, and what a sheet is called.</param>
public sealed class FileDownload<T>(string list, string name, ExportFormat format, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        await using var reading = rows.GetAsyncEnumerator(httpContext.RequestAborted);
        bool any;
        try
        {
            any = await reading.MoveNextAsync();
        }
        catch (BadHttpRequestException exception)
        {
            await Results.Text(exception.Message, statusCode: exception.StatusCode).ExecuteAsync(httpContext);
            return;
        }

        response.BecomeFile(format == ExportFormat.Csv ? CsvFile.ContentType : SheetFile.ContentType, $"{name}.{(format == ExportFormat.Csv ? "csv" : "xlsx")}");
        if (format == ExportFormat.Csv)
        {
            await CsvFile.WriteAsync(response.Body, columns, All(reading, any), httpContext.RequestAborted);
            return;
        }

        if (httpContext.Features.Get<IHttpBodyControlFeature>() is { } body)
        {
            body.AllowSynchronousIO = true;
        }

        await SheetFile.WriteAsync(response.Body, list, columns, All(reading, any), cancellationToken: httpContext.RequestAborted);
    }

    /// <summary>What has begun to be read, from its first row on.</summary>
    private static async IAsyncEnumerable<T> All(IAsyncEnumerator<T> reading, bool any)
    {
        for (; any; any = await reading.MoveNextAsync())
        {
            yield return reading.Current;
        }
    }
}
