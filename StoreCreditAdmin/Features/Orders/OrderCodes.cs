using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>What the promo and referral codes of a paid order give, once for each order and code.</summary>
internal static class OrderCodes
{
    public static async Task UseCodesAsync(this OrderChange change)
    {
        await UseAsync(change, change.Order.PromoCode, PromoCodeKind.Promo);
        await UseAsync(change, change.Order.ReferralCode, PromoCodeKind.Referral);
    }

    private static async Task UseAsync(OrderChange change, string? text, PromoCodeKind kind)
    {
        if (text is null)
        {
            return;
        }

        var (write, order) = (change.Write, change.Order);
        var key = PromoCode.KeyOf(text);
        var code = await write.Db.PromoCodes.Include(one => one.Type).Include(one => one.ReferrerAccount).SingleOrDefaultAsync(one => one.CodeKey == key && one.Kind == kind);
        if (code is not null && await write.Db.PromoCodeUses.AnyAsync(use => use.PromoCodeId == code.Id && use.OrderNumber == order.Number))
        {
            return;
        }

        var why = code is null ? "code-unknown" : await WhyNotAsync(change, code);
        if (why is not null)
        {
            change.Add("credit-not-issued", code?.AmountMinor, reason: why, rule: text);
            return;
        }

        var given = await GiveAsync(change, code!, order.Account!, code!.AmountMinor);
        if (given is null)
        {
            return;
        }

        var used = new PromoCodeUse(code, order.Account!, order.Number, given, write.Now);
        write.Db.PromoCodeUses.Add(used);
        if (code is { ReferrerAccount: { } referrer, ReferrerAmountMinor: { } referrerAmount } && await GiveAsync(change, code, referrer, referrerAmount) is { } ofReferrer)
        {
            used.GaveReferrer(ofReferrer);
        }

        await change.SaveAsync();
    }

    private static async Task<string?> WhyNotAsync(OrderChange change, PromoCode code)
    {
        var order = change.Order;
        if (order.Account is null)
        {
            return OrderPaying.NoAccount.Code;
        }

        var uses = change.Write.Db.PromoCodeUses.Where(use => use.PromoCodeId == code.Id);
        return code.Currency != order.Currency ? "currency-mismatch"
            : !code.Active ? "code-inactive"
            : !code.IsValidOn(order.Store.DateOf(order.PlacedAt)) ? "code-not-valid"
            : code.ReferrerAccountId == order.AccountId ? "code-own"
            : await uses.CountAsync(use => use.AccountId == order.AccountId) >= code.PerCustomer ? "code-used"
            : code.Total is { } total && await uses.CountAsync() >= total ? "code-used-up"
            : null;
    }

    private static async Task<Credit?> GiveAsync(OrderChange change, PromoCode code, Account account, long amountMinor)
    {
        var (write, order) = (change.Write, change.Order);
        var wallet = await write.OpenWalletAsync(account, order.Store, order.Currency);
        var posting = write.Posting(order.Store, new EntryDetails { OrderNumber = order.Number });
        var terms = new CreditTerms
        {
            Source = code.Kind == PromoCodeKind.Promo ? "promo-code" : "referral-code",
            Name = code.Code,
            ExpiresOn = await write.Db.LastGoodDayAsync(code.Type, posting.Moment.Today),
        };
        var issued = wallet.Issue(posting, code.Type, amountMinor, terms, order.Store.CapIn(order.Currency));
        change.Add(issued.IsOk ? "issued" : "credit-not-issued", amountMinor, issued.IsOk ? issued.Value.PublicId : null, issued.Refusal?.Code, code.Code);
        write.Record(wallet);
        await change.SaveAsync();
        return issued.IsOk ? issued.Value : null;
    }
}
