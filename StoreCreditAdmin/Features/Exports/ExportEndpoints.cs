using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>Downloads for people who are signed in. Pages lead to them by plain links, so that no byte of a file crosses a page's connection.</summary>
public static class ExportEndpoints
{
    /// <summary>The path of a list's file.</summary>
    public static string PathOf(string list, ExportFormat format) => $"exports/{list}.{(format == ExportFormat.Csv ? "csv" : "xlsx")}";

    public static void MapExports(this IEndpointRouteBuilder app)
    {
        foreach (var list in app.ServiceProvider.GetServices<ListExport>())
        {
            foreach (var format in Enum.GetValues<ExportFormat>())
            {
                app.MapGet(
                        "/" + PathOf(list.Name, format),
                        (HttpContext context, ExportService exports, IOptions<IdentityOptions> identity, TimeProvider clock) => DownloadAsync(list, format, context, exports, identity.Value, clock))
                    .RequireAuthorization(list.Permission.ToString())
                    .ExcludeFromDescription();
            }
        }
    }

    /// <summary>Leads who may not, or may no longer, to the page that says so.</summary>
    public static IResult Denied(Refusal refusal) => refusal.Code == CallerCheck.SessionEnded.Code ? Results.Challenge() : Results.Forbid();

    private static async Task<IResult> DownloadAsync(
        ListExport list, ExportFormat format, HttpContext context, ExportService exports, IdentityOptions identity, TimeProvider clock)
    {
        var caller = CurrentCaller.Of(context.User, identity.ClaimsIdentity);
        var filter = new ListFilter(context.Request.QueryString.Value);
        var file = list.Open(context.RequestServices, caller, filter, format, clock.GetUtcNow());
        var recorded = await exports.RecordAsync(caller, list.Permission, list.Name, filter.Used);
        return recorded.IsOk ? file : Denied(recorded.Refusal);
    }
}
