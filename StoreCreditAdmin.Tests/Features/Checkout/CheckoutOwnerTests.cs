using System.Net;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.Features.Checkout.CheckoutApp;

namespace StoreCreditAdmin.Tests.Features.Checkout;

/// <summary>Whose credit a storefront may name, and how guesses at card numbers end.</summary>
public sealed class CheckoutOwnerTests(CheckoutApp shop) : IClassFixture<CheckoutApp>
{
    [Fact]
    public async Task An_account_is_named_by_id_external_id_contact_address_or_card()
    {
        var externalId = Guid.NewGuid().ToString("N");
        var email = externalId + "@example.com";
        var account = (await shop.Api.PostAsync("accounts", new { externalId, name = "Ada", kind = "person", email })).Expect(HttpStatusCode.Created);
        var (id, card, contact) = (account.Text("id"), account.Text("cardNumber"), account.Json.GetProperty("contacts")[0].GetProperty("id").GetString());
        await shop.Api.IssueAsync(id, "10");
        var readOut = card.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l').Insert(8, " - ");

        foreach (var (owner, contactId) in new (object, string?)[]
        {
            (new { accountId = id, orderTotal = Usd("1") }, null),
            (new { accountId = "ext:" + externalId, orderTotal = Usd("1") }, null),
            (new { contactId = contact, orderTotal = Usd("1") }, contact),
            (new { contactEmail = " " + email.ToUpperInvariant(), orderTotal = Usd("1") }, contact),
            (new { cardNumber = card, orderTotal = Usd("1") }, null),
            (new { cardNumber = readOut, orderTotal = Usd("1") }, null),
        })
        {
            Assert.Equal("1.00", (await shop.QuoteAsync(owner)).Expect(HttpStatusCode.OK).Text("applicable"));
            var order = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(owner))!.AsObject();
            order["orderNumber"] = NewOrder();
            var held = (await shop.PostAsync("authorizations", order.ToJsonString())).Expect(HttpStatusCode.Created);
            Assert.Equal((id, contactId ?? ""), (held.Text("accountId"), held.Text("contactId")));
        }
    }

    [Theory]
    [InlineData("{}", 400, "invalid-request")]
    [InlineData("""{"accountId":"","cardNumber":"  "}""", 400, "invalid-request")]
    [InlineData("""{"accountId":"ext:1","cardNumber":"0"}""", 400, "invalid-request")]
    [InlineData("""{"contactId":"11111111-1111-1111-1111-111111111111","contactEmail":"a@b.c"}""", 400, "invalid-request")]
    [InlineData("""{"accountId":"ext:nobody"}""", 404, "not-found")]
    [InlineData("""{"accountId":"11111111-1111-1111-1111-111111111111"}""", 404, "not-found")]
    [InlineData("""{"accountId":"nonsense"}""", 404, "not-found")]
    [InlineData("""{"contactId":"11111111-1111-1111-1111-111111111111"}""", 404, "not-found")]
    [InlineData("""{"contactEmail":"nobody@example.com"}""", 404, "not-found")]
    [InlineData("""{"contactEmail":["a@b.c"]}""", 400, "invalid-request")]
    public async Task Exactly_one_owner_who_exists_is_named(string owner, int status, string code)
    {
        var fields = owner[1..^1] + (owner.Length > 2 ? "," : "");
        var body = "{" + fields + """ "orderNumber":"1","orderTotal":{"amount":"1","currency":"USD"}}""";

        (await shop.PostAsync("authorizations", body)).ExpectProblem((HttpStatusCode)status, code);
        (await shop.QuoteAsync(body)).ExpectProblem((HttpStatusCode)status, code);
    }

    [Fact]
    public async Task A16_A_company_s_contact_spends_its_credit_once_that_is_switched_on()
    {
        var company = (await shop.Api.PostAsync("accounts", new { name = "Engines Ltd", kind = "company" })).Text("id");
        await shop.Api.IssueAsync(company, "100");
        var email = Guid.NewGuid().ToString("N") + "@example.com";
        var contact = (await shop.Api.PostAsync($"accounts/{company}/contacts", new { name = "Ada", email, mayUseCredit = false })).Expect(HttpStatusCode.Created).Text("id");
        object ById() => new { contactId = contact, orderNumber = NewOrder(), orderTotal = Usd("250") };
        object ByEmail() => new { contactEmail = email, orderNumber = NewOrder(), orderTotal = Usd("250") };

        foreach (var body in new[] { ById(), ByEmail() })
        {
            var quote = (await shop.QuoteAsync(body)).Expect(HttpStatusCode.OK);
            Assert.Equal(("0.00", "250.00", "0.00", "contact-not-permitted"), (quote.Text("applicable"), quote.Text("due"), quote.Text("available"), quote.Text("refusal")));
            (await shop.PostAsync("authorizations", body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-not-permitted");
        }

        (await shop.QuoteAsync(new { accountId = company, orderTotal = Usd("250") })).Expect(HttpStatusCode.OK);
        await shop.Api.PatchAsync("contacts/" + contact, new { mayUseCredit = true });
        Assert.Equal("100.00", (await shop.QuoteAsync(ById())).Text("applicable"));
        Assert.Equal("100.00", (await shop.QuoteAsync(ByEmail())).Text("applicable"));
        var held = (await shop.PostAsync("authorizations", new { contactEmail = email, orderNumber = NewOrder(), orderTotal = Usd("250"), amount = "60" })).Expect(HttpStatusCode.Created);
        Assert.Equal("60.00", held.Text("amount"));

        await shop.Api.PatchAsync("contacts/" + contact, new { mayUseCredit = false });
        (await shop.PostAsync("authorizations", ById())).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-not-permitted");
        Assert.Equal("60.00", (await shop.CaptureAsync(held.Text("code")!)).Expect(HttpStatusCode.OK).Text("captured"));
    }

    [Fact]
    public async Task An_address_that_several_accounts_share_names_the_one_that_may_use_credit()
    {
        var email = Guid.NewGuid().ToString("N") + "@example.com";
        var accounts = new List<(string Account, string Contact)>();
        foreach (var name in new[] { "First Ltd", "Second Ltd", "Third Ltd" })
        {
            var company = (await shop.Api.PostAsync("accounts", new { name, kind = "company" })).Text("id");
            await shop.Api.IssueAsync(company, "10");
            accounts.Add((company, (await shop.Api.PostAsync($"accounts/{company}/contacts", new { name = "Ada", email, mayUseCredit = false })).Text("id")));
        }

        object Body() => new { contactEmail = email, orderNumber = NewOrder(), orderTotal = Usd("1") };

        (await shop.PostAsync("authorizations", Body())).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-not-permitted");
        await shop.Api.PatchAsync("contacts/" + accounts[1].Contact, new { mayUseCredit = true });
        Assert.Equal(accounts[1].Account, (await shop.PostAsync("authorizations", Body())).Expect(HttpStatusCode.Created).Text("accountId"));
        await shop.Api.PatchAsync("contacts/" + accounts[2].Contact, new { mayUseCredit = true });
        var ambiguous = (await shop.PostAsync("authorizations", Body())).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-ambiguous");
        Assert.Contains("contactId", ambiguous.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(accounts[2].Account, (await shop.PostAsync("authorizations", new { contactId = accounts[2].Contact, orderNumber = NewOrder(), orderTotal = Usd("1") })).Text("accountId"));
    }

    [Fact]
    public async Task Wrong_malformed_and_dead_card_numbers_get_the_same_answer()
    {
        var dead = await DeadCardAsync();
        string[] numbers = ["0000 0000 0000 0000", "7K4M9Q2X3RTV8HCD", dead, dead.ToLowerInvariant(), "1", new string('9', 5000), "4111-1111-1111-1111", "' OR 1=1 --"];
        var refused = new List<string>();
        var quoted = new List<string>();
        foreach (var cardNumber in numbers)
        {
            refused.Add((await shop.PostAsync("authorizations", new { cardNumber, orderNumber = NewOrder(), orderTotal = Usd("1") })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "card-not-accepted").Body);
            quoted.Add((await shop.QuoteAsync(new { cardNumber, orderTotal = Usd("1") })).Expect(HttpStatusCode.OK).Body);
        }

        Assert.Single(refused.Distinct());
        Assert.Equal("""{"currency":"USD","applicable":"0.00","due":"1.00","available":"0.00","lines":[],"refusal":"card-not-accepted"}""", Assert.Single(quoted.Distinct()));
    }

    [Fact]
    public async Task Guessing_is_stopped_for_the_key_that_guesses_and_only_wrong_numbers_count()
    {
        var account = await shop.CustomerAsync("100");
        var card = (await shop.Api.GetAsync("accounts/" + account)).Text("cardNumber");
        var key = await shop.Api.App.CreateApiKeyAsync("checkout");
        object Right() => new { cardNumber = card, orderNumber = NewOrder(), orderTotal = Usd("1") };
        Task<ApiReply> GuessAsync(int number) => number % 2 == 0
            ? shop.QuoteAsync(new { cardNumber = $"GUESS{number}", orderTotal = Usd("1") }, key)
            : shop.PostAsync("authorizations", new { cardNumber = $"GUESS{number}", orderNumber = NewOrder(), orderTotal = Usd("1") }, key: key);

        for (var i = 0; i < CardThrottle.WrongPerMinute + 5; i++)
        {
            Assert.Equal("1.00", (await shop.QuoteAsync(Right(), key)).Text("applicable"));
        }

        var guesses = await Task.WhenAll(Enumerable.Range(0, CardThrottle.WrongPerMinute + 10).Select(GuessAsync));
        var operations = await shop.CountAsync("Operations");
        var stopped = (await GuessAsync(1)).ExpectProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        var retry = Guid.NewGuid().ToString();
        var stoppedToo = await shop.PostAsync("authorizations", Right(), retry, key);

        Assert.Equal(CardThrottle.WrongPerMinute, guesses.Count(reply => reply.Status != HttpStatusCode.TooManyRequests));
        Assert.InRange(int.Parse(stopped.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.TooManyRequests, stoppedToo.Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.QuoteAsync(Right(), key)).Status);
        Assert.Equal(operations, await shop.CountAsync("Operations"));
        Assert.Equal("1.00", (await shop.QuoteAsync(new { accountId = account, orderTotal = Usd("1") }, key)).Text("applicable"));
        Assert.Equal("1.00", (await shop.QuoteAsync(Right())).Text("applicable"));
    }

    private async Task<string> DeadCardAsync()
    {
        var account = await shop.Api.AddAccountAsync();
        var card = (await shop.Api.GetAsync("accounts/" + account)).Text("cardNumber");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={shop.Api.App.DatabasePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE Accounts SET CardNumber = $new WHERE CardNumber = $old";
        command.Parameters.AddWithValue("$new", StoreCreditAdmin.Domain.Accounts.CardNumber.NewNumber());
        command.Parameters.AddWithValue("$old", card);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
        return card;
    }
}
