using System.Globalization;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>Each e-mail from what a shop does to what its customer receives, through the running application and a real mail server.</summary>
public sealed class MailJourneyTests(MailApp shop) : IClassFixture<MailApp>
{
    /// <summary>Wide, from right to left, with a mark and a sign beyond the first plane.</summary>
    private const string Name = "夏目 漱石 \u202Bשלום\u202C <b>&\U0001F381";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(null)]
    [InlineData("credit-received")]
    [InlineData("credit-redeemed")]
    [InlineData("credit-expiring")]
    [InlineData("refunded-with-credit")]
    [InlineData("monthly-statement")]
    public Task N4_Each_e_mail_reaches_its_reader_unless_its_switch_is_off(string? off) => WalkAsync(off).WaitAsync(Limit);

    [Fact]
    public async Task N5_Nobody_is_written_to_who_is_not_to_be_told_or_has_no_address_and_a_company_s_contacts_are()
    {
        var (quiet, silent) = (await shop.AddAsync("Quiet", "quiet@example.com"), await shop.AddAsync("Silent", null));
        await shop.IssueAsync(quiet, "5", notify: false);
        await shop.IssueAsync(silent, "5", notify: true);
        var company = await shop.AddAsync("Company", "desk@company.example", "company");
        await shop.SendAsync(HttpMethod.Post, $"accounts/ext:{company}/contacts", new { name = "Boss", email = "boss@company.example", mayUseCredit = true });
        await shop.SendAsync(HttpMethod.Post, $"accounts/ext:{company}/contacts", new { name = "Clerk", email = "CLERK@company.example", mayUseCredit = true });
        await shop.SendAsync(HttpMethod.Post, $"accounts/ext:{company}/contacts", new { name = "Clerk again", email = "clerk@company.example", mayUseCredit = true });
        await shop.IssueAsync(company, "7", notify: true);

        Assert.Empty(await shop.ReceivedAsync("quiet@example.com"));
        var received = await shop.ReceivedAsync("@company.example");
        Assert.Equal(["Boss <boss@company.example>", "Clerk <CLERK@company.example>"], received.Select(mail => mail.To.Replace("\"", "", StringComparison.Ordinal)).Order());
        Assert.Contains("Hello Clerk,", received.Single(mail => mail.To.StartsWith("Clerk", StringComparison.Ordinal) || mail.To.StartsWith("\"Clerk", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    private async Task WalkAsync(string? off)
    {
        var email = $"natsume-{off ?? "all"}@example.com";
        var customer = await shop.AddAsync(Name, email);
        await shop.AskForStatementsAsync(customer);
        if (off is not null)
        {
            await shop.SwitchAsync(off, false);
        }

        try
        {
            var expiresOn = DateOnly.FromDateTime((await shop.NowAsync()).UtcDateTime).AddDays(10);
            await shop.IssueAsync(customer, "12.34", notify: true, note: "<script>alert(1)</script> Sorry");
            await shop.IssueAsync(customer, "1.50", notify: false, expiresOn);
            await shop.IssueAsync(customer, "2.50", notify: false, expiresOn);
            var number = await shop.PayAsync(customer, email, off is null ? "WELCOME" : null);
            await RedeemAsync(customer, "6.00");
            await shop.IssueAsync(customer, "0.75", notify: false, expiresOn);
            await shop.IssueAsync(customer, "0.25", notify: false, expiresOn);
            var refund = ShopFeed.Refund(number, "r-" + number, "20.00", "store-credit");
            (refund["notify"], refund["note"]) = (true, "Chipped jug");
            await shop.TellAsync("order.refunded", refund);
            var dueAt = new DateTimeOffset(expiresOn.AddDays(-3).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(9));
            await shop.MoveToAsync(dueAt.AddSeconds(-30));
            Assert.DoesNotContain(await shop.ReceivedAsync(email), mail => mail.Subject.Contains("expires on", StringComparison.Ordinal));
            await shop.MoveToAsync(dueAt);
            var month = new DateTimeOffset(dueAt.Year, dueAt.Month, 1, 0, 0, 0, dueAt.Offset).AddMonths(1);
            await shop.MoveToAsync(month);

            var received = await shop.ReceivedAsync(email);
            var expected = new Dictionary<string, string[]>
            {
                ["credit-received"] = ["You received 12.34 USD of store credit", off is null ? "You received 8.00 USD of store credit" : "You received 5.00 USD of store credit"],
                ["credit-redeemed"] = ["You paid 6.00 USD with store credit"],
                ["credit-expiring"] = [string.Create(CultureInfo.InvariantCulture, $"1.00 USD of your store credit expires on {expiresOn:yyyy-MM-dd}")],
                ["refunded-with-credit"] = ["You were refunded 20.00 USD with store credit"],
                ["monthly-statement"] = [string.Create(CultureInfo.InvariantCulture, $"Your statement of store credit at Bücher & Söhne, {month.AddMonths(-1):yyyy-MM-dd} to {month.AddDays(-1):yyyy-MM-dd}")],
            };
            Assert.Equal(expected.Where(one => one.Key != off).SelectMany(one => one.Value).Order(), received.Select(mail => mail.Subject).Order());
            if (off is null)
            {
                await CheckAsync(received, number);
            }
        }
        finally
        {
            if (off is not null)
            {
                await shop.SwitchAsync(off, true);
            }
        }
    }

    /// <summary>Takes of two credits what is to expire first, and so all of both and some of a third.</summary>
    private async Task RedeemAsync(string customer, string amount)
    {
        var held = await shop.SendAsync(
            HttpMethod.Post, "authorizations", new { accountId = "ext:" + customer, orderNumber = "a-" + Guid.NewGuid().ToString("N"), orderTotal = new { amount, currency = "USD" } });
        await shop.SendAsync(HttpMethod.Post, $"authorizations/{held.Text("code")}/capture", new { });
    }

    private static async Task CheckAsync(List<ReceivedMail> received, string number)
    {
        foreach (var mail in received)
        {
            Assert.Equal(Name, mail.To[..mail.To.LastIndexOf(" <", StringComparison.Ordinal)].Trim('"'));
            Assert.Contains("Bücher & Söhne", mail.Headers["from"], StringComparison.Ordinal);
            Assert.EndsWith("<credit@shop.example>", mail.Headers["from"], StringComparison.Ordinal);
            Assert.Matches("^<[0-9a-f]{32}@shop\\.example>$", mail.Headers["message-id"]);
            Assert.Equal("auto-generated", mail.Headers["auto-submitted"]);
            Assert.True(DateTimeOffset.TryParse(mail.Headers["date"], CultureInfo.InvariantCulture, out _), mail.Headers["date"]);
            Assert.Equal(mail.Headers.Count, mail.HeaderCount);
            Assert.Empty(mail.Defects);
            Assert.True(mail.IsAscii && mail.LongestLine <= 998);
            Assert.Contains($"Hello {Name},", mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
            Assert.Contains("夏目 漱石", mail.Html, StringComparison.Ordinal);
        }

        Assert.Equal(received.Count, received.Select(mail => mail.Headers["message-id"]).Distinct().Count());
        ReceivedMail Of(string subject) => received.Single(mail => mail.Subject.StartsWith(subject, StringComparison.Ordinal));
        Assert.Contains("<script>alert(1)</script> Sorry", Of("You received 12.34").Text, StringComparison.Ordinal);
        Assert.Contains($"for your order {number}", Of("You received 8.00").Text, StringComparison.Ordinal);
        Assert.Contains("- 5.00 USD", Of("You received 8.00").Text, StringComparison.Ordinal);
        Assert.Contains("- 3.00 USD", Of("You received 8.00").Text, StringComparison.Ordinal);
        Assert.Contains("Chipped jug", Of("You were refunded").Text, StringComparison.Ordinal);
        Assert.Contains($"20.00 USD of your order {number} with store credit", Of("You were refunded").Text, StringComparison.Ordinal);
        var file = Assert.Single(Of("Your statement").Files);
        using var pdf = new PdfFile(file.Content);
        var words = string.Concat(await pdf.PagesAsync());
        Assert.Contains("Bücher & Söhne", words, StringComparison.Ordinal);
        Assert.All(received.Where(mail => mail != Of("Your statement")), mail => Assert.Empty(mail.Files));
    }
}
