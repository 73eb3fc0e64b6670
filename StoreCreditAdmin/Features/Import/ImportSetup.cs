using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.CommandLine;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

public static class ImportSetup
{
    private static readonly ExportColumn<RowProblem>[] ProblemColumns =
    [
        ExportColumn<RowProblem>.Number("Line", problem => problem.Line),
        ExportColumn<RowProblem>.Text("Customer", problem => problem.Customer),
        ExportColumn<RowProblem>.Text("Problem", problem => problem.Message),
    ];

    public static IServiceCollection AddImport(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection(ImportOptions.Section).Get<ImportOptions>() ?? new ImportOptions())
        .AddSingleton<CustomerCheck>()
        .AddSingleton<CustomerImport>()
        .AddSingleton<ImportUndo>()
        .AddSingleton<ImportRuns>()
        .AddSingleton<ProblemLists>()
        .AddSingleton<ImportJobs>()
        .AddHostedService(provider => provider.GetRequiredService<ImportJobs>())
        .AddCommand(ImportCommand.Customers);

    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/import/problems/{id:guid}", (Guid id, HttpContext context, ProblemLists lists, IOptions<IdentityOptions> identity) =>
            lists.Find(CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity), id) is { } list
                ? new FileDownload<RowProblem>("problems", "import-problems", ExportFormat.Csv, ProblemColumns, list.ReadAllAsync(context.RequestAborted))
                : Results.NotFound())
            .RequireAuthorization(nameof(Permission.Import));
}
