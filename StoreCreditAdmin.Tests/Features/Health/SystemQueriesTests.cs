using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Health;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Health;

public sealed class SystemQueriesTests
{
    [Fact]
    public async Task It_says_how_the_database_stands_and_how_much_is_in_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");

        var system = await database.Get<SystemQueries>().GetAsync(TestDatabase.Robot);

        Assert.Equal(database.Path, system.DatabaseFile);
        Assert.Equal(new FileInfo(database.Path).Length, system.DatabaseBytes);
        Assert.Equal("wal", system.JournalMode);
        Assert.True(system.SchemaIsNewest);
        Assert.Equal([1, 1, 1], system.Counts.Where(count => count.Of is "accounts" or "credits" or "ledger entries").Select(count => (int)count.Count));
    }

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Manager)]
    [InlineData(Roles.Accountant)]
    public async Task Only_administrators_see_it(string role)
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", role);

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<SystemQueries>().GetAsync(eve));
    }
}
