using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Tests.Domain.Accounts;

public sealed class CardNumberTests
{
    [Fact]
    public void A_number_has_sixteen_characters_that_no_one_mistakes_for_others()
    {
        var numbers = Enumerable.Range(0, 1000).Select(_ => CardNumber.NewNumber()).ToList();

        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{16}$", number));
        Assert.Equal(32, numbers.SelectMany(number => number).Distinct().Count());
    }

    [Theory]
    [InlineData("7k4m 9q2x-3rtv 8hcd")]
    [InlineData("7K4M9Q2X3RTV8HCD")]
    public void What_people_type_is_read_as_it_is_stored(string typed) => Assert.Equal("7K4M9Q2X3RTV8HCD", CardNumber.Normalize(typed));

    [Fact]
    public void Letters_that_look_like_digits_are_read_as_digits() => Assert.Equal("0011", CardNumber.Normalize("oOiL"));

    [Fact]
    public void A_number_is_shown_in_four_groups() => Assert.Equal("7K4M 9Q2X 3RTV 8HCD", CardNumber.InGroups("7K4M9Q2X3RTV8HCD"));
}
