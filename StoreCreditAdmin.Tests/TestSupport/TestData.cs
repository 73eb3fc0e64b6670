using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Credits;

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

    public static async Task<CreditView> ReadViewAsync(this TestDatabase database, Guid creditId)
    {
        await using var db = database.Open();
        var credit = await db.Credits
            .Include(one => one.Account).Include(one => one.Store).Include(one => one.Type).Include(one => one.OriginCredit)
            .SingleAsync(one => one.PublicId == creditId);
        return CreditView.Of(credit, database.Clock.Now);
    }
}
