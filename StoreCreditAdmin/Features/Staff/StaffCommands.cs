using StoreCreditAdmin.Features.CommandLine;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.SignIn;

namespace StoreCreditAdmin.Features.Staff;

/// <summary>The commands <c>staff add</c>, <c>staff list</c>, <c>staff disable</c> and <c>staff enable</c>.</summary>
public static class StaffCommands
{
    private const string EmailArgument = "E-MAIL";

    public static Command Add { get; } = new("staff add", AddAsync)
    {
        Options =
        [
            new("email", "E-MAIL", Required: true),
            new("name", "NAME", Required: true),
            new("role", "ROLE", Required: true),
            new("password-stdin", null),
        ],
    };

    public static Command List { get; } = new("staff list", ListAsync);

    public static Command Disable { get; } = new("staff disable", run => ChangeAsync(run, "disabled", (staff, id) => staff.DisableAsync(run.Caller, OperationKey.ForForm(), id)))
    {
        Arguments = [EmailArgument],
    };

    public static Command Enable { get; } = new("staff enable", run => ChangeAsync(run, "enabled", (staff, id) => staff.EnableAsync(run.Caller, OperationKey.ForForm(), id)))
    {
        Arguments = [EmailArgument],
    };

    private static async Task<int> AddAsync(CommandRun run)
    {
        string? password = null;
        if (run.Has("password-stdin"))
        {
            password = await Console.In.ReadLineAsync(run.CancellationToken) ?? "";
            if (PasswordRules.WhatIsWrong(run["email"], password) is { } wrong)
            {
                await run.Error.WriteLineAsync(wrong);
                return ExitCode.Refused;
            }
        }

        var request = new InviteRequest { Email = run["email"], Name = run["name"], Role = Security.Roles.Named(run["role"]) };
        var invited = await run.Get<StaffService>().InviteAsync(run.Caller, OperationKey.ForForm(), request);
        if (!invited.IsOk)
        {
            return await run.RefuseAsync(invited.Refusal);
        }

        var (person, path) = invited.Value;
        if (password is null)
        {
            var address = run.Get<IConfiguration>()["Urls"]?.Split(';')[0] ?? "http://localhost";
            await run.Out.WriteLineAsync($"{person.Name} was added as {person.Role}. They choose a password here within {StaffLinks.ValidFor.Days} days:");
            await run.Out.WriteLineAsync(SetUpAnnouncement.Reachable(address) + path);
            return ExitCode.Done;
        }

        var accepted = await run.Get<PasswordService>().AcceptAsync(StaffLinks.TokenOf(path), new NewPassword(password, password), run.Caller);
        if (!accepted.IsOk)
        {
            return await run.RefuseAsync(accepted.Refusal);
        }

        await run.Out.WriteLineAsync($"{person.Name} was added as {person.Role} and can sign in.");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(CommandRun run)
    {
        foreach (var person in await run.Get<StaffService>().ListAsync(run.Caller, run.CancellationToken))
        {
            await run.Out.WriteLineAsync($"{person.Email}\t{person.Name}\t{person.Role}\t{person.Status.ToString().ToLowerInvariant()}");
        }

        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(CommandRun run, string done, Func<StaffService, string, Task<Domain.Result<StaffView>>> change)
    {
        var staff = run.Get<StaffService>();
        var id = await staff.FindIdAsync(run.Caller, run[EmailArgument], run.CancellationToken);
        var changed = id.IsOk ? await change(staff, id.Value) : id.Refusal;
        if (!changed.IsOk)
        {
            return await run.RefuseAsync(changed.Refusal);
        }

        await run.Out.WriteLineAsync($"{changed.Value.Name} is {done}.");
        return ExitCode.Done;
    }
}
