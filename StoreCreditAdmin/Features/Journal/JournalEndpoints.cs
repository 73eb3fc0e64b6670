using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>Files of the journal, by plain links.</summary>
public static class JournalEndpoints
{
    private const string Path = "exports/journal";

    public static void MapJournal(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/{Path}", DraftAsync).RequireAuthorization(nameof(Permission.ViewReports)).ExcludeFromDescription();
        app.MapGet($"/{Path}/{{id:guid}}", OpenAsync).RequireAuthorization(nameof(Permission.ViewReports)).ExcludeFromDescription();
    }

    public static string DraftAddress(JournalRequest request, JournalLayout layout, JournalFormat format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path}?store={request.Store}&from={request.From:yyyy-MM-dd}&to={request.To:yyyy-MM-dd}{(request.Currency is null ? "" : "&currency=" + request.Currency)}&{Form(layout, format)}");

    public static string AddressOf(Guid export, JournalLayout layout, JournalFormat format) => $"{Path}/{export}?{Form(layout, format)}";

    private static string Form(JournalLayout layout, JournalFormat format) => $"lines={layout.ToString().ToLowerInvariant()}&format={format.ToString().ToLowerInvariant()}";

    private static async Task<IResult> DraftAsync(HttpContext context, JournalService journal, ExportService exports, IOptions<IdentityOptions> identity)
    {
        var caller = CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity);
        var asked = new ListFilter(context.Request.QueryString.Value);
        var request = new JournalRequest { Store = asked["store"], From = asked.Date("from"), To = asked.Date("to"), Currency = asked["currency"] };
        if (FormOf(asked) is not { } form)
        {
            return Refused(UnknownForm);
        }

        var download = await journal.DraftAsync(caller, request, form.Layout, form.Format, context.RequestAborted);
        return download.IsOk ? await RecordedAsync(exports, caller, asked, download.Value) : Refused(download.Refusal);
    }

    private static async Task<IResult> OpenAsync(Guid id, HttpContext context, JournalService journal, ExportService exports, IOptions<IdentityOptions> identity)
    {
        var caller = CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity);
        var asked = new ListFilter(context.Request.QueryString.Value);
        if (FormOf(asked) is not { } form)
        {
            return Refused(UnknownForm);
        }

        var download = await journal.OpenAsync(caller, id, form.Layout, form.Format, context.RequestAborted);
        asked.Note([new("export", id)]);
        return download.IsOk ? await RecordedAsync(exports, caller, asked, download.Value) : Results.NotFound();
    }

    private static readonly Refusal UnknownForm = new("invalid-request", "Say lines=day or lines=entry, and format=csv or format=hledger.");

    private static (JournalLayout Layout, JournalFormat Format)? FormOf(ListFilter asked) => (asked["lines"], asked["format"]) switch
    {
        ("day", "csv") => (JournalLayout.Day, JournalFormat.Csv),
        ("entry", "csv") => (JournalLayout.Entry, JournalFormat.Csv),
        ("day", "hledger") => (JournalLayout.Day, JournalFormat.Hledger),
        ("entry", "hledger") => (JournalLayout.Entry, JournalFormat.Hledger),
        _ => null,
    };

    private static async Task<IResult> RecordedAsync(ExportService exports, Caller caller, ListFilter asked, JournalDownload download)
    {
        var recorded = await exports.RecordAsync(caller, Permission.ViewReports, "journal", asked.Used);
        return recorded.IsOk ? download : ExportEndpoints.Denied(recorded.Refusal);
    }

    private static IResult Refused(Refusal refusal) => Results.Text(refusal.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);
}
