using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

/// <summary>Search over all customers of the sample: accents, apostrophes, right-to-left, Chinese, Japanese and Korean, decomposed and very long names.</summary>
public sealed class SearchOfRealCustomersTests(SearchOfRealCustomersTests.Customers customers) : IClassFixture<SearchOfRealCustomersTests.Customers>
{
    [Fact]
    public async Task Every_sort_of_name_is_found_as_it_is_written_and_in_other_ways()
    {
        foreach (var customer in customers.Sample.GroupBy(one => one.Case).SelectMany(cases => cases.Take(6)))
        {
            foreach (var text in WaysToWrite(customer.Name))
            {
                var page = await customers.Search.SearchAsync(TestDatabase.Robot, text, new PageRequest(0, PageRequest.MaxSize));
                Assert.True(page.Items.Any(hit => hit.ExternalId == customer.Id && hit.Name == customer.Name), $"{customer.Case} {customer.Id} {customer.Name} by '{text}'");
            }
        }
    }

    [Fact]
    public async Task An_email_address_and_a_customer_number_lead_to_their_owner_first()
    {
        foreach (var customer in customers.Sample.Where((_, index) => index % 23 == 0))
        {
            var byEmail = await customers.Search.SearchAsync(TestDatabase.Robot, customer.Email.ToUpperInvariant(), new PageRequest(0, 5));
            var byNumber = await customers.Search.SearchAsync(TestDatabase.Robot, customer.Id, new PageRequest(0, 5));

            Assert.Equal((customer.Id, customer.Email), (byEmail.Items[0].ExternalId, byEmail.Items[0].Email));
            Assert.Equal(customer.Id, byNumber.Items[0].ExternalId);
        }
    }

    [Theory]
    [InlineData("e")]
    [InlineData("a")]
    [InlineData("z")]
    [InlineData("an")]
    [InlineData("ö")]
    [InlineData("山")]
    [InlineData("exa")]
    [InlineData("example.com")]
    [InlineData("ma ex")]
    [InlineData("o'")]
    [InlineData("1234")]
    [InlineData("example-com")]
    public async Task Whether_few_or_many_match_all_of_them_are_listed_once_and_nothing_else(string text)
    {
        var expected = customers.MatchingOneByOne(text);

        var listed = new List<Guid>();
        Cursor? after = null;
        do
        {
            var part = await customers.Search.ListAsync(TestDatabase.Robot, text, new KeysetRequest(PageRequest.MaxSize, after));
            listed.AddRange(part.Items.Select(account => account.Id));
            after = part.NextCursor is null ? null : Cursor.Parse(part.NextCursor);
        }
        while (after is not null);

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, listed.Count);
        Assert.Equal(expected, listed.ToHashSet());
        var page = await customers.Search.SearchAsync(TestDatabase.Robot, text, new PageRequest(0, 10));
        Assert.Equal(listed.Take(10), page.Items.Select(hit => hit.Id));
        Assert.True(page.MoreThanTotal ? page.TotalCount < expected.Count : page.TotalCount == expected.Count);
    }

    private static IEnumerable<string> WaysToWrite(string name)
    {
        yield return name;
        yield return name.ToUpper(CultureInfo.InvariantCulture);
        yield return name.Normalize(NormalizationForm.FormC);
        yield return name.Normalize(NormalizationForm.FormD);
        yield return name.Replace('’', '\'');
        yield return name.Replace('\'', '’');
        yield return name.Replace('-', ' ').Replace(",", "", StringComparison.Ordinal);
        yield return string.Join(' ', name.Split(' ').Reverse());
    }

    /// <summary>All 4,372 customers in a database of their own, made once for the tests of this class.</summary>
    public sealed class Customers : IAsyncLifetime
    {
        private TestDatabase database = null!;
        private List<(Guid Id, string[] Texts)> accounts = [];

        public IReadOnlyList<SampleCustomers.Customer> Sample { get; } = SampleCustomers.Read();

        public AccountSearch Search => database.Get<AccountSearch>();

        /// <summary>What the search must find, asked of every account in memory.</summary>
        public HashSet<Guid> MatchingOneByOne(string text)
        {
            var alternatives = SearchTerms.Of(text)!.Alternatives;
            return
            [
                .. accounts.Where(account => alternatives.Any(terms => terms.All(term => account.Texts.Any(one => one.Contains(term, StringComparison.Ordinal)))))
                    .Select(account => account.Id),
            ];
        }

        public async Task InitializeAsync()
        {
            database = await TestDatabase.CreateAsync();
            foreach (var batch in Sample.Chunk(AccountService.MaxBatch))
            {
                var created = await database.Get<AccountService>().CreateManyAsync(
                    TestDatabase.Robot,
                    OperationKey.ForForm(),
                    [.. batch.Select(one => new CreateAccountRequest { ExternalId = one.Id, Name = one.Name, Kind = "person", Email = one.Email })]);
                Assert.All(created.Value.Accounts, one => Assert.Null(one.Refusal));
            }

            await using var db = database.Open();
            accounts = (await db.Accounts.Include(account => account.Contacts).ToListAsync())
                .ConvertAll(account => (account.PublicId, (string[])[account.SearchText, account.CardNumber.ToLowerInvariant(), .. account.Contacts.Select(contact => contact.SearchText)]));
            Assert.Equal(4372, accounts.Count);
        }

        public async Task DisposeAsync() => await database.DisposeAsync();
    }
}
