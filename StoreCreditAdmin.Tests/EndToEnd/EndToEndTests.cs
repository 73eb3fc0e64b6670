using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Classes of this collection share the browser and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndTests : ICollectionFixture<Browser>
{
    public const string Name = "End to end";
}
