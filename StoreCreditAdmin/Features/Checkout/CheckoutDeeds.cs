using System.Security.Cryptography;
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

/// <summary>What credit is asked to pay, an order or an invoice. Amounts in minor units of the total's currency.</summary>
public sealed record AuthorizationAsk
{
    /// <summary>Null where it pays an invoice.</summary>
    public string? OrderNumber { get; init; }

    public string? InvoiceNumber { get; init; }

    public required Money Total { get; init; }

    /// <summary>Null for as much as possible; zero frees what the order holds.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>One who may use the account's credit.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Null for the store's setting.</summary>
    public int? ExpiresInMinutes { get; init; }
}

/// <summary>
/// What a checkout does with credit, each as a part of a write that may do more: holds, takes, frees and gives back. Each saves what it did, so that
/// the next one in the same write finds it in the database.
/// </summary>
public static class CheckoutDeeds
{
    private const string RefundType = "refund-credit";
    private const int CodeBytes = 20;

    /// <summary>Holds credit, in place of what an earlier authorization of the same account for the same order or invoice still holds.</summary>
    /// <returns>The authorization; the earlier one, freed, where zero was asked for.</returns>
    public static async Task<Result<Authorization>> AuthorizeAsync(this WriteScope write, Account account, Store store, AuthorizationAsk ask)
    {
        var currency = ask.Total.Currency;
        var earlier = ask.OrderNumber is { } orderNumber
            ? await write.Db.AuthorizationsOfOrderAsync(orderNumber, store, currency)
            : await write.Db.AuthorizationsOfInvoiceAsync(ask.InvoiceNumber!, store, currency);
        var order = ask.OrderNumber is null ? null : await write.Db.FindOrderMoneyAsync(ask.OrderNumber, store, currency);
        if (order?.CancelledAt is not null)
        {
            return new Refusal("exceeds-order", "The order is cancelled. Nothing of it is left to pay.", "amount");
        }

        var replaced = earlier.Find(one => one.IsOpen && one.AccountId == account.Id);
        var terms = new AuthorizationTerms
        {
            Code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CodeBytes)),
            OrderNumber = ask.OrderNumber,
            InvoiceNumber = ask.InvoiceNumber,
            OrderTotalMinor = ask.Total.Minor,
            TakenMinor = earlier.Sum(one => one.CapturedMinor - one.RefundedMinor + (one == replaced ? 0 : one.OpenMinor))
                + (order is null ? 0 : order.PaidByOthersMinor + order.Refunds.Sum(refund => refund.ReturnedMinor)),
            AmountMinor = ask.AmountMinor,
            Contact = ask.Contact,
            ExpiresAt = write.Now.AddMinutes(ask.ExpiresInMinutes ?? store.AuthorizationMinutes),
        };
        var wallet = await write.LoadWalletAsync(account, store, currency);
        var authorized = wallet.Authorize(write.Posting(store), terms, replaced);
        if (!authorized.IsOk)
        {
            return authorized.Refusal.Code == LedgerRefusals.InsufficientCredit && await OtherCurrencyAsync(write.Db, wallet) is { } otherCurrency
                ? otherCurrency
                : authorized.Refusal;
        }

        var authorization = authorized.Value ?? replaced!;
        await SaveAsync(write, wallet, authorization, newValues: new
        {
            ask.OrderNumber,
            ask.InvoiceNumber,
            authorized = Amount.Of(authorized.Value?.AuthorizedMinor ?? 0, currency),
            currency = currency.Code,
            replaced = replaced?.Code,
        });
        return authorization;
    }

    /// <param name="amountMinor">Null for all that is held.</param>
    public static async Task<Result<Authorization>> CaptureAsync(this WriteScope write, Authorization authorization, long? amountMinor, bool keepRest)
    {
        if (await ExceedsOrderAsync(write.Db, authorization, amountMinor ?? authorization.OpenMinor) is { } exceedsOrder)
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

    private static Task<Order?> FindOrderMoneyAsync(this StoreCreditDbContext db, string number, Store store, Currency currency) => db.Orders
        .Include(order => order.Payments).Include(order => order.Refunds).AsSingleQuery()
        .SingleOrDefaultAsync(order => order.Number == number && order.StoreId == store.Id && order.CurrencyCode == currency.Code);

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

    /// <summary>Why there is nothing, where the account has credit in the store after all, only in another currency.</summary>
    private static async Task<Refusal?> OtherCurrencyAsync(StoreCreditDbContext db, Wallet wallet)
    {
        if (wallet.Credits.Count > 0)
        {
            return null;
        }

        var others = await db.AccountBalances
            .Where(balance => balance.AccountId == wallet.Account.Id && balance.StoreId == wallet.Store.Id && balance.Buckets.Available > 0)
            .Where(balance => balance.CurrencyCode != wallet.Currency.Code)
            .Select(balance => balance.CurrencyCode).ToListAsync();
        return others.Count == 0
            ? null
            : new Refusal("currency-mismatch", $"The account has no credit in {wallet.Currency}, only in {string.Join(", ", others.Order(StringComparer.Ordinal))}.", "orderTotal");
    }

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
