using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Tests.Domain.Catalogue;

public sealed class StoreTests
{
    /// <summary>Zones whose clocks change at midnight in 2026 (Cairo, Beirut, Havana, Santiago) or that lie far out.</summary>
    [Fact]
    public void The_first_and_the_last_date_start_where_instants_do()
    {
        foreach (var timeZone in new[] { "Asia/Tokyo", "Pacific/Kiritimati", "Etc/GMT+12" })
        {
            var store = new Store("s", "S", "USD", timeZone);
            Assert.True(store.StartOf(DateOnly.MinValue) < store.StartOf(DateOnly.MinValue.AddDays(2)));
            Assert.Equal(DateOnly.MaxValue, store.DateOf(store.StartOf(DateOnly.MaxValue)));
        }
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/New_York")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Beirut")]
    [InlineData("America/Havana")]
    [InlineData("America/Santiago")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Pago_Pago")]
    [InlineData("Asia/Kathmandu")]
    public void A_date_starts_at_the_first_instant_that_bears_it(string timeZone)
    {
        var store = new Store("s", "S", "USD", timeZone);
        for (var date = new DateOnly(2026, 1, 1); date.Year == 2026; date = date.AddDays(1))
        {
            var start = store.StartOf(date);
            Assert.Equal(date, store.DateOf(start));
            Assert.Equal(date.AddDays(-1), store.DateOf(start.AddTicks(-1)));
        }
    }
}
