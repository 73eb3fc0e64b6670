using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Journal;

public sealed class JournalSimulationTests
{
    /// <summary>Order numbers that mean something else to plain-text accounting or to a spreadsheet.</summary>
    private static readonly string[] Orders = ["1001", "A;B", "=1+1", "a | b", "2026-01-01 * x", "(x)", "O\"Neil, 5", "date:2020-01-01", "山田", "  x"];

    [Theory]
    [InlineData(null, 7)]
    [InlineData(30, 11)]
    public async Task Hledger_agrees_with_the_ledger_whatever_happened(int? returnedValueDays, int seed)
    {
        await using var database = await TestDatabase.CreateAsync();
        database.At("2026-07-01");
        await database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "main", new ChangeStoreRequest { ReturnedValueDays = new Optional<int?>(returnedValueDays) });
        var random = new Random(seed);
        var accounts = new List<Account>();
        for (var index = 0; index < 4; index++)
        {
            accounts.Add(await database.AddAccountAsync($"User {index}"));
        }

        var credits = new List<CreditView>();
        var held = new List<(Shop Shop, string Code)>();
        var captured = new List<(Shop Shop, string Code)>();
        string[] types = ["gift-card", "promotion", "goodwill", "refund-credit", "store-credit"];
        (string Currency, string Amount)[] money = [("USD", "12.34"), ("JPY", "500"), ("KWD", "1.005")];
        for (var step = 0; step < 220; step++)
        {
            database.Clock.Now = database.Clock.Now.AddHours(random.Next(12));
            var account = accounts[random.Next(accounts.Count)];
            var (currency, amount) = money[random.Next(money.Length)];
            var shop = new Shop(database, account, currency);
            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    var days = random.Next(4);
                    credits.Add(await database.IssueAsync(account, amount, currency, types[random.Next(types.Length)], days == 0 ? null : DateOnly.FromDateTime(database.Clock.Now.UtcDateTime).AddDays(days)));
                    break;
                case 3:
                    if (await shop.AuthorizeAsync($"{Orders[random.Next(Orders.Length)]}-{step}", amount) is { IsOk: true, Value: var authorization })
                    {
                        held.Add((shop, authorization.Code));
                    }

                    break;
                case 4 when held.Count > 0:
                    var (heldBy, code) = held[^1];
                    held.RemoveAt(held.Count - 1);
                    if ((await heldBy.CaptureAsync(code)).IsOk)
                    {
                        captured.Add((heldBy, code));
                    }

                    break;
                case 5 when captured.Count > 0:
                    await captured[^1].Shop.RefundAsync(captured[^1].Code, toNewCredit: random.Next(2) == 0);
                    captured.RemoveAt(captured.Count - 1);
                    break;
                case 6 when credits.Count > 0:
                    var changed = credits[random.Next(credits.Count)].Id;
                    if (random.Next(2) == 0)
                    {
                        await database.Get<CreditService>().AdjustAsync(
                            TestDatabase.Robot, OperationKey.ForForm(), changed, new AdjustCreditRequest { Delta = random.Next(2) == 0 ? "20" : "-1", Reason = "correction" });
                    }
                    else
                    {
                        var later = DateOnly.FromDateTime(database.Clock.Now.UtcDateTime).AddDays(2);
                        await database.Get<CreditService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), changed, new ChangeCreditRequest { ExpiresOn = later, Reason = "correction" });
                    }

                    break;
                case 7 when credits.Count > 0:
                    await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credits[random.Next(credits.Count)].Id, new InvalidateCreditRequest { Reason = "fraud" });
                    break;
                case 8:
                    await database.ExpireAsync();
                    break;
            }
        }

        Assert.True((await database.VerifyAsync()).Ok);
        Assert.InRange(await JournalAgainstHledger.CheckAsync(database), 12, 60);

        var entries = await database.DraftAsync(
            new JournalRequest { Store = "main", From = new DateOnly(2026, 7, 1), To = DateOnly.FromDateTime(database.Clock.Now.UtcDateTime) }, JournalLayout.Entry, JournalFormat.Hledger);
        Assert.Contains(await Hledger.DescriptionsAsync(entries), description => description.Contains("order A B-", StringComparison.Ordinal) || description.Contains("order a b-", StringComparison.Ordinal));
    }
}
