namespace StoreCreditAdmin.Features.Accounts;

public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountService>()
        .AddSingleton<ContactService>()
        .AddSingleton<AccountDetails>()
        .AddSingleton<AccountEntries>()
        .AddSingleton<AccountHistory>()
        .AddSingleton<AccountSearch>();
}
