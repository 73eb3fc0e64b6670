using StoreCreditAdmin.Features.Statements.Paper;

namespace StoreCreditAdmin.Tests.Features.Statements;

/// <summary>Text as it stands from left to right. Hebrew letters are given by number where a picture of them would be hard to follow.</summary>
public sealed class VisualOrderTests
{
    [Theory]
    [InlineData("Ada Byron 12-34", "Ada Byron 12-34")]
    [InlineData("\u05D0\u05D1\u05D2", "\u05D2\u05D1\u05D0")]
    [InlineData("\u05D0\u05D1 \u05D2", "\u05D2 \u05D1\u05D0")]
    [InlineData("\u05D0\u05D1 123", "123 \u05D1\u05D0")]
    [InlineData("\u05D0 12 \u05D1", "\u05D1 12 \u05D0")]
    [InlineData("Order 12 · \u05D0\u05D1 3", "Order 12 · 3 \u05D1\u05D0")]
    [InlineData("USD · 2026-11-22 · \u05D0\u05D1", "USD · 2026-11-22 · \u05D1\u05D0")]
    [InlineData("\u05D0\u05D1 (\u05D2)", "(\u05D2) \u05D1\u05D0")]
    [InlineData("\u05D0\u05D1 abc \u05D2", "\u05D2 abc \u05D1\u05D0")]
    [InlineData("abc \u05D0\u05D1 def", "abc \u05D1\u05D0 def")]
    [InlineData("", "")]
    public void What_is_written_right_to_left_is_turned_round_and_numbers_in_it_are_not(string line, string visual) =>
        Assert.Equal(visual, VisualOrder.Of(line));

    [Theory]
    [InlineData("\u0915\u093F\u0936\u0928", "\u093F\u0915\u0936\u0928")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940", "\u093F\u0939\u0928\u094D\u0926\u0940")]
    [InlineData("\u0921\u093C\u093F", "\u093F\u0921\u093C")]
    [InlineData("\u0BAA\u0BC6\u0BAF\u0BB0\u0BCD", "\u0BC6\u0BAA\u0BAF\u0BB0\u0BCD")]
    [InlineData("\u0B95\u0BCA", "\u0BC6\u0B95\u0BBE")]
    [InlineData("\u093F", "\u093F")]
    public void A_vowel_that_is_read_on_the_left_of_its_consonant_stands_there(string text, string visual) => Assert.Equal(visual, VisualOrder.Of(text));

    [Fact]
    public void A_letter_keeps_its_marks() => Assert.Equal("\u05D1\u05D0\u05B8", VisualOrder.Of("\u05D0\u05B8\u05D1"));

    [Theory]
    [InlineData("\u0628", "\uFE8F")]
    [InlineData("\u0628\u0628", "\uFE90\uFE91")]
    [InlineData("\u0628\u0628\u0628", "\uFE90\uFE92\uFE91")]
    [InlineData("\u0627\u0628", "\uFE8F\uFE8D")]
    [InlineData("\u0644\u0627", "\uFEFB")]
    [InlineData("\u0628\u0644\u0627", "\uFEFC\uFE91")]
    [InlineData("\u0628\u0621", "\uFE80\uFE8F")]
    public void Arabic_letters_take_the_forms_in_which_they_join(string text, string visual) => Assert.Equal(visual, VisualOrder.Of(text));
}
