using System.Globalization;
using System.Text.RegularExpressions;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Import;

/// <summary>The command <c>import customers</c> as a process of its own, beside a running application on the same file.</summary>
public sealed partial class ImportProcessTests(ImportProcessTests.App app) : IClassFixture<ImportProcessTests.App>, IDisposable
{
    private const int TimeLimit = 180_000;
    private const int Many = 6_000;

    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact(Timeout = TimeLimit)]
    public async Task A_killed_import_goes_on_where_it_stopped_and_every_customer_is_there_once()
    {
        var path = files.Write(ImportFiles.Customers(Many));
        using (var first = app.Running.StartCommand("import", "customers", path))
        {
            var rows = 0;
            while (rows is 0 or Many)
            {
                rows = RowsOf(await first.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("It ended before it was killed."));
            }

            first.Kill();
            await first.WaitForExitAsync();
        }

        var killed = await CountAsync();
        var second = await app.Running.RunCommandAsync("import", "customers", path);

        Assert.InRange(killed, 1, Many - 1);
        Assert.Equal(0, second.ExitCode);
        Assert.Matches(@"\AGoing on after \d+ rows|\nGoing on after \d+ rows", second.Error);
        Assert.Equal(Many, await CountAsync());
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_dry_run_writes_nothing_and_wrong_rows_are_named_by_line()
    {
        var before = await CountAsync();
        var path = files.Write("external_id,name,kind,email,phone\nd1,Dora,,dora@post.example,\nd2,,,none@post.example,\n");

        var dry = await app.Running.RunCommandAsync("import", "customers", path, "--dry-run");

        Assert.Equal(1, dry.ExitCode);
        Assert.Contains("Line 3 (none@post.example): There is no n", dry.Error, StringComparison.Ordinal);
        Assert.Contains("2 rows: 1 new, 0 already there and left as they are, 1 wrong and left out.\nNothing was written.", dry.Out, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("name;email\nDora;dora@post.example\n", "--format", "shopify", "lacks the columns")]
    [InlineData("name,email\nDora,dora@post.example\n", "--format", "nonsense", "There is no format 'nonsense'.")]
    [InlineData("", "--dry-run", null, "empty")]
    public async Task A_file_that_cannot_be_read_so_is_refused_with_a_sentence(string text, string option, string? value, string sentence)
    {
        string[] args = ["import", "customers", files.Write(text), option, .. value is null ? Array.Empty<string>() : [value]];

        var refused = await app.Running.RunCommandAsync(args);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
    }

    private static int RowsOf(string line) => Imported().Match(line) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private async Task<long> CountAsync()
    {
        await using var file = await DatabaseFile.OpenAsync(app.Running.DatabasePath);
        return (long)(await file.ReadAsync("SELECT COUNT(*) FROM Accounts"))!;
    }

    [GeneratedRegex(@"^Imported (\d+) rows")]
    private static partial Regex Imported();

    public sealed class App : IAsyncLifetime
    {
        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync() => Running = await RunningApp.StartAsync();

        public async Task DisposeAsync() => await Running.DisposeAsync();
    }
}
