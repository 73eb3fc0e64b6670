using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

public sealed class EntryWordsTests
{
    [Theory]
    [InlineData("issue", "Added", true)]
    [InlineData("adjust", "Adjustment", true)]
    [InlineData("authorize", "Authorized", false)]
    [InlineData("capture", "Used", true)]
    [InlineData("release", "Released", false)]
    [InlineData("refund", "Credit", true)]
    [InlineData("expire", "Expired", true)]
    [InlineData("reinstate", "Credit", true)]
    [InlineData("invalidate", "Cancelled", true)]
    [InlineData("reclaim", "Reclaimed", true)]
    public void Each_kind_has_its_name_its_word_and_is_shown_to_customers_or_not(string name, string label, bool toCustomers)
    {
        var kind = EntryWords.KindOf(name)!.Value;

        Assert.Equal(name, EntryWords.NameOf(kind));
        Assert.Equal(label, EntryWords.LabelOf(kind));
        Assert.Equal(toCustomers, EntryWords.CustomerKinds.Contains(kind));
    }

    [Fact]
    public void Customers_see_exactly_the_kinds_that_change_what_they_have()
    {
        var kinds = Enum.GetValues<EntryKind>();
        var buckets = Enum.GetValues<Bucket>();
        var changing = kinds.Where(kind => buckets.Any(from => buckets.Any(to => kind.Allows(from, to) && EntryWords.BalanceSign(from, to) != 0)));

        Assert.Equal(changing, EntryWords.CustomerKinds);
        Assert.Null(EntryWords.KindOf("Issue"));
    }
}
