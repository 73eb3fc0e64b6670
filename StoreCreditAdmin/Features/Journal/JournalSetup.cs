namespace StoreCreditAdmin.Features.Journal;

public static class JournalSetup
{
    public static IServiceCollection AddJournal(this IServiceCollection services) => services
        .AddSingleton<BooksService>()
        .AddSingleton<AccountMappingService>()
        .AddSingleton<JournalService>()
        .AddSingleton(JournalExportsList.List);
}
