namespace StoreCreditAdmin.Features.Checkout;

public static class CheckoutSetup
{
    public static IServiceCollection AddCheckout(this IServiceCollection services) => services
        .AddSingleton<CardThrottle>()
        .AddSingleton<CheckoutOwners>()
        .AddSingleton<CheckoutService>()
        .AddSingleton<CheckoutQuotes>()
        .AddSingleton<AuthorizationQueries>();
}
