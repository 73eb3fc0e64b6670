using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.PromoCodes;

public static class PromoCodesSetup
{
    public static IServiceCollection AddPromoCodes(this IServiceCollection services) => services.AddSingleton<PromoCodeService>().AddSingleton<PromoCodeQueries>();

    public static void MapPromoCodes(this RouteGroupBuilder group)
    {
        var api = group.MapGroup("").WithTags("Codes");
        api.MapGet("/codes", (ApiRead read, ApiList list, PromoCodeQueries codes, CancellationToken cancellationToken) =>
                read.AnswerAsync(codes.ListAsync(read.Caller, list.Page, cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Lists the promo and referral codes")
            .Produces<KeysetPage<PromoCodeView>>();

        api.MapPost("/codes", (ApiWrite<AddPromoCodeRequest> write, PromoCodeService codes) =>
                write.AnswerAsync(codes.AddAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Adds a promo or referral code")
            .Produces<PromoCodeView>(StatusCodes.Status201Created);

        api.MapPatch("/codes/{code}", (string code, ApiWrite<ChangePromoCodeRequest> write, PromoCodeService codes) =>
                write.AnswerAsync(codes.ChangeAsync(write.Caller, write.Key, code, write.Body)))
            .NeedsScope(Scopes.Admin)
            .WithSummary("Changes a promo or referral code, or takes it out of use")
            .Produces<PromoCodeView>();
    }
}
