using StoreCreditAdmin.Tests.Features.Earning;
using StoreCreditAdmin.Tests.Features.Ledger;
using StoreCreditAdmin.Tests.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(LongestFirst.Name, "StoreCreditAdmin.Tests")]

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Starts the classes that take minutes before all others, so that none of them is left to run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    internal const string Name = "StoreCreditAdmin.Tests.TestSupport." + nameof(LongestFirst);

    private static readonly string[] Long =
        [nameof(EarningReplayTests), nameof(RetailReplayTests), nameof(EndToEnd.DeskTests), nameof(LedgerProcessTests), nameof(Features.Staff.StaffCommandTests)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(Long, name => collection.DisplayName.EndsWith("." + name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length);
}
