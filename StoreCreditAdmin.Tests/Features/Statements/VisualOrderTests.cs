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
