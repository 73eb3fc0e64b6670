namespace StoreCreditAdmin.Features.CustomerLinks;

public static class CustomerLinksSetup
{
    /// <summary>The logs that name the address of each request, which in a customer's link is the key to it.</summary>
    private static readonly string[] LogsOfAddresses = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing"];

    /// <summary>Also keeps the addresses of requests out of the logs, however much else the configuration lets in.</summary>
    public static IServiceCollection AddCustomerLinks(this IServiceCollection services) => services
        .AddLogging(logging => Array.ForEach(LogsOfAddresses, category => logging.AddFilter(category, LogLevel.Warning)))
        .AddSingleton<CustomerLinkService>()
        .AddSingleton<CustomerViews>()
        .AddSingleton<CustomerLinkThrottle>();
}
