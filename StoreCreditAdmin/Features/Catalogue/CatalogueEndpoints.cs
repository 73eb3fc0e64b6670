using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Catalogue;

public static class CatalogueEndpoints
{
    public static void MapCatalogue(this RouteGroupBuilder api)
    {
        MapStores(api);
        MapCreditTypes(api);
        MapReasons(api);
    }

    private static void MapStores(RouteGroupBuilder api)
    {
        api.MapGet("/stores", async (ApiRead read, ApiList list, StoreService stores, CancellationToken cancellationToken) =>
                await read.AnswerAsync(PageAsync("stores", stores.ListAsync(read.Caller, cancellationToken: cancellationToken), store => store.Code, list.Page)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Lists the stores")
            .Produces<KeysetPage<StoreView>>();

        api.MapPost("/stores", (ApiWrite<AddStoreRequest> write, StoreService stores) =>
                write.AnswerAsync(stores.AddAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Adds a store")
            .Produces<StoreView>(StatusCodes.Status201Created);

        api.MapPatch("/stores/{code}", (string code, ApiWrite<ChangeStoreRequest> write, StoreService stores) =>
                write.AnswerAsync(stores.ChangeAsync(write.Caller, write.Key, code, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Changes a store")
            .Produces<StoreView>();
    }

    private static void MapCreditTypes(RouteGroupBuilder api)
    {
        api.MapGet("/credit-types", async (ApiRead read, ApiList list, CreditTypeService types, CancellationToken cancellationToken) =>
                await read.AnswerAsync(PageAsync("credit-types", types.ListAsync(read.Caller, cancellationToken: cancellationToken), type => type.Code, list.Page)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Lists the types of credit")
            .Produces<KeysetPage<CreditTypeView>>();

        api.MapPost("/credit-types", (ApiWrite<AddCreditTypeRequest> write, CreditTypeService types) =>
                write.AnswerAsync(types.AddAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Adds a type of credit")
            .Produces<CreditTypeView>(StatusCodes.Status201Created);

        api.MapPatch("/credit-types/{code}", (string code, ApiWrite<ChangeCreditTypeRequest> write, CreditTypeService types) =>
                write.AnswerAsync(types.ChangeAsync(write.Caller, write.Key, code, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Changes a type of credit")
            .Produces<CreditTypeView>();
    }

    private static void MapReasons(RouteGroupBuilder api)
    {
        api.MapGet("/reasons", async (ApiRead read, ApiList list, ReasonService reasons, CancellationToken cancellationToken) =>
                await read.AnswerAsync(PageAsync("reasons", reasons.ListAsync(read.Caller, cancellationToken), reason => reason.Code, list.Page)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Lists the reasons")
            .Produces<KeysetPage<ReasonView>>();

        api.MapPost("/reasons", (ApiWrite<AddReasonRequest> write, ReasonService reasons) =>
                write.AnswerAsync(reasons.AddAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Adds a reason")
            .Produces<ReasonView>(StatusCodes.Status201Created);

        api.MapPatch("/reasons/{code}", (string code, ApiWrite<ChangeReasonRequest> write, ReasonService reasons) =>
                write.AnswerAsync(reasons.ChangeAsync(write.Caller, write.Key, code, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Changes a reason")
            .Produces<ReasonView>();
    }

    /// <summary>A catalogue is a few dozen rows that pages show whole; only the API reads it in parts, in the order of codes.</summary>
    internal static async Task<KeysetPage<T>?> PageAsync<T>(string list, Task<IReadOnlyList<T>> catalogue, Func<T, string> code, KeysetRequest page)
    {
        var after = page.After?.Text(list);
        var rows = (await catalogue)
            .OrderBy(code, StringComparer.Ordinal)
            .Where(row => after is null || string.CompareOrdinal(code(row), after) > 0)
            .Take(page.Limit + 1)
            .ToList();
        return KeysetPage<T>.Of(rows, page.Limit, row => row, row => Cursor.After(list, code(row)));
    }
}
