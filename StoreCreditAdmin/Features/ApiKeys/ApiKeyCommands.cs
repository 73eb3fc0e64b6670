using System.Globalization;
using StoreCreditAdmin.Features.CommandLine;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Features.ApiKeys;

/// <summary><c>api-key create</c>, <c>api-key list</c> and <c>api-key revoke</c>.</summary>
internal static class ApiKeyCommands
{
    public static readonly Command Create = new("api-key create", CreateAsync)
    {
        Options = [new("name", "NAME", Required: true), new("scopes", "read,credits", Required: true)],
    };

    public static readonly Command List = new("api-key list", ListAsync);

    public static readonly Command Revoke = new("api-key revoke", RevokeAsync) { Arguments = ["ID"] };

    private static async Task<int> CreateAsync(CommandRun run)
    {
        var request = new CreateApiKeyRequest
        {
            Name = run["name"],
            Scopes = run["scopes"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };
        var created = await run.Get<ApiKeyService>().CreateAsync(run.Caller, OperationKey.ForForm(), request);
        if (!created.IsOk)
        {
            return await run.RefuseAsync(created.Refusal);
        }

        await run.Out.WriteLineAsync($"API key '{created.Value.Key.Name}' {created.Value.Key.Id}. It is shown this once:");
        await run.Out.WriteLineAsync(created.Value.Secret);
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(CommandRun run)
    {
        var service = run.Get<ApiKeyService>();
        Page<ApiKeyView> page;
        var shown = 0;
        do
        {
            page = await service.ListAsync(run.Caller, new PageRequest(shown, PageRequest.MaxSize), run.CancellationToken);
            foreach (var key in page.Items)
            {
                var state = key.RevokedAt is { } revokedAt ? $"revoked {Day(revokedAt)} by {key.RevokedBy}" : "in use";
                await run.Out.WriteLineAsync($"{key.Id}  {key.Prefix}…  {string.Join(',', key.Scopes)}  {key.Name}  created {Day(key.CreatedAt)} by {key.CreatedBy}, {state}");
            }

            shown += page.Items.Count;
        }
        while (page.Items.Count > 0 && shown < page.TotalCount);

        return ExitCode.Done;
    }

    private static async Task<int> RevokeAsync(CommandRun run)
    {
        var id = Guid.TryParse(run["ID"], out var parsed) ? parsed : Guid.Empty;
        var revoked = await run.Get<ApiKeyService>().RevokeAsync(run.Caller, OperationKey.ForForm(), id);
        if (!revoked.IsOk)
        {
            return await run.RefuseAsync(revoked.Refusal);
        }

        await run.Out.WriteLineAsync($"API key '{revoked.Value.Name}' is revoked.");
        return ExitCode.Done;
    }

    private static string Day(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
