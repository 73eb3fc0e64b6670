using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>
/// What of a write customers are told: one mail for each account, store, currency and kind, whatever number of entries the write made. What staff issue or give back is
/// told where they said so; what rules, codes and orders give, and what credit pays, is told by itself.
/// </summary>
internal static class MailOccasions
{
    /// <summary>What credit comes from that a customer had before.</summary>
    private static readonly string[] GivenBack = ["refund", "returned"];

    public static async Task TellAsync(WriteScope write)
    {
        var told = write.ChangedWallets
            .SelectMany(wallet => wallet.Entries.Select(entry => (Wallet: wallet, Entry: entry, Kind: KindOf(entry, write.Notify))))
            .Where(one => one.Kind is not null)
            .DistinctBy(one => one.Entry)
            .GroupBy(one => (one.Kind, one.Wallet.Account.Id, StoreId: one.Wallet.Store.Id, one.Wallet.Currency))
            .ToList();
        if (told.Count == 0)
        {
            return;
        }

        var settings = await write.Db.ReadMailSettingsAsync();
        foreach (var together in told.Where(together => settings.IsOn(together.Key.Kind!.Value)))
        {
            var (kind, wallet) = (together.Key.Kind!.Value, together.Last().Wallet);
            var occasion = string.Create(CultureInfo.InvariantCulture, $"{write.Operation.PublicId:N}:{MailNames.Of(kind)}:{wallet.Account.Id}:{wallet.Store.Id}:{wallet.Currency.Code}");
            await write.QueueMailAsync(kind, occasion, wallet.Account, FieldsOf(wallet, [.. together.Select(one => one.Entry)]));
        }
    }

    public static string Text(long minor, Currency currency) => $"{Amount.Of(minor, currency)} {currency.Code}";

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static MailFields Fields(Domain.Accounts.Account account, Store store, MailCredit credit, string balance) => new()
    {
        Customer = new MailCustomer(account.Name, account.Language),
        Store = new MailStore(store.Name, store.Language),
        Credit = credit,
        Balance = balance,
    };

    /// <param name="notify">Null where nobody was asked, as with what rules, codes and orders give.</param>
    private static MailKind? KindOf(LedgerEntry entry, bool? notify) => entry.Kind switch
    {
        EntryKind.Capture => MailKind.CreditRedeemed,
        EntryKind.Refund => notify == true ? MailKind.RefundedWithCredit : null,
        EntryKind.Issue when GivenBack.Contains(entry.Credit.Source) => notify == true ? MailKind.RefundedWithCredit : null,
        EntryKind.Issue when notify != false => MailKind.CreditReceived,
        _ => null,
    };

    private static MailFields FieldsOf(Wallet wallet, IReadOnlyList<LedgerEntry> entries)
    {
        var credits = entries.GroupBy(entry => entry.Credit)
            .Select(of => new MailCredit(
                Text(of.Sum(entry => entry.AmountMinor), wallet.Currency), of.Key.Type.Name, of.Key.Name, of.Key.CustomerNote ?? Note(of.Key, of.First()), Text(of.Key.ExpiresOn)))
            .ToList();
        var all = Text(entries.Sum(entry => entry.AmountMinor), wallet.Currency);
        return Fields(wallet.Account, wallet.Store, credits.Count == 1 ? credits[0] : new MailCredit(all, Note: credits.Select(credit => credit.Note).FirstOrDefault(note => note is not null)), Text(wallet.Balance.Available, wallet.Currency)) with
        {
            Credits = credits.Count > 1 ? credits : [],
            ExpiresOn = credits.Count == 1 ? credits[0].ExpiresOn : null,
            Order = new MailOrder(entries.Select(entry => entry.OrderNumber).FirstOrDefault(number => number is not null)),
        };
    }

    /// <summary>What is noted at a refund is for the customer to read; other memos are for staff.</summary>
    private static string? Note(Credit credit, LedgerEntry entry) => entry.Kind == EntryKind.Refund || credit.Source == "refund" ? entry.Memo : null;
}
