using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Journal;

namespace StoreCreditAdmin.Components.Pages.Journal;

internal static class JournalTexts
{
    public static string Count(long entries) => $"{entries.ToString("N0", CultureInfo.CurrentCulture)} {(entries == 1 ? "entry" : "entries")}";

    public static string NameOf(GlRole role) => role switch
    {
        GlRole.Liability => "Owed to customers",
        GlRole.Issued => "Against issuing",
        GlRole.Used => "Used and refunded",
        GlRole.Expired => "Expired and reinstated",
        GlRole.Invalidated => "Invalidated",
        GlRole.Reclaimed => "Reclaimed",
        GlRole.Adjusted => "Adjusted, up and down",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static string NameOf(JournalFile file) =>
        $"{(file.Format == JournalFormat.Csv ? "CSV" : "hledger")} by {(file.Layout == JournalLayout.Day ? "day" : "entry")}";

    /// <summary>The ledger's entries of a range.</summary>
    public static string EntriesAddress(string store, DateOnly from, DateOnly to, string currency) => QueryHelpers.AddQueryString("accounting/entries", new Dictionary<string, string?>
    {
        ["store"] = store,
        ["currency"] = currency,
        ["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["to"] = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });
}
