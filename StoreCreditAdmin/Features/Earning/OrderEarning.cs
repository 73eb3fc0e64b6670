using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>Lets the rules give credit for an order that is paid, or to a customer who registers: each once, in the same transaction.</summary>
internal static class OrderEarning
{
    /// <summary>Fixes what of the order earns, and gives what the rules of its store give for it. Does nothing where it was paid before.</summary>
    public static async Task EarnAsync(this OrderChange change)
    {
        var (write, order) = (change.Write, change.Order);
        if (order.BaseMinor is not null || order.Account is not { } account)
        {
            return;
        }

        order.MarkEarning(EarningBase.Of(order, (await change.MoneyAsync()).UsedMinor));
        await change.SaveAsync();
        var giving = await Giving.LoadAsync(write.Db, order.Store);
        foreach (var rule in giving.Rules.Where(rule => rule.Method != EarningMethod.Registration))
        {
            if (await EarnedAsync(change, rule) is not { } earned)
            {
                continue;
            }

            var (amount, carryBefore) = earned;
            var award = await giving.GiveAsync(write, rule, account, amount, order, carryBefore);
            change.Add(
                award.Credit is null ? "not-earned" : "issued",
                award.Credit is null ? null : award.AmountMinor,
                award.Credit?.PublicId,
                award.Reason,
                EarningNames.Of(rule.Method));
        }

        await change.SaveAsync();
    }

    /// <returns>What the registration rule gave; null where there is none, or the account had it before.</returns>
    public static async Task<EventEffect?> EarnByRegisteringAsync(this WriteScope write, Account account, Store store)
    {
        var giving = await Giving.LoadAsync(write.Db, store);
        if (giving.Rules.Find(rule => rule.Method == EarningMethod.Registration) is not { Current: { Terms: FixedTerms terms } current } rule
            || await write.Db.Awards.AnyAsync(award => award.AccountId == account.Id && award.StoreId == store.Id && award.OrderId == null))
        {
            return null;
        }

        var award = await giving.GiveAsync(write, rule, account, new Earned(terms.AmountMinor));
        return new EventEffect
        {
            Kind = award.Credit is null ? "not-earned" : "issued",
            CreditId = award.Credit?.PublicId,
            Amount = award.Credit is null ? null : Amount.Of(award.AmountMinor, current.Currency),
            Currency = award.Credit is null ? null : current.CurrencyCode,
            Rule = EarningNames.Of(EarningMethod.Registration),
            Reason = award.Reason,
        };
    }

    private static async Task<(Earned Earned, long CarryBefore)?> EarnedAsync(OrderChange change, EarningRule rule)
    {
        var (db, order) = (change.Write.Db, change.Order);
        var current = rule.Current;
        var earlier = db.Orders.Where(one => one.AccountId == order.AccountId && one.BaseMinor != null && one.Id != order.Id);
        if (rule.Method == EarningMethod.FirstOrder && await earlier.AnyAsync())
        {
            return null;
        }

        if (current.Currency != order.Currency)
        {
            return (new Earned(0) { Reason = EarningReasons.OtherCurrency }, 0);
        }

        var basis = new OrderBasis(order.BaseMinor!.Value);
        if (current.Terms is StepTerms steps)
        {
            var here = earlier.Where(one => one.StoreId == order.StoreId);
            basis = steps.Measure == StepMeasure.Count
                ? basis with { OrdersBefore = await here.LongCountAsync() }
                : basis with { SpentBeforeMinor = await here.Where(one => one.CurrencyCode == order.CurrencyCode).SumAsync(one => one.BaseMinor!.Value) };
        }
        else if (current.Terms is EverySpentTerms)
        {
            basis = basis with { CarryMinor = await CarryAsync(change, rule) };
        }

        return current.Terms.For(basis) is { } earned ? (earned, basis.CarryMinor) : null;
    }

    /// <summary>What the rule's last award to the customer left over, whichever version gave it, while the rule keeps its currency.</summary>
    private static Task<long> CarryAsync(OrderChange change, EarningRule rule) => change.Write.Db.Awards
        .Where(award => award.RuleId == rule.Id && award.AccountId == change.Order.AccountId && award.CurrencyCode == rule.Current.CurrencyCode)
        .OrderByDescending(award => award.Id)
        .Select(award => award.CarryAfterMinor)
        .FirstOrDefaultAsync();
}

/// <summary>The rules that are on in a store, and how long what they give lives. No rules while the module is off.</summary>
internal sealed class Giving(Store store, EarningSettings settings, List<EarningRule> rules)
{
    public List<EarningRule> Rules => rules;

    public static async Task<Giving> LoadAsync(StoreCreditDbContext db, Store store)
    {
        var settings = await db.ReadEarningSettingsAsync();
        if (!settings.ModuleEnabled)
        {
            return new Giving(store, settings, []);
        }

        var rules = await db.CurrentVersions().Where(version => version.Rule.StoreId == store.Id && version.Rule.Enabled).RulesAsync();
        return new Giving(store, settings, [.. rules.OrderBy(rule => rule.Method)]);
    }

    /// <summary>Issues what was earned, and keeps the award whether it gave something or not.</summary>
    public async Task<Award> GiveAsync(WriteScope write, EarningRule rule, Account account, Earned earned, Order? order = null, long carryBefore = 0)
    {
        var (credit, reason) = earned.AmountMinor > 0 ? await IssueAsync(write, rule, account, earned.AmountMinor, order) : (null, earned.Reason);
        var award = new Award(write.NewId(), rule, store, account, order, write.Now)
        {
            BaseMinor = order?.BaseMinor ?? 0,
            CarryBeforeMinor = carryBefore,
            CarryAfterMinor = earned.CarryMinor,
            AmountMinor = credit is null ? 0 : earned.AmountMinor,
            Reason = reason,
            Credit = credit,
        };
        write.Db.Awards.Add(award);
        return award;
    }

    private async Task<(Credit? Credit, string? Reason)> IssueAsync(WriteScope write, EarningRule rule, Account account, long amountMinor, Order? order)
    {
        var version = rule.Current;
        var posting = write.Posting(store, new EntryDetails { OrderNumber = order?.Number });
        var expiresOn = version.Type.MayExpire ? settings.ExpiryOf(rule.Method).LastGoodDay(posting.Moment.Today) : null;
        var wallet = await write.OpenWalletAsync(account, store, version.Currency);
        var terms = new CreditTerms { Source = EarningNames.Of(rule.Method), ExpiresOn = expiresOn };
        var issued = wallet.Issue(posting, version.Type, amountMinor, terms, store.CapIn(version.Currency));
        write.Record(wallet);
        return issued.IsOk ? (issued.Value, null) : (null, issued.Refusal.Code);
    }
}
