using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// The services in a process of their own, started from this very assembly, so that a test can kill it or set two of them on one file. It says on its output what it
/// does: <c>try KEY</c>, then <c>ack KEY</c> once the write is acknowledged. It ends with whoever started it, at the end of its input.
/// </summary>
internal static class LedgerHost
{
    public const string AccountExternalId = "LEDGER-HOST";

    /// <summary>The key of one write, and with it all that the write does.</summary>
    public static string KeyOf(string run, int number) => $"test:{run}:{number}";

    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["post", var path, var run, var from, var to]:
                await Task.WhenAny(Task.Run(() => PostAsync(path, run, int.Parse(from), int.Parse(to))), EndOfInputAsync());
                return 0;
            case ["tell", var path, var customers, var from]:
                await Task.WhenAny(Task.Run(() => TellAsync(path, int.Parse(customers), int.Parse(from))), EndOfInputAsync());
                return 0;
            case ["hold-lock", var path]:
                using (var writerLock = new WriterLock(path))
                using (await writerLock.EnterAsync())
                {
                    Say("held");
                    await EndOfInputAsync();
                }

                return 0;
            default:
                await Console.Error.WriteLineAsync("This is a test assembly. Run it with: dotnet test");
                return 1;
        }
    }

    /// <summary>The console's reader blocks whoever awaits it, so it gets a thread of its own.</summary>
    private static Task EndOfInputAsync() => Task.Run(Console.In.ReadToEnd);

    private static async Task PostAsync(string path, string run, int from, int to)
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System)
            .AddData($"Data Source={path}", Path.GetDirectoryName(path)!).AddLedger().AddAccounts().AddCatalogue().AddCredits().AddCheckout()
            .BuildServiceProvider();
        for (var number = from; number < to; number++)
        {
            var key = KeyOf(run, number);
            Say("try " + key);
            var replayed = await WriteAsync(services, new OperationKey(key, [1]), run, number);
            Say((replayed ? "again " : "ack ") + key);
        }
    }

    /// <summary>A shop's events, one after the other, each under its own id.</summary>
    private static async Task TellAsync(string path, int customers, int from)
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System)
            .AddData($"Data Source={path}", Path.GetDirectoryName(path)!).AddLedger().AddAccounts().AddCatalogue().AddCredits().AddCheckout().AddOrders()
            .BuildServiceProvider();
        var events = services.GetRequiredService<OrderEvents>();
        foreach (var told in RetailReplayChecks.OfCustomers(customers).Events.Skip(from))
        {
            Say("try " + told.Id);
            var answer = await events.ApplyAsync(TestDatabase.Robot, told.Request);
            Say((answer.Replayed ? "again " : "ack ") + told.Id);
        }
    }

    /// <summary>Every third write holds 0.10 for an order, the others issue 1.00: one entry each.</summary>
    private static async Task<bool> WriteAsync(ServiceProvider services, OperationKey key, string run, int number)
    {
        const string Account = "ext:" + AccountExternalId;
        if (number % 3 == 2)
        {
            var order = new AuthorizeRequest { OrderNumber = $"{run}-{number}", OrderTotal = MoneyInput.Of("0.10", "USD") };
            return Accepted(await services.GetRequiredService<CheckoutService>().AuthorizeAsync(TestDatabase.Robot, key, Account, order));
        }

        var credit = new IssueCreditRequest { Amount = MoneyInput.Of("1.00", "USD"), Type = "goodwill" };
        return Accepted(await services.GetRequiredService<CreditService>().IssueAsync(TestDatabase.Robot, key, Account, credit));
    }

    private static bool Accepted<T>(Result<T> result) =>
        result.IsOk ? result.Replayed : throw new InvalidOperationException(result.Refusal.Message);

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
