namespace StoreCreditAdmin.Features.Orders;

public static class OrdersSetup
{
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        foreach (var type in OrderEventTypes.All)
        {
            services.AddSingleton(type);
        }

        return services
            .AddSingleton<OrderEvents>()
            .AddSingleton<OrderService>()
            .AddSingleton<OrderQueries>();
    }
}
