using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Tests.Domain.Ledger;

public sealed class BucketsTests
{
    [Theory]
    [InlineData(Bucket.Available, Bucket.Authorized)]
    [InlineData(Bucket.Authorized, Bucket.Used)]
    [InlineData(Bucket.Used, Bucket.Available)]
    [InlineData(Bucket.Expired, Bucket.Available)]
    [InlineData(Bucket.Available, Bucket.Outside)]
    public void No_bucket_gives_more_than_it_holds(Bucket from, Bucket to)
    {
        var buckets = new Buckets();
        buckets.Move(Bucket.Outside, from, 10);

        Assert.Throws<InvalidOperationException>(() => buckets.Move(from, to, 11));
        Assert.Equal((10, 10), (buckets[from], buckets.Credited));
        buckets.Move(from, to, 10);
        Assert.Equal(0, buckets[from]);
    }

    [Theory]
    [InlineData(EntryKind.Capture, Bucket.Available, Bucket.Used)]
    [InlineData(EntryKind.Release, Bucket.Authorized, Bucket.Outside)]
    [InlineData(EntryKind.Issue, Bucket.Outside, Bucket.Used)]
    [InlineData(EntryKind.Expire, Bucket.Authorized, Bucket.Expired)]
    [InlineData(EntryKind.Refund, Bucket.Outside, Bucket.Available)]
    public void No_kind_of_entry_moves_value_another_way_than_its_own(EntryKind kind, Bucket from, Bucket to) => Assert.False(kind.Allows(from, to));
}
