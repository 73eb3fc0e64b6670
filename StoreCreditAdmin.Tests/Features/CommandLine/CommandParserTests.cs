using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Tests.Features.CommandLine;

public sealed class CommandParserTests
{
    private static readonly Command[] Table =
    [
        new("key make", _ => Task.FromResult(0))
        {
            Arguments = ["FILE"],
            Options = [new("name", "NAME", Required: true), new("format", "FORMAT"), new("dry-run", null)],
        },
        new("key", _ => Task.FromResult(0)),
    ];

    [Theory]
    [InlineData("key make a.csv --name x", "FILE=a.csv name=x")]
    [InlineData("key make --dry-run --name=x a.csv --format shop", "FILE=a.csv dry-run= format=shop name=x")]
    [InlineData("key", "")]
    public void Arguments_and_options_may_stand_in_any_order(string line, string expected)
    {
        var (_, values, wrong) = CommandParser.Parse(Table, line.Split(' '));

        Assert.Null(wrong);
        Assert.Equal(expected, string.Join(' ', values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("lock make", "There is no command 'lock make'.")]
    [InlineData("key make a.csv", "--name missing.")]
    [InlineData("key make", "FILE and --name missing.")]
    [InlineData("key make a.csv --name", "--name needs a value.")]
    [InlineData("key make a.csv --name=", "--name needs a value.")]
    [InlineData("key make a.csv b.csv --name x", "'b.csv' is one word too many.")]
    [InlineData("key make a.csv --name x --name y", "--name is given more than once.")]
    [InlineData("key make a.csv --name x --dry-run=yes", "--dry-run takes no value and is given once.")]
    [InlineData("key make a.csv --name x --color red", "There is no option --color.")]
    public void What_is_wrong_is_said(string line, string expected) => Assert.Equal(expected, CommandParser.Parse(Table, line.Split(' ')).Wrong);

    [Fact]
    public void Usage_shows_what_is_needed_and_what_is_not() =>
        Assert.Equal("key make FILE --name NAME [--format FORMAT] [--dry-run]", Table[0].Usage);
}
