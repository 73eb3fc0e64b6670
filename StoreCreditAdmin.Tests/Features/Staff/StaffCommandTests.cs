using System.Net;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Staff;

/// <summary>The commands <c>staff add</c>, <c>list</c>, <c>disable</c> and <c>enable</c>, beside a running application.</summary>
public sealed class StaffCommandTests(StaffCommandTests.App app) : IClassFixture<StaffCommandTests.App>
{
    private const string Password = "a long enough pass phrase 7";

    [Fact]
    public async Task A_person_added_with_a_password_signs_in_and_once_disabled_does_not()
    {
        var added = await AddAsync("zoe@shop.example", "Zoë Agent", "agent", Password);
        Assert.Equal((0, "Zoë Agent was added as Agent and can sign in."), (added.ExitCode, added.Out.Trim()));
        Assert.True(await SignsInAsync("zoe@shop.example"));

        var disabled = await app.Running.RunCommandAsync("staff", "disable", "zoe@shop.example");
        Assert.Equal((0, "Zoë Agent is disabled."), (disabled.ExitCode, disabled.Out.Trim()));
        Assert.False(await SignsInAsync("zoe@shop.example"));
        Assert.Contains("zoe@shop.example\tZoë Agent\tAgent\tdisabled", (await app.Running.RunCommandAsync("staff", "list")).Out, StringComparison.Ordinal);

        var enabled = await app.Running.RunCommandAsync("staff", "enable", "zoe@shop.example");
        Assert.Equal((0, "Zoë Agent is enabled."), (enabled.ExitCode, enabled.Out.Trim()));
        Assert.True(await SignsInAsync("zoe@shop.example"));
    }

    [Fact]
    public async Task A_person_added_without_a_password_gets_a_link_and_no_password_is_ever_printed()
    {
        var added = await app.Running.RunCommandAsync("staff", "add", "--email", "yan@shop.example", "--name", "Yan", "--role", "manager");

        Assert.Equal(0, added.ExitCode);
        using var answer = await app.Running.Client.GetAsync(new Uri(added.Out.Trim().Split('\n')[^1].Trim()).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Yan", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "Ann", "agent", Password)]
    [InlineData("ann@shop.example", "Ann", "emperor", Password)]
    [InlineData("ann@shop.example", "Ann", "agent", "short")]
    [InlineData("ann@shop.example", "Ann", "agent", "")]
    [InlineData("agent@example.com", "Twice", "agent", Password)]
    public async Task What_cannot_be_added_is_refused_with_a_sentence_and_nobody_is_added(string email, string name, string role, string password)
    {
        var before = (await app.Running.RunCommandAsync("staff", "list")).Out.Split('\n').Length;

        var refused = await AddAsync(email, name, role, password);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.NotEqual("", refused.Error.Trim());
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, refused.Error + refused.Out, StringComparison.Ordinal);
        Assert.Equal(before, (await app.Running.RunCommandAsync("staff", "list")).Out.Split('\n').Length);
    }

    [Fact]
    public async Task An_unknown_person_cannot_be_disabled_nor_the_last_administrator()
    {
        Assert.NotEqual(0, (await app.Running.RunCommandAsync("staff", "disable", "nobody@shop.example")).ExitCode);
        var last = await app.Running.RunCommandAsync("staff", "disable", RunningApp.SampleEmail(Roles.Administrator));
        Assert.NotEqual(0, last.ExitCode);
        Assert.Contains("administrator", last.Error, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<CommandOutput> AddAsync(string email, string name, string role, string password)
    {
        using var command = app.Running.StartCommand(input: true, "staff", "add", "--email", email, "--name", name, "--role", role, "--password-stdin");
        await command.StandardInput.WriteLineAsync(password);
        command.StandardInput.Close();
        var said = await command.StandardOutput.ReadToEndAsync();
        var complained = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        return new CommandOutput(command.ExitCode, said, complained);
    }

    private async Task<bool> SignsInAsync(string email)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Running.BaseAddress };
        using var answer = await RunningApp.PostFormAsync(client, "account/sign-in", "sign-in", new() { ["Email"] = email, ["Password"] = Password });
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    public sealed class App : IAsyncLifetime
    {
        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync() => Running = await RunningApp.StartAsync();

        public async Task DisposeAsync() => await Running.DisposeAsync();
    }
}
