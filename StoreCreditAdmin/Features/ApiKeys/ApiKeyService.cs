using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Access;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.ApiKeys;

public sealed record CreateApiKeyRequest
{
    public string? Name { get; init; }

    /// <summary>At least one of <see cref="Scopes.All"/>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}

/// <summary>A key as lists show it: never the key itself.</summary>
public sealed record ApiKeyView(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, string? RevokedBy)
{
    public static ApiKeyView Of(ApiKey key) =>
        new(key.PublicId, key.Name, key.Prefix, key.Scopes, key.CreatedBy, key.CreatedAt, key.RevokedAt, key.RevokedBy);
}

/// <summary>A key just made. <see cref="Secret"/> is there this once; it is null when the request was a repeat.</summary>
public sealed record CreatedApiKey(ApiKeyView Key, string? Secret);

/// <summary>Makes, lists and revokes the keys of the HTTP API.</summary>
public sealed class ApiKeyService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string Mark = "sca_";
    private const int SecretBytes = 32;
    private const int PrefixLength = 10;

    public async Task<Result<CreatedApiKey>> CreateAsync(Caller caller, OperationKey key, CreateApiKeyRequest request)
    {
        // Made outside the operation, whose answer is kept: the key itself must be kept nowhere.
        var secret = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var created = await gate.ExecuteAsync<ApiKeyView>(new OperationRequest("api-key.create", key, caller, Permission.ManageApiKeys), write =>
        {
            var name = Texts.Clean(request.Name);
            if (Refusal(name, request.Scopes) is { } refusal)
            {
                return Task.FromResult<Result<ApiKeyView>>(refusal);
            }

            var scopes = Scopes.All.Where(request.Scopes.Contains);
            var apiKey = new ApiKey(write.NewId(), name!, secret[..PrefixLength], ApiKeyHash.Of(secret), scopes, caller.Actor.Name, write.Now);
            write.Db.ApiKeys.Add(apiKey);
            var view = ApiKeyView.Of(apiKey);
            write.Audit(view.Name, view.Id.ToString(), newValues: new { view.Name, view.Prefix, view.Scopes });
            return Task.FromResult<Result<ApiKeyView>>(view);
        });
        return created.Map(view => new CreatedApiKey(view, created.Replayed ? null : secret));
    }

    /// <summary>From this moment on the key opens nothing. A second call changes nothing.</summary>
    public Task<Result<ApiKeyView>> RevokeAsync(Caller caller, OperationKey key, Guid id) =>
        gate.ExecuteAsync<ApiKeyView>(new OperationRequest("api-key.revoke", key, caller, Permission.ManageApiKeys), async write =>
        {
            var apiKey = await write.Db.ApiKeys.SingleOrDefaultAsync(one => one.PublicId == id);
            if (apiKey is null)
            {
                return new Refusal("not-found", "There is no such API key.");
            }

            if (apiKey.RevokedAt is null)
            {
                apiKey.Revoke(caller.Actor, write.Now);
                write.Audit(apiKey.Name, apiKey.PublicId.ToString(), newValues: new { apiKey.RevokedAt });
            }

            return ApiKeyView.Of(apiKey);
        });

    /// <summary>All of them, newest first, one after the other, for files. Never a key itself.</summary>
    public async IAsyncEnumerable<ApiKeyView> ReadAllAsync(Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageApiKeys, cancellationToken);
        await foreach (var key in db.ApiKeys.AsNoTracking().OrderByDescending(key => key.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return ApiKeyView.Of(key);
        }
    }

    /// <summary>Keys in use first, the newest first among them.</summary>
    public async Task<Page<ApiKeyView>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageApiKeys, cancellationToken);
        var count = await db.ApiKeys.CountAsync(cancellationToken);
        var keys = await db.ApiKeys.AsNoTracking()
            .OrderBy(key => key.RevokedAt != null).ThenByDescending(key => key.Id)
            .Skip(page.Skip).Take(page.Rows)
            .ToListAsync(cancellationToken);
        return new Page<ApiKeyView>([.. keys.Select(ApiKeyView.Of)], count);
    }

    private static Refusal? Refusal(string? name, IReadOnlyList<string> scopes) =>
        name is null ? new Refusal("invalid-request", "Give the key a name, by which people know who uses it.", "name")
        : Texts.TooLong((name, "name", ApiKey.MaxNameLength)) is { } tooLong ? tooLong
        : scopes.Count == 0 ? new Refusal("invalid-request", "Choose at least one scope.", "scopes")
        : scopes.FirstOrDefault(scope => !Scopes.All.Contains(scope)) is { } unknown
            ? new Refusal("invalid-request", $"There is no scope '{unknown}'. Scopes are {string.Join(", ", Scopes.All)}.", "scopes")
        : null;
}
