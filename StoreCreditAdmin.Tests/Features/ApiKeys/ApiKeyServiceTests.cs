using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.ApiKeys;

public sealed class ApiKeyServiceTests
{
    private static readonly CreateApiKeyRequest Shop = new() { Name = " Shop ", Scopes = ["credits", "read"] };

    [Fact]
    public async Task A_key_is_shown_once_and_kept_nowhere()
    {
        await using var database = await TestDatabase.CreateAsync();
        var key = OperationKey.ForForm();

        var first = await database.Get<ApiKeyService>().CreateAsync(TestDatabase.Robot, key, Shop);
        var again = await database.Get<ApiKeyService>().CreateAsync(TestDatabase.Robot, key, Shop);

        var secret = first.Value.Secret!;
        Assert.Matches("^sca_[A-Za-z0-9_-]{43}$", secret);
        Assert.Equal(("Shop", secret[..10]), (first.Value.Key.Name, first.Value.Key.Prefix));
        Assert.Equal(["read", "credits"], first.Value.Key.Scopes);
        Assert.Null(again.Value.Secret);
        Assert.Equal(first.Value.Key.Id, again.Value.Key.Id);
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.DoesNotContain(secret[10..], await File.ReadAllTextAsync(database.Path, System.Text.Encoding.Latin1));
    }

    [Fact]
    public async Task A_revoked_key_stays_in_the_list_and_a_second_revocation_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<ApiKeyService>();
        var old = (await service.CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), Shop)).Value.Key;

        var revoked = await service.RevokeAsync(TestDatabase.Robot, OperationKey.ForForm(), old.Id);
        database.Clock.Now += TimeSpan.FromDays(1);
        var again = await service.RevokeAsync(TestDatabase.Robot, OperationKey.ForForm(), old.Id);
        var used = (await service.CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), Shop)).Value.Key;
        var missing = await service.RevokeAsync(TestDatabase.Robot, OperationKey.ForForm(), Guid.NewGuid());

        Assert.Equal((new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), "test"), (revoked.Value.RevokedAt, revoked.Value.RevokedBy));
        Assert.Equal(revoked.Value.RevokedAt, again.Value.RevokedAt);
        Assert.Equal("not-found", missing.Refusal?.Code);
        var page = await service.ListAsync(TestDatabase.Robot, new PageRequest());
        Assert.Equal([used.Id, old.Id], page.Items.Select(key => key.Id));
        Assert.Equal(2, page.TotalCount);
        await using var db = database.Open();
        Assert.Equal(["api-key.create", "api-key.revoke", "api-key.create", "api-key.revoke"], await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync());
    }

    [Theory]
    [InlineData(" ", "read", "name")]
    [InlineData(null, "read", "name")]
    [InlineData("Shop", "", "scopes")]
    [InlineData("Shop", "read,everything", "scopes")]
    public async Task A_key_needs_a_name_and_known_scopes(string? name, string scopes, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        var request = new CreateApiKeyRequest { Name = name, Scopes = scopes.Split(',', StringSplitOptions.RemoveEmptyEntries) };

        var result = await database.Get<ApiKeyService>().CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), request);

        Assert.Equal(field, result.Refusal?.Field);
        await using var db = database.Open();
        Assert.Empty(await db.ApiKeys.ToListAsync());
    }

    [Fact]
    public async Task Only_whoever_manages_keys_makes_revokes_or_sees_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<ApiKeyService>();
        var shop = Caller.ApiKey(Guid.NewGuid(), "shop", Scopes.All);

        Assert.Equal("forbidden", (await service.CreateAsync(shop, OperationKey.ForForm(), Shop)).Refusal?.Code);
        Assert.Equal("forbidden", (await service.RevokeAsync(shop, OperationKey.ForForm(), Guid.NewGuid())).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.ListAsync(shop, new PageRequest()));
    }
}
