using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>What credit is asked to pay, an order or an invoice; neither where a shop only asks what it could. Amounts in minor units of the total's currency.</summary>
public sealed record AuthorizationAsk
{
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
/// All that decides on an authorization, loaded: the account's wallet, the terms, and what the order holds already. A checkout saves what came of it, a quote
/// does not; both decide here.
/// </summary>
internal sealed class CheckoutCase
{
    private const int CodeBytes = 20;

    private readonly StoreCreditDbContext db;
    private readonly AuthorizationTerms terms;

    private CheckoutCase(StoreCreditDbContext db, Wallet wallet, AuthorizationTerms terms, Authorization? replaced)
    {
        this.db = db;
        this.terms = terms;
        Wallet = wallet;
        Replaced = replaced;
    }

    public Wallet Wallet { get; }

    /// <summary>The earlier authorization of the same account for the same order or invoice, where it is open.</summary>
    public Authorization? Replaced { get; }

    public static async Task<Result<CheckoutCase>> LoadAsync(StoreCreditDbContext db, Account account, Store store, AuthorizationAsk ask, DateTimeOffset now)
    {
        var currency = ask.Total.Currency;
        var earlier = await EarlierAsync(db, store, ask);
        var order = ask.OrderNumber is null ? null : await db.FindOrderMoneyAsync(ask.OrderNumber);
        if (order is not null && WhyNot(order, store, currency) is { } refusal)
        {
            return refusal;
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
            ExpiresAt = now.AddMinutes(ask.ExpiresInMinutes ?? store.AuthorizationMinutes),
        };
        return new CheckoutCase(db, await db.LoadWalletAsync(account, store, currency), terms, replaced);
    }

    /// <returns>The authorization; null where zero was asked for, which only frees what was held.</returns>
    public async Task<Result<Authorization?>> AuthorizeAsync(Posting posting)
    {
        var authorized = Wallet.Authorize(posting, terms, Replaced);
        return !authorized.IsOk && authorized.Refusal.Code == LedgerRefusals.InsufficientCredit && await OtherCurrencyAsync() is { } otherCurrency
            ? otherCurrency
            : authorized;
    }

    private static Refusal? WhyNot(Order order, Store store, Currency currency) =>
        order.Currency != currency ? new Refusal("currency-mismatch", $"The order is in {order.Currency}.", "orderTotal")
        : order.StoreId != store.Id ? new Refusal("store-mismatch", "The order is another store's. Name the store in which it was placed.", "store")
        : order.CancelledAt is not null ? new Refusal("exceeds-order", "The order is cancelled. Nothing of it is left to pay.", "amount")
        : null;

    private static async Task<List<Authorization>> EarlierAsync(StoreCreditDbContext db, Store store, AuthorizationAsk ask) =>
        ask.OrderNumber is { } orderNumber ? await db.AuthorizationsOfOrderAsync(orderNumber, store, ask.Total.Currency)
        : ask.InvoiceNumber is { } invoiceNumber ? await db.AuthorizationsOfInvoiceAsync(invoiceNumber, store, ask.Total.Currency)
        : [];

    /// <summary>Why there is nothing, where the account has credit in the store after all, only in another currency.</summary>
    private async Task<Refusal?> OtherCurrencyAsync()
    {
        if (Wallet.Credits.Count > 0)
        {
            return null;
        }

        var others = await db.AccountBalances
            .Where(balance => balance.AccountId == Wallet.Account.Id && balance.StoreId == Wallet.Store.Id && balance.Buckets.Available > 0)
            .Where(balance => balance.CurrencyCode != Wallet.Currency.Code)
            .Select(balance => balance.CurrencyCode).ToListAsync();
        return others.Count == 0
            ? null
            : new Refusal("currency-mismatch", $"The account has no credit in {Wallet.Currency}, only in {string.Join(", ", others.Order(StringComparer.Ordinal))}.", "orderTotal");
    }
}

internal static class OrderMoneyLookup
{
    public static Task<Order?> FindOrderMoneyAsync(this StoreCreditDbContext db, string number) => db.Orders
        .Include(order => order.Payments).Include(order => order.Refunds).AsSingleQuery()
        .SingleOrDefaultAsync(order => order.Number == number);

    /// <summary>Null also where the order of that number is another store's or in another currency.</summary>
    public static async Task<Order?> FindOrderMoneyAsync(this StoreCreditDbContext db, string number, Store store, Currency currency) =>
        await db.FindOrderMoneyAsync(number) is { } order && order.StoreId == store.Id && order.Currency == currency ? order : null;
}
