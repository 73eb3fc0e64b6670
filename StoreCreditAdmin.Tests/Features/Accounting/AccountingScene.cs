using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounting;

/// <summary>
/// Half a year of a shop with two stores, from 2026-11-22 to 2027-05-10, in which every kind of entry comes that needs no order, one credit expires twice and both times is
/// booked late, and staff give credit by hand.
/// </summary>
internal static class AccountingScene
{
    public const string Reason = "goodwill";

    public static async Task<(Account Account, Caller Agent)> PlayAsync(TestDatabase database)
    {
        var agent = await database.SignInNewAsync("Agnes", Roles.Agent);
        var account = await database.AddAccountAsync();
        var credits = database.Get<CreditService>();
        Task<Result<CreditView>> Give(string amount, string type, string currency = "USD", DateOnly? expiresOn = null, string? store = null, string? reason = null) =>
            credits.IssueAsync(agent, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest
            {
                Amount = MoneyInput.Of(amount, currency),
                Type = type,
                ExpiresOn = expiresOn,
                Store = store,
                Reason = reason,
            });
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        await Give("100.00", "gift-card");
        await Give("9000", "store-credit", "JPY", store: "tokyo");

        Advance(database, 1);
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("A-1", "30.00")).Value;
        await shop.CaptureAsync(held.Code, "20.00");
        var second = (await Give("50.00", "goodwill", reason: Reason)).Value;
        await shop.AuthorizeAsync("A-2", "4.00");
        var promotion = (await Give("12.00", "promotion", expiresOn: new DateOnly(2026, 12, 31))).Value;

        Advance(database, 2);
        await shop.RefundAsync(held.Code, "5.00");
        await database.ExpireAsync();
        promotion = await database.ReadViewAsync(promotion.Id);
        var extended = await credits.ChangeAsync(agent, OperationKey.ForForm(), promotion.Id, new ChangeCreditRequest { ExpiresOn = new DateOnly(2027, 3, 31), Reason = Reason });
        Assert.True(extended.IsOk, extended.Refusal?.Message);
        await credits.AdjustAsync(agent, OperationKey.ForForm(), second.Id, new AdjustCreditRequest { Delta = "3.00", Reason = Reason });
        await Give("1.50", "goodwill", "EUR");

        Advance(database, 2);
        await database.ExpireAsync();
        await credits.DebitAsync(agent, OperationKey.ForForm(), account.PublicId.ToString(), new DebitRequest { Amount = MoneyInput.Of("7.00", "USD"), Reason = Reason });
        var gone = (await Give("10.00", "promotion")).Value;
        await credits.InvalidateAsync(agent, OperationKey.ForForm(), gone.Id, new InvalidateCreditRequest { Reason = Reason });
        var mistake = (await Give("2.00", "promotion")).Value;
        await credits.DeleteAsync(agent, OperationKey.ForForm(), mistake.Id);
        database.Clock.Now = new DateTimeOffset(2027, 5, 10, 12, 0, 0, TimeSpan.Zero);
        return (account, agent);
    }

    public static Task FoldAsync(TestDatabase database) =>
        ((IEnumerable<IDueJob>)database.Services.GetService(typeof(IEnumerable<IDueJob>))!).OfType<MovementFolding>().Single().RunAsync(CancellationToken.None);

    private static void Advance(TestDatabase database, int months) => database.Clock.Now = database.Clock.Now.AddMonths(months);
}
