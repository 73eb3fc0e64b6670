using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Earning;

public static class EarningSetup
{
    public static IServiceCollection AddEarning(this IServiceCollection services) => services
        .AddSingleton<RuleService>()
        .AddSingleton<RuleDryRun>()
        .AddSingleton<EarningQueries>()
        .AddSingleton<EarningSettingsService>();

    public static void MapEarning(this RouteGroupBuilder group)
    {
        MapSettings(group.MapGroup("/settings").WithTags("Settings"));
        MapRules(group.MapGroup("/rules").WithTags("Rules"));
    }

    private static void MapSettings(RouteGroupBuilder api)
    {
        api.MapGet("/module", (ApiRead read, EarningSettingsService settings, CancellationToken cancellationToken) =>
                read.AnswerAsync(settings.GetModuleAsync(read.Caller, cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Whether credit is earned and shown in the storefront")
            .Produces<ModuleSettings>();

        api.MapPut("/module", (ApiWrite<ModuleSettings> write, EarningSettingsService settings) =>
                write.AnswerAsync(settings.SetModuleAsync(write.Caller, write.Key, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Switches the module on or off")
            .Produces<ModuleSettings>();

        api.MapGet("/expiry", (ApiRead read, EarningSettingsService settings, CancellationToken cancellationToken) =>
                read.AnswerAsync(settings.GetExpiryAsync(read.Caller, cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("How long credit lives")
            .Produces<ExpirySettings>();

        api.MapPut("/expiry", (ApiWrite<ExpirySettings> write, EarningSettingsService settings) =>
                write.AnswerAsync(settings.SetExpiryAsync(write.Caller, write.Key, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Says how long credit lives that is issued from now on")
            .Produces<ExpirySettings>();
    }

    private static void MapRules(RouteGroupBuilder api)
    {
        api.MapGet("", async (ApiRead read, ApiList list, RuleService rules, CancellationToken cancellationToken) =>
                await read.AnswerAsync(CatalogueEndpoints.PageAsync("rules", rules.ListAsync(read.Caller, cancellationToken), rule => rule.Id.ToString(), list.Page)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Lists the rules by which customers earn credit")
            .Produces<KeysetPage<RuleView>>();

        api.MapPost("", (ApiWrite<SaveRuleRequest> write, RuleService rules) =>
                write.AnswerAsync(rules.AddAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Adds a rule")
            .Produces<RuleView>(StatusCodes.Status201Created);

        api.MapPut("/{id}", (ApiId id, ApiWrite<SaveRuleRequest> write, RuleService rules) =>
                write.AnswerAsync(rules.ChangeAsync(write.Caller, write.Key, id.Value, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Changes a rule, from now on")
            .Produces<RuleView>();

        api.MapDelete("/{id}", (ApiId id, ApiWrite write, RuleService rules) =>
                write.AnswerAsync(rules.DeleteAsync(write.Caller, write.Key, id.Value), StatusCodes.Status204NoContent))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Deletes a rule; what it gave stays")
            .Produces(StatusCodes.Status204NoContent);

        api.MapPost("/dry-run", (ApiRead read, ApiBody<DryRunRequest> body, RuleDryRun dryRun, CancellationToken cancellationToken) =>
                read.AnswerAsync(dryRun.RunAsync(read.Caller, body.Value, cancellationToken: cancellationToken)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Says what a rule would have given for the orders of a period, and writes nothing")
            .Produces<DryRunView>();
    }
}
