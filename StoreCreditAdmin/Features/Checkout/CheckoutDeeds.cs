using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>
/// What a checkout does with credit, each as a part of a write that may do more: holds, takes, frees and gives back. Each saves what it did, so that
/// the next one in the same write finds it in the database.
/// </summary>
public static class CheckoutDeeds
{
    private const string RefundType = "refund-credit";

    /// <summary>Holds credit, in place of what an earlier authorization of the same account for the same order or invoice still holds.</summary>
    /// <returns>The authorization; the earlier one, freed, where zero was asked for.</returns>
    public static async Task<Result<Authorization>> AuthorizeAsync(this WriteScope write, Account account, Store store, AuthorizationAsk ask)
    {
        var loaded = await CheckoutCase.LoadAsync(write.Db, account, store, ask, write.Now);
        if (!loaded.IsOk)
        {
            return loaded.Refusal;
        }

        var (wallet, replaced) = (loaded.Value.Wallet, loaded.Value.Replaced);
        var authorized = await loaded.Value.AuthorizeAsync(write.Posting(store));
        if (!authorized.IsOk)
        {
            return authorized.Refusal;
        }

        var authorization = authorized.Value ?? replaced!;
        await SaveAsync(write, wallet, authorization, newValues: new
        {
            ask.OrderNumber,
            ask.InvoiceNumber,
            authorized = Amount.Of(authorized.Value?.AuthorizedMinor ?? 0, wallet.Currency),
            currency = wallet.Currency.Code,
            replaced = replaced?.Code,
        });
        return authorization;
    }

    /// <param name="amountMinor">Null for all that is held.</param>
    public static async Task<Result<Authorization>> CaptureAsync(this WriteScope write, Authorization authorization, long? amountMinor, bool keepRest)
    {
        if (authorization.IsOpen && await ExceedsOrderAsync(write.Db, authorization, amountMinor ?? authorization.OpenMinor) is { } exceedsOrder)
        {
            return exceedsOrder;
        }

        var before = authorization.CapturedMinor;
        var wallet = await OpenWalletAsync(write, authorization);
        var captured = wallet.Capture(write.Posting(authorization.Store), authorization, amountMinor, keepRest);
        if (captured.IsOk)
        {
            (await InvoiceOfAsync(write.Db, authorization))?.RecordCredit(authorization.CapturedMinor - before);
            await SaveAsync(write, wallet, authorization, newValues: new
            {
                authorization.OrderNumber,
                authorization.InvoiceNumber,
                captured = Amount.Of(authorization.CapturedMinor - before, authorization.Currency),
            });
        }

        return captured;
    }

    /// <summary>Frees what is held. A second time changes nothing; refused once anything was captured.</summary>
    public static async Task<Result<Authorization>> VoidAsync(this WriteScope write, Authorization authorization, EntryDetails? details = null)
    {
        var open = authorization.OpenMinor;
        var wallet = await OpenWalletAsync(write, authorization);
        var freed = wallet.Void(write.Posting(authorization.Store, details), authorization);
        if (freed.IsOk)
        {
            await SaveReleaseAsync(write, wallet, authorization, open, details);
        }

        return freed;
    }

    /// <summary>Frees a part of what is held, or all of it though some was captured.</summary>
    public static async Task ReleaseAsync(this WriteScope write, Authorization authorization, long amountMinor, EntryDetails? details = null)
    {
        var wallet = await OpenWalletAsync(write, authorization);
        wallet.ReleasePart(write.Posting(authorization.Store, details), authorization, amountMinor);
        await SaveReleaseAsync(write, wallet, authorization, amountMinor, details);
    }

    /// <summary>Gives captured credit back: to the credits that it came from, last drawn first, or as new credit.</summary>
    /// <param name="amountMinor">Null for all that can still be given back.</param>
    public static async Task<Result<IReadOnlyList<Draw>>> RefundAsync(
        this WriteScope write, Authorization authorization, long? amountMinor, bool toNewCredit = false, EntryDetails? details = null)
    {
        var type = await write.Db.CreditTypes.SingleAsync(one => one.Code == RefundType);
        var wallet = await OpenWalletAsync(write, authorization);
        var refunded = wallet.Refund(write.Posting(authorization.Store, details), authorization, amountMinor, toNewCredit, type);
        if (refunded.IsOk)
        {
            var returned = refunded.Value.Sum(draw => draw.AmountMinor);
            (await InvoiceOfAsync(write.Db, authorization))?.ReturnCredit(returned);
            Amount In(long minor) => Amount.Of(minor, authorization.Currency);
            await SaveAsync(write, wallet, authorization, details, new
            {
                authorization.OrderNumber,
                authorization.InvoiceNumber,
                refunded = In(returned),
                lines = refunded.Value.Select(draw => new { credit = draw.Credit.PublicId, amount = In(draw.AmountMinor) }),
            });
        }

        return refunded;
    }

    /// <summary>An order's total may have dropped since credit was held for it.</summary>
    private static async Task<Refusal?> ExceedsOrderAsync(StoreCreditDbContext db, Authorization authorization, long amountMinor)
    {
        if (authorization.OrderNumber is null || await db.FindOrderMoneyAsync(authorization.OrderNumber, authorization.Store, authorization.Currency) is not { } order)
        {
            return null;
        }

        var all = await db.AuthorizationsOfOrderAsync(authorization.OrderNumber, authorization.Store, authorization.Currency);
        var most = new OrderMoney(order, all).CapturableMinor;
        return amountMinor <= most
            ? null
            : new Refusal("exceeds-order", $"The order owes only {Amount.Of(most, authorization.Currency)} {authorization.Currency}. Take no more than that.", "amount");
    }

    /// <summary>The invoice that it pays, whose balance goes with it.</summary>
    private static async Task<Invoice?> InvoiceOfAsync(StoreCreditDbContext db, Authorization authorization) =>
        authorization.InvoiceNumber is { } number ? await db.Invoices.SingleAsync(invoice => invoice.Number == number) : null;

    private static Task<Wallet> OpenWalletAsync(WriteScope write, Authorization authorization) =>
        write.OpenWalletAsync(authorization.Account, authorization.Store, authorization.Currency, [.. authorization.Lines.Select(line => line.Credit)]);

    private static Task SaveReleaseAsync(WriteScope write, Wallet wallet, Authorization authorization, long releasedMinor, EntryDetails? details) =>
        SaveAsync(write, wallet, authorization, details, new
        {
            authorization.OrderNumber,
            authorization.InvoiceNumber,
            released = Amount.Of(releasedMinor, authorization.Currency),
        });

    private static Task SaveAsync(WriteScope write, Wallet wallet, Authorization authorization, EntryDetails? details = null, object? newValues = null)
    {
        write.Record(wallet);
        write.Audit(
            authorization.Account.Name, authorization.PublicId.ToString(), authorization.AccountId, details?.Reason?.Name, details?.Memo, newValues: newValues);
        return write.Db.SaveChangesAsync();
    }
}
