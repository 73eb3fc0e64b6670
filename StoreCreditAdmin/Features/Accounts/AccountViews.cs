using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Loads views of accounts in three queries, however many they are.</summary>
internal static class AccountViews
{
    public static async Task<AccountView> LoadViewAsync(this StoreCreditDbContext db, long accountId, CancellationToken cancellationToken = default) =>
        (await db.LoadViewsAsync([accountId], cancellationToken))[0];

    /// <summary>In the order of the ids.</summary>
    public static async Task<IReadOnlyList<AccountView>> LoadViewsAsync(this StoreCreditDbContext db, IReadOnlyList<long> accountIds, CancellationToken cancellationToken = default)
    {
        var accounts = await db.Accounts.AsNoTracking().Include(account => account.HoldReason)
            .Where(account => accountIds.Contains(account.Id))
            .ToDictionaryAsync(account => account.Id, cancellationToken);
        var contacts = await db.Contacts.AsNoTracking()
            .Where(contact => accountIds.Contains(contact.AccountId)).OrderBy(contact => contact.Id)
            .ToListAsync(cancellationToken);
        var balances = await db.BalancesOfAsync(accountIds, cancellationToken);

        var contactsOf = contacts.ToLookup(contact => contact.AccountId);
        return
        [
            .. accountIds.Where(accounts.ContainsKey).Select(id => accounts[id]).Select(account => new AccountView
            {
                Id = account.PublicId,
                ExternalId = account.ExternalId,
                Name = account.Name,
                Kind = AccountView.NameOf(account.Kind),
                CardNumber = account.CardNumber,
                Language = account.Language,
                OnHold = account.OnHold,
                Hold = account.HeldSince is { } since
                    ? new HoldView(account.HoldReason!.Code, account.HoldReason.Name, account.HoldNote, since, account.HeldBy!)
                    : null,
                Balances = [.. balances[account.Id]],
                Contacts = [.. contactsOf[account.Id].Select(contact => new ContactView
                {
                    Id = contact.PublicId,
                    AccountId = account.PublicId,
                    Name = contact.Name,
                    Email = contact.Email,
                    Phone = contact.Phone,
                    MayUseCredit = contact.MayUseCredit,
                    CreatedAt = contact.CreatedAt,
                })],
                MonthlyStatement = account.StatementsSince is not null,
                CreatedAt = account.CreatedAt,
            }),
        ];
    }

    /// <summary>By account: its balances by store, then currency.</summary>
    public static async Task<ILookup<long, AccountBalanceView>> BalancesOfAsync(this StoreCreditDbContext db, IReadOnlyList<long> accountIds, CancellationToken cancellationToken)
    {
        var balances = await db.AccountBalances
            .Where(balance => accountIds.Contains(balance.AccountId))
            .OrderBy(balance => balance.Store.Code).ThenBy(balance => balance.CurrencyCode)
            .Select(balance => new
            {
                balance.AccountId,
                balance.Store.Code,
                balance.Store.Name,
                balance.CurrencyCode,
                balance.Buckets.Available,
                balance.Buckets.Authorized,
                balance.Buckets.Used,
            })
            .ToListAsync(cancellationToken);
        return balances.ToLookup(balance => balance.AccountId, balance =>
        {
            var currency = Currency.Of(balance.CurrencyCode);
            return new AccountBalanceView(
                balance.Code,
                balance.Name,
                currency.Code,
                Amount.Of(balance.Available, currency),
                Amount.Of(balance.Authorized, currency),
                Amount.Of(balance.Used, currency));
        });
    }
}
