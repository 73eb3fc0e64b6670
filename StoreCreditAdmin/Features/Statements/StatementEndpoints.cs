using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Statements;

public static class StatementEndpoints
{
    /// <summary>For people who are signed in; pages lead to it by plain links.</summary>
    public const string DownloadPath = "exports/statement";

    /// <summary>The finished files of many statements, by the id of their run.</summary>
    public const string BatchPath = "exports/statements";

    private const string Export = "statement";
    private const string BatchExport = "statements";

    public static void MapStatementRoutes(this RouteGroupBuilder api) =>
        api.MapGet("/accounts/{id}/statement", AnswerAsync)
            .NeedsScope(Scopes.Read)
            .WithSummary("An account's statement for a period in a store and currency: opening balance, movements, closing balance; as JSON, PDF or CSV")
            .Produces<StatementView>()
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .Produces(StatusCodes.Status200OK, contentType: CsvFile.ContentType);

    public static void MapStatementDownloads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/" + DownloadPath, DownloadAsync).RequireAuthorization(nameof(Permission.View)).ExcludeFromDescription();
        app.MapGet("/" + BatchPath + "/{id:guid}", FetchBatchAsync).RequireAuthorization(nameof(Permission.ViewReports)).ExcludeFromDescription();
    }

    private static async Task<IResult> FetchBatchAsync(Guid id, HttpContext context, StatementBatchService batches, ExportService exports, IOptions<IdentityOptions> identity)
    {
        var caller = CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity);
        FileInfo? file;
        try
        {
            file = await batches.FindFileAsync(caller, id, context.RequestAborted);
        }
        catch (AccessDeniedException denied)
        {
            return ExportEndpoints.Denied(denied.Refusal);
        }

        if (file is null)
        {
            return Results.NotFound();
        }

        var recorded = await exports.RecordAsync(caller, Permission.ViewReports, BatchExport, new { id });
        if (!recorded.IsOk)
        {
            return ExportEndpoints.Denied(recorded.Refusal);
        }

        var contentType = file.Extension == ".zip" ? "application/zip" : "application/pdf";
        context.Response.BecomeFile(contentType, $"statements-{id:N}"[..19] + file.Extension);
        return Results.File(file.FullName, contentType);
    }

    private static async Task<IResult> AnswerAsync(
        string id, ApiRead read, StatementService statements, StatementPdf pdf, IOptions<StatementOptions> options,
        string? store, string? currency, string? from, string? to, string? format, string? view, string? paper, CancellationToken cancellationToken)
    {
        var asFormat = ApiQuery.OneOf<StatementFormat>(format, "format", StatementFile.NameOf) ?? StatementFormat.Json;
        var onPaper = ApiQuery.OneOf<StatementPaper>(paper, "paper", StatementFile.NameOf) ?? options.Value.Paper;
        var request = StatementRequest.Parse(store, currency, from, to, view);
        var statement = request.IsOk ? await statements.GetAsync(read.Caller, id, request.Value, cancellationToken) : request.Refusal;
        return statement.IsOk && asFormat != StatementFormat.Json
            ? StatementFile.Of(statement.Value, asFormat, onPaper, pdf)
            : await read.AnswerAsync(Task.FromResult(statement.Map(StatementView.Of)));
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context, StatementService statements, ExportService exports, StatementPdf pdf, IOptions<StatementOptions> options, IOptions<IdentityOptions> identity,
        string? account, string? store, string? currency, string? from, string? to, string? format, string? view, string? paper)
    {
        var caller = CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity);
        var request = StatementRequest.Parse(store, currency, from, to, view);
        if (!request.IsOk || !TryRead(format, StatementFormat.Pdf, out var asFormat) || !TryRead(paper, options.Value.Paper, out var onPaper))
        {
            return Results.NotFound();
        }

        Result<Statement> statement;
        try
        {
            statement = await statements.GetAsync(caller, account ?? "", request.Value, context.RequestAborted);
        }
        catch (AccessDeniedException denied)
        {
            return ExportEndpoints.Denied(denied.Refusal);
        }

        if (!statement.IsOk)
        {
            return Results.NotFound();
        }

        var head = statement.Value.Head;
        var recorded = await exports.RecordAsync(
            caller, Permission.View, Export, new { account = head.AccountId, store = head.StoreCode, currency = head.Currency.Code, head.From, head.To, format = StatementFile.NameOf(asFormat), view });
        return recorded.IsOk ? StatementFile.Of(statement.Value, asFormat, onPaper, pdf) : ExportEndpoints.Denied(recorded.Refusal);
    }

    private static bool TryRead<T>(string? text, T whenAbsent, out T value)
        where T : struct, Enum
    {
        value = whenAbsent;
        return string.IsNullOrEmpty(text) || (char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out value));
    }
}
