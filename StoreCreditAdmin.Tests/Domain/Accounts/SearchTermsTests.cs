using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Tests.Domain.Accounts;

public sealed class SearchTermsTests
{
    [Theory]
    [InlineData("j", "  j")]
    [InlineData("Ju", " ju")]
    [InlineData("jul", "jul")]
    [InlineData("山", "  山")]
    [InlineData("山田", "山  田")]
    [InlineData("O’", "  o")]
    [InlineData("o'b", " ob")]
    [InlineData("julia@ex", "julia  ex")]
    public void A_short_word_is_looked_for_at_the_beginning_of_words(string typed, string term) =>
        Assert.Equal([term], SearchTerms.Of(typed)!.Alternatives[0]);

    [Theory]
    [InlineData("020 7946 0958", "2079460958")]
    [InlineData("+44 (0)20 7946", "44207946")]
    [InlineData("7K4M 9Q2X", "7k4m9q2x")]
    [InlineData("7k4m-9q2x", "7k4m9q2x")]
    public void A_number_in_groups_is_also_looked_for_in_one_piece(string typed, string joined) =>
        Assert.Contains(SearchTerms.Of(typed)!.Alternatives, alternative => alternative.SequenceEqual([joined]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \t ")]
    [InlineData("'")]
    [InlineData("\0\u0001")]
    public void Nothing_to_look_for_is_no_search(string? typed) => Assert.Null(SearchTerms.Of(typed));

    [Fact]
    public void Every_word_must_match_and_a_long_text_is_cut()
    {
        Assert.Equal(["ada", " by"], SearchTerms.Of("ada by")!.Alternatives[0]);
        Assert.Equal(SearchTerms.MaxLength, SearchTerms.Of(new string('x', 10_000))!.Text.Length);
        Assert.True(SearchTerms.Of(string.Join(' ', Enumerable.Range(100, 500)))!.Alternatives[0].Count <= 8);
    }
}
