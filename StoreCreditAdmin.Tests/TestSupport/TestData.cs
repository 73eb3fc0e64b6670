using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>More that tests lay out and look at, beside what <see cref="TestDatabase"/> has.</summary>
public static class TestData
{
    public static async Task<Contact> AddContactAsync(this TestDatabase database, Account account, bool mayUseCredit)
    {
        await using var db = database.Open();
        db.Attach(account);
        var contact = account.AddContact(Guid.NewGuid(), "Grace", null, null, mayUseCredit, database.Clock.Now);
        await db.SaveChangesAsync();
        return contact;
    }

    public static async Task AllowCreditAsync(this TestDatabase database, Contact contact)
    {
        await using var db = database.Open();
        db.Attach(contact);
        contact.AllowCredit(true);
        await db.SaveChangesAsync();
    }

    /// <summary>Changes a type of credit past the rules of its service.</summary>
    public static async Task ChangeTypeAsync(this TestDatabase database, string code, Action<CreditType> change)
    {
        await using var db = database.Open();
        change(await db.CreditTypes.SingleAsync(type => type.Code == code));
        await db.SaveChangesAsync();
    }

    /// <summary>So many credits of one cent each, in one write.</summary>
    public static async Task IssueCentsAsync(this TestDatabase database, Account account, int credits)
    {
        var issued = await database.Get<CommitGate>().ExecuteAsync<Done>(new OperationRequest("test.issue", OperationKey.ForForm(), TestDatabase.Robot, Permission.IssueCredit), async write =>
        {
            var type = (await write.Db.FindCreditTypeAsync("promotion")).Value;
            var store = (await write.Db.FindStoreAsync(null)).Value;
            var wallet = await write.OpenWalletAsync((await write.Db.FindAccountAsync(account.PublicId.ToString())).Value, store, Currency.Of("USD"));
            for (var i = 0; i < credits; i++)
            {
                Assert.True(wallet.Issue(write.Posting(store), type, 1, new CreditTerms { Source = "test" }, capMinor: null).IsOk);
            }

            write.Record(wallet);
            return Done.Instance;
        });
        Assert.True(issued.IsOk);
    }

    /// <summary>So many customers, C-000 and on, with a credit of 12.34 each, in one write.</summary>
    public static async Task AddCustomersWithCreditAsync(this TestDatabase database, int customers)
    {
        await using (var db = database.Open())
        {
            db.Accounts.AddRange(Enumerable.Range(0, customers).Select(number => new Account(
                Guid.NewGuid(), $"Customer {number}", AccountKind.Person, $"C-{number:000}", $"card-{number}", database.Clock.GetUtcNow())));
            await db.SaveChangesAsync();
        }

        var issued = await database.Get<CommitGate>().ExecuteAsync<Done>(new OperationRequest("test.issue", OperationKey.ForForm(), TestDatabase.Robot, Permission.IssueCredit), async write =>
        {
            var type = (await write.Db.FindCreditTypeAsync("promotion")).Value;
            var store = (await write.Db.FindStoreAsync(null)).Value;
            foreach (var account in await write.Db.Accounts.OrderBy(account => account.Id).ToListAsync())
            {
                var wallet = await write.OpenWalletAsync(account, store, Currency.Of("USD"));
                Assert.True(wallet.Issue(write.Posting(store), type, 12_34, new CreditTerms { Source = "test" }, capMinor: null).IsOk);
                write.Record(wallet);
            }

            return Done.Instance;
        });
        Assert.True(issued.IsOk);
    }

    public static async Task AddStoreAsync(this TestDatabase database, string code, string name, string currency, string timeZone)
    {
        await using var db = database.Open();
        db.Stores.Add(new Store(code, name, currency, timeZone));
        await db.SaveChangesAsync();
    }

    /// <summary>Books what has expired by now.</summary>
    public static Task ExpireAsync(this TestDatabase database) =>
        database.Services.GetServices<IDueJob>().OfType<ExpiryService>().Single().RunAsync(CancellationToken.None);

    /// <summary>The account's only credit.</summary>
    public static async Task<Credit> CreditOfAsync(this TestDatabase database, Account account)
    {
        await using var db = database.Open();
        return await db.Credits.SingleAsync(credit => credit.AccountId == account.Id);
    }

    public static async Task<CreditView> ReadViewAsync(this TestDatabase database, Guid creditId)
    {
        await using var db = database.Open();
        var credit = await db.Credits
            .Include(one => one.Account).Include(one => one.Store).Include(one => one.Type).Include(one => one.OriginCredit)
            .SingleAsync(one => one.PublicId == creditId);
        return CreditView.Of(credit, database.Clock.Now);
    }
}
