using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>What was taken back from one award, and what of it was spent already, in minor units.</summary>
internal sealed record Reclaimed(Award Award, long TakenMinor, long MissingMinor);

/// <summary>Takes back what an order earned, in proportion to what is given back of it. Every way of giving back comes here.</summary>
internal static class OrderReclaiming
{
    /// <param name="amountMinor">How much of the order is given back; null for all of it.</param>
    public static async Task<IReadOnlyList<Reclaimed>> ReclaimAsync(this WriteScope write, Order order, long? amountMinor, EntryDetails? details = null)
    {
        if (order.BaseMinor is null)
        {
            return [];
        }

        var awards = await write.Db.Awards
            .Include(award => award.Account)
            .Include(award => award.Credit).ThenInclude(credit => credit!.Type)
            .Where(award => award.OrderId == order.Id && award.AmountMinor > 0)
            .OrderBy(award => award.Id)
            .ToListAsync();
        var reclaimed = new List<Reclaimed>();
        foreach (var award in awards)
        {
            var due = amountMinor is { } part ? award.GiveBack(part, order.TotalMinor) : award.GiveBackRest(order.TotalMinor);
            if (due > 0)
            {
                reclaimed.Add(await TakeAsync(write, order, award, due, details));
            }
        }

        await write.Db.SaveChangesAsync();
        return reclaimed;
    }

    /// <returns>What was taken back in all.</returns>
    public static async Task<long> ReclaimAsync(this OrderChange change, long? amountMinor, EntryDetails? details = null)
    {
        var reclaimed = await change.Write.ReclaimAsync(change.Order, amountMinor, details);
        foreach (var (award, taken, missing) in reclaimed)
        {
            var rule = EarningNames.Of(award.Method);
            if (taken > 0)
            {
                change.Add("reclaimed", taken, award.Credit!.PublicId, rule: rule);
            }

            if (missing > 0)
            {
                change.Add("not-reclaimed", missing, award.Credit!.PublicId, reason: "spent", rule: rule);
            }
        }

        return reclaimed.Sum(one => one.TakenMinor);
    }

    private static async Task<Reclaimed> TakeAsync(WriteScope write, Order order, Award award, long dueMinor, EntryDetails? details)
    {
        var credit = award.Credit!;
        var wallet = await write.OpenWalletAsync(award.Account, order.Store, order.Currency, credit);
        var taken = wallet.Reclaim(write.Posting(order.Store, (details ?? EntryDetails.None) with { OrderNumber = order.Number }), credit, dueMinor).Value;
        write.Record(wallet);
        var missingBefore = award.ShortfallMinor;
        award.Take(dueMinor, taken, credit.Buckets.Used + credit.Buckets.Authorized);
        return new Reclaimed(award, taken, award.ShortfallMinor - missingBefore);
    }
}
