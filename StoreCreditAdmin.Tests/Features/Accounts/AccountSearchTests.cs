using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountSearchTests
{
    [Theory]
    [InlineData("j")]
    [InlineData("ti")]
    [InlineData("LLEY")]
    [InlineData("julia tilley")]
    [InlineData("tilley, julia")]
    [InlineData("JÚLIA")]
    [InlineData("ada.b@exa")]
    [InlineData("ADA.B@EXAMPLE.COM")]
    [InlineData("+tag")]
    [InlineData("020 7946 0958")]
    [InlineData("+44 (0)20-7946")]
    [InlineData("79460958")]
    [InlineData("cust-0017")]
    [InlineData("CUST0017")]
    [InlineData("0017")]
    public async Task A_person_is_found_by_any_part(string text)
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, "Somebody Else", "else@example.org", "+1 555 0100", "X-1");
        var id = await CreateAsync(database, "Julia O’Tilley Tilley", "tag+ada.b@example.com", "+44 20 7946 0958", "CUST-0017");

        Assert.Equal([id], (await SearchAsync(database, text)).Items.Select(hit => hit.Id));
    }

    [Theory]
    [InlineData("julia nobody")]
    [InlineData("ulia t")]
    [InlineData("xyz")]
    [InlineData("' OR 1=1 --")]
    [InlineData("zz\" OR \"julia")]
    [InlineData("NEAR(julia tilley)")]
    [InlineData("zzz*")]
    [InlineData("^zzz")]
    [InlineData("Text : zzz")]
    [InlineData("-zzz")]
    [InlineData("%")]
    [InlineData("___")]
    [InlineData("\0")]
    [InlineData("'")]
    public async Task What_does_not_match_finds_nothing_whatever_signs_it_has(string text)
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, "Julia Xavier", "julia@example.com");

        var page = await SearchAsync(database, text);

        Assert.Equal((0, false), (page.TotalCount, page.MoreThanTotal));
        Assert.Empty(page.Items);
    }

    [Theory]
    [InlineData("山田 太郎", "山")]
    [InlineData("山田 太郎", "田太")]
    [InlineData("山田太郎", "太郎")]
    [InlineData("김민준", "민")]
    [InlineData("𠮷野家", "𠮷")]
    [InlineData("محمد الزهراني", "مح")]
    [InlineData("נועה כהן", "כהן")]
    [InlineData("Ümit Yıldırım", "yildirim")]
    [InlineData("İpek", "ipe")]
    [InlineData("D'Arcy N’Diaye", "d’arcy")]
    [InlineData("D'Arcy N’Diaye", "ndia")]
    [InlineData("Ada 🎁 Gift", "🎁")]
    [InlineData("Weiß", "weiss")]
    [InlineData("!!!", "!!!")]
    public async Task Names_of_all_scripts_are_found(string name, string text)
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, "Somebody Else");
        var id = await CreateAsync(database, name);

        Assert.Equal([id], (await SearchAsync(database, text)).Items.Select(hit => hit.Id));
    }

    [Fact]
    public async Task What_is_exactly_it_comes_first_then_names_that_begin_so_then_words_that_begin_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, "Zmary Inside");
        await CreateAsync(database, "Anna Marybeth");
        await CreateAsync(database, "Maryann");
        await CreateAsync(database, "Mary Zimmer");
        await CreateAsync(database, "Mary");
        await CreateAsync(database, "Zoe Last", externalId: "MARY");

        var found = (await SearchAsync(database, "mary")).Items.Select(hit => hit.Name);
        var byExternalId = (await SearchAsync(database, "MARY")).Items.Select(hit => hit.Name);

        Assert.Equal(["Mary", "Mary Zimmer", "Maryann", "Anna Marybeth", "Zoe Last", "Zmary Inside"], found);
        Assert.Equal(["Mary", "Zoe Last", "Mary Zimmer", "Maryann", "Anna Marybeth", "Zmary Inside"], byExternalId);
    }

    [Fact]
    public async Task A_contact_leads_to_its_company_and_the_hit_says_which_contact()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database, "Acme Tools", "office@acme.example", kind: "company");
        var contacts = database.Get<ContactService>();
        var jane = (await contacts.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), id.ToString(), new AddContactRequest { Name = "Jane Roe", Email = "jane@acme.example" })).Value;

        var byContact = Assert.Single((await SearchAsync(database, "jane")).Items);
        var byBoth = Assert.Single((await SearchAsync(database, "acme roe")).Items);
        var byName = Assert.Single((await SearchAsync(database, "acme tools")).Items);
        await contacts.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), jane.Id, new ChangeContactRequest { Name = "Joan Doe", Email = null });

        Assert.Equal((id, "company", "office@acme.example", jane.Id), (byContact.Id, byContact.Kind, byContact.Email, byContact.MatchedContact?.Id));
        Assert.Equal(jane.Id, byBoth.MatchedContact?.Id);
        Assert.Null(byName.MatchedContact);
        Assert.Empty((await SearchAsync(database, "jane")).Items);
        Assert.Equal("Joan Doe", Assert.Single((await SearchAsync(database, "joan")).Items).MatchedContact?.Name);
    }

    [Fact]
    public async Task A_renamed_account_is_found_by_its_new_name_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database, "Oldname");

        await database.Get<AccountService>().RenameAsync(TestDatabase.Robot, OperationKey.ForForm(), id.ToString(), new RenameAccountRequest { Name = "Newname" });

        Assert.Empty((await SearchAsync(database, "oldn")).Items);
        Assert.Equal(id, Assert.Single((await SearchAsync(database, "newn")).Items).Id);
    }

    [Fact]
    public async Task An_order_number_leads_to_whoever_paid_it_with_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.AddAccountAsync("Somebody Else");
        await database.IssueAsync(account, "10");
        await new Shop(database, account).AuthorizeAsync("SO-90017", "4");

        foreach (var text in new[] { "SO-90017", "so-90017", "SO-9", "so-900" })
        {
            Assert.Equal(account.PublicId, Assert.Single((await SearchAsync(database, text)).Items).Id);
        }

        Assert.Empty((await SearchAsync(database, "SO-90018")).Items);
    }

    [Fact]
    public async Task A_card_number_is_found_by_four_characters_or_more_in_groups_or_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database, "Ünsal");
        await CreateAsync(database, "Somebody Else");
        var card = (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, id.ToString())).Value.CardNumber;

        foreach (var text in new[] { card, card.ToLowerInvariant(), CardNumber.InGroups(card), card[..4], card[^4..], CardNumber.InGroups(card)[..9] })
        {
            Assert.Equal(id, Assert.Single((await SearchAsync(database, text)).Items).Id);
        }

        Assert.Empty((await SearchAsync(database, card[6..9])).Items);
    }

    [Fact]
    public async Task A_hit_shows_the_hold_and_what_is_available_by_store_and_currency()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await database.IssueAsync(account, "500", "JPY");
        await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new HoldRequest { Reason = "fraud" });

        var hit = Assert.Single((await SearchAsync(database, "ada")).Items);

        Assert.Equal(["main JPY 500", "main USD 10.00"], hit.Available.Select(one => $"{one.Store} {one.Currency} {one.Amount}"));
        Assert.True(hit.OnHold);
        Assert.Null(hit.Email);
    }

    [Fact]
    public async Task Without_text_all_accounts_are_listed_by_name_and_paged()
    {
        await using var database = await TestDatabase.CreateAsync();
        foreach (var name in new[] { "bea", "Ákos", "Zoe", "adam", "Bea", "Čapek" })
        {
            await CreateAsync(database, name);
        }

        var search = database.Get<AccountSearch>();
        var pages = new List<string>();
        for (var skip = 0; skip < 6; skip += 4)
        {
            pages.AddRange((await search.SearchAsync(TestDatabase.Robot, " ", new PageRequest(skip, 4))).Items.Select(hit => hit.Name));
        }

        Assert.Equal(["adam", "Ákos", "bea", "Bea", "Čapek", "Zoe"], pages);
        Assert.Equal(6, (await search.SearchAsync(TestDatabase.Robot, null, new PageRequest(0, 1))).TotalCount);
        Assert.Equal(pages, (await AllAsync(search, null, 2)).Select(account => account.Name));
        Assert.Equal(["bea", "Bea"], (await AllAsync(search, "be", 1)).Select(account => account.Name));
        await Assert.ThrowsAsync<BadCursorException>(() => search.ListAsync(TestDatabase.Robot, "be", new KeysetRequest(2, Cursor.After("accounts", "x", 1))));
        await Assert.ThrowsAsync<BadCursorException>(() => search.ListAsync(TestDatabase.Robot, null, new KeysetRequest(2, Cursor.After("accounts-found", 2))));
    }

    [Fact]
    public async Task A_page_takes_the_same_number_of_queries_whatever_it_shows_and_each_goes_by_an_index()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        for (var index = 0; index < 40; index++)
        {
            var id = await CreateAsync(database, $"Julia {index}", $"j{index}@example.com", "+44 20 7946 0958", $"C-{index}", index % 2 == 0 ? "person" : "company");
            if (index < 3)
            {
                await database.Get<ContactService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), id.ToString(), new AddContactRequest { Name = "Juliane" });
            }
        }

        var search = database.Get<AccountSearch>();
        var counts = new List<int>();
        foreach (var (text, take) in new[] { ("julia", 1), ("julia", 40), ("julia", 5), ("juliane", 40), ("julia 7946", 40) })
        {
            plans.Start();
            Assert.NotEmpty((await search.SearchAsync(TestDatabase.Robot, text, new PageRequest(0, take))).Items);
            counts.Add(plans.Queries.Count);
            await search.ListAsync(TestDatabase.Robot, text, new KeysetRequest(take));
            Assert.Empty(plans.Scans);
        }

        Assert.Single(counts.Distinct());
        plans.Start();
        await search.SearchAsync(TestDatabase.Robot, "", new PageRequest(10, 10));
        await AllAsync(search, "", 15);
        Assert.Empty(plans.Scans);
    }

    private static Task<AccountHitPage> SearchAsync(TestDatabase database, string text) =>
        database.Get<AccountSearch>().SearchAsync(TestDatabase.Robot, text, new PageRequest());

    private static async Task<List<AccountView>> AllAsync(AccountSearch search, string? text, int limit)
    {
        var all = new List<AccountView>();
        Cursor? after = null;
        do
        {
            var part = await search.ListAsync(TestDatabase.Robot, text, new KeysetRequest(limit, after));
            all.AddRange(part.Items);
            after = part.NextCursor is null ? null : Cursor.Parse(part.NextCursor);
        }
        while (after is not null);

        return all;
    }

    private static async Task<Guid> CreateAsync(
        TestDatabase database, string name, string? email = null, string? phone = null, string? externalId = null, string kind = "person") =>
        (await database.Get<AccountService>().CreateAsync(
            TestDatabase.Robot,
            OperationKey.ForForm(),
            new CreateAccountRequest { Name = name, Kind = kind, Email = email, Phone = phone, ExternalId = externalId })).Value.Id;
}
