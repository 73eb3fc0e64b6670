using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Journal;

internal static class JournalDeskOfTests
{
    public static JournalRequest Range(string from, string to, string? currency = null, string? store = "main") =>
        new() { Store = store, From = Day(from), To = Day(to), Currency = currency };

    public static Task<Result<JournalExportView>> ExportAsync(this TestDatabase database, string from, string to, Caller? caller = null, OperationKey? key = null) =>
        database.Get<JournalService>().ExportAsync(caller ?? TestDatabase.Robot, key ?? OperationKey.ForForm(), Range(from, to));

    public static async Task<byte[]> DraftAsync(this TestDatabase database, JournalRequest range, JournalLayout layout, JournalFormat format) =>
        await BytesAsync((await database.Get<JournalService>().DraftAsync(TestDatabase.Robot, range, layout, format)).Value);

    public static async Task<byte[]> FileOfAsync(this TestDatabase database, Guid export, JournalLayout layout, JournalFormat format) =>
        await BytesAsync((await database.Get<JournalService>().OpenAsync(TestDatabase.Robot, export, layout, format)).Value);

    public static void At(this TestDatabase database, string day) => database.Clock.Now = new DateTimeOffset(Day(day)!.Value, new TimeOnly(12, 0), TimeSpan.Zero);

    public static DateOnly? Day(string? day) => day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", null);

    private static async Task<byte[]> BytesAsync(JournalDownload download)
    {
        using var file = new MemoryStream();
        await download.WriteAsync(file);
        return file.ToArray();
    }
}
