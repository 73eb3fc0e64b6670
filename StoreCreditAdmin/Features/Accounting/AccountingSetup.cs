namespace StoreCreditAdmin.Features.Accounting;

public static class AccountingSetup
{
    public static IServiceCollection AddAccounting(this IServiceCollection services) => services
        .AddSingleton<LiabilityReports>()
        .AddSingleton<ActivityReports>()
        .AddSingleton<EntryList>()
        .AddSingleton<DashboardQueries>()
        .AddSingleton(AccountingExports.Liability)
        .AddSingleton(AccountingExports.RollForward)
        .AddSingleton(AccountingExports.Breakage)
        .AddSingleton(AccountingExports.Usage)
        .AddSingleton(AccountingExports.Given)
        .AddSingleton(AccountingExports.Entries)
        .AddSingleton(AccountingExports.OnHold);
}
