using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>Downloads for people who are signed in. Pages lead to them by plain links, so that no byte of a file crosses a page's connection.</summary>
public static class ExportEndpoints
{
    public const string CreditsPath = "exports/credits.csv";

    public static void MapExports(this IEndpointRouteBuilder app) =>
        app.MapGet("/" + CreditsPath, CreditsAsync).RequireAuthorization(nameof(Permission.View)).ExcludeFromDescription();

    /// <summary>The name that a browser saves a list under: <c>credits-2026-11-22.csv</c>.</summary>
    public static string FileName(string list, DateTimeOffset now) => $"{list}-{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv";

    /// <summary>Leads who may not, or may no longer, to the page that says so.</summary>
    public static IResult Denied(Refusal refusal) => refusal.Code == CallerCheck.SessionEnded.Code ? Results.Challenge() : Results.Forbid();

    private static async Task<IResult> CreditsAsync(
        HttpContext context, ExportService exports, CreditQueries credits, IOptions<IdentityOptions> identity, TimeProvider clock)
    {
        var caller = CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity);
        var query = CreditListQuery.Parse(context.Request.QueryString.Value);
        var recorded = await exports.RecordAsync(caller, Permission.View, CreditExport.List, query.Values.Where(value => value.Value is not null).ToDictionary());
        return recorded.IsOk
            ? new CsvDownload<CreditView>(
                FileName(CreditExport.List, clock.GetUtcNow()),
                CreditExport.Columns,
                credits.ReadAllAsync(caller, query.Filter, new PageRequest(SortBy: query.SortName, Descending: query.Descending)))
            : Denied(recorded.Refusal);
    }
}
