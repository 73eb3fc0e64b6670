using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;

namespace StoreCreditAdmin.Features.Health;

public sealed record HealthView(string Status);

/// <summary>What a load balancer or a service manager asks, without a key.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/health").AllowAnonymous().DisableHttpMetrics().WithTags("Health");
        routes.MapGet("/live", () => Results.Ok(new HealthView("live")))
            .WithSummary("The process runs")
            .Produces<HealthView>();

        routes.MapGet("/ready", async (IDbContextFactory<StoreCreditDbContext> contexts, CancellationToken cancellationToken) =>
                await IsReadyAsync(contexts, cancellationToken)
                    ? Results.Ok(new HealthView("ready"))
                    : Results.Json(new HealthView("not ready"), statusCode: StatusCodes.Status503ServiceUnavailable))
            .WithSummary("The database answers and has the newest schema")
            .Produces<HealthView>()
            .Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> IsReadyAsync(IDbContextFactory<StoreCreditDbContext> contexts, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return false;
        }
    }
}
