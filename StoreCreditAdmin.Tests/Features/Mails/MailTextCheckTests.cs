using System.Diagnostics;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>Which texts are refused, at which field and with which words.</summary>
public sealed class MailTextCheckTests
{
    private static readonly MailRenderer Renderer = new();

    [Theory]
    [InlineData("", "Write a subject.")]
    [InlineData("   ", "Write a subject.")]
    [InlineData("One\nBcc: thief@example.com", "Write it on one line, without control characters.")]
    [InlineData("{{order.number}}", "Where its fields are empty there would be no subject. Write some words as well.")]
    [InlineData("{{custmer.name}}", "There is no field {{custmer.name}}. Did you mean {{customer.name}}?")]
    [InlineData("Hello {{customer.name", "{{customer.name is never closed. Write }} after it.")]
    [InlineData("Hello {{{customer.name}}}", "{{{ and {{& would put a value in as HTML. Write {{ and }}.")]
    [InlineData("{{#if balance}}Hello", "{{#if balance}} is never closed. Write {{/if}} where it ends.")]
    public void A_subject_that_cannot_be_is_refused(string subject, string says)
    {
        var refusal = Renderer.Problem(MailKind.CreditReceived, new MailText(subject, "<p>x</p>"));

        Assert.Equal(("subject", says), (refusal?.Field, refusal?.Message));
    }

    [Theory]
    [InlineData("", "Write what the e-mail says.")]
    [InlineData("{{#if order.number}}<p>x</p>{{/if}}", "Where its fields are empty there would be nothing to read. Write some words as well.")]
    [InlineData("<p>x</p>\n{{#if order.number}}{{custmer.name}}{{/if}}", "Line 2: There is no field {{custmer.name}}. Did you mean {{customer.name}}?")]
    [InlineData("<p>{{secret}}</p>", "Line 1: There is no field {{secret}}. There are customer.name, store.name, balance, credit.amount, expires_on, order.number, credit.type, credit.name, credit.note, credits.")]
    [InlineData("{{#each credits}}{{amuont}}{{/each}}", "Line 1: There is no field {{amuont}} within {{#each credits}}. Did you mean {{amount}}?")]
    [InlineData("{{#each credits}}{{balance}}{{/each}}", "Line 1: There is no field {{balance}} within {{#each credits}}. Write {{../balance}} for the one of the whole e-mail.")]
    [InlineData("<p>{{amount}}</p>", "Line 1: There is no field {{amount}}. There are customer.name")]
    [InlineData("<p>{{credits}}</p>", "Line 1: {{credits}} is a list. Write {{#each credits}} … {{/each}}.")]
    [InlineData("{{#each balance}}x{{/each}}", "Line 1: balance is no list")]
    [InlineData("{{#each credits}}{{#each ../credits}}x{{/each}}{{/each}}", "Line 1: A list cannot stand in a list.")]
    [InlineData("<p>\n{{#if balance}}</p>\n{{/each}}", "Line 3: {{/each}} closes {{#if balance}} of line 2. Write {{/if}} first.")]
    [InlineData("<p>x</p>{{/if}}", "Line 1: {{/if}} closes nothing.")]
    [InlineData("<p>x</p>{{else}}", "Line 1: {{else}} stands outside of any block.")]
    [InlineData("{{#with customer}}x{{/with}}", "Line 1: There is no block {{#with customer}}.")]
    [InlineData("{{#if}}x{{/if}}", "Line 1: There is no block {{#if}}.")]
    [InlineData("{{> footer}}", "Line 1: Other texts cannot be drawn in by {{>.")]
    [InlineData("{{& customer.name}}", "Line 1: {{{ and {{& would put")]
    [InlineData("{{lookup customer name}}", "Line 1: {{lookup customer name}} is no field.")]
    [InlineData("{{! remark }}x", "Line 1: Notes in {{! }} cannot stand here.")]
    [InlineData("{{}}x", "Line 1: Nothing stands between {{ and }}.")]
    [InlineData("\\{{balance}}", "Line 1: A backslash stands before {{.")]
    [InlineData("{{balance}}}", "Line 1: There is one } too many")]
    [InlineData("{{in_address balance}}", "Line 1: {{in_address balance}} is no field.")]
    public void Braces_that_cannot_be_are_refused_at_the_body(string body, string says) => AssertRefused(body, says);

    [Theory]
    [InlineData("<p>x</p>\n<script>alert(1)</script>", "Line 2: <script> cannot stand in an e-mail.")]
    [InlineData("<p onclick=\"alert(1)\">x</p>", "Line 1: onclick at <p> would run a script.")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "Line 1: A link leads to an address that begins with")]
    [InlineData("<a href=\" jAvAsCrIpT:alert(1)\">x</a>", "Line 1: A link leads to")]
    [InlineData("<a href=\"java&#10;script:alert(1)\">x</a>", "Line 1: A link leads to")]
    [InlineData("<a href=\"/me\">x</a>", "Line 1: A link leads to")]
    [InlineData("<style>@import url(https://evil.example)</style><p>x</p>", "Line 1: <style> cannot stand in an e-mail. Write style=")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://evil.example\"><p>x</p>", "Line 1: <link> cannot stand")]
    [InlineData("<iframe src=\"https://evil.example\"></iframe><p>x</p>", "Line 1: <iframe> cannot stand")]
    [InlineData("<form action=\"https://evil.example\"><p>x</p></form>", "Line 1: <form> cannot stand")]
    [InlineData("<object data=\"https://evil.example\"></object><p>x</p>", "Line 1: <object> cannot stand")]
    [InlineData("<svg><a href=\"https://evil.example\">x</a></svg>", "Line 1: <svg> cannot stand")]
    [InlineData("<p style=\"background:url(https://evil.example)\">x</p>", "Line 1: A style cannot load or run anything")]
    [InlineData("<p style=\"background:u\\72l(//evil.example)\">x</p>", "Line 1: A style cannot load or run anything")]
    [InlineData("<img src=\"http://evil.example/x.png\"><p>x</p>", "Line 1: A picture's src is")]
    [InlineData("<img src=\"data:text/html,x\"><p>x</p>", "Line 1: A picture's src is")]
    [InlineData("<p id=\"x\">x</p>", "Line 1: id at <p> cannot stand")]
    [InlineData("<p>x</p><!-- x -->", "Remarks in <!-- --> cannot stand")]
    [InlineData("<html>\n<body><p>x</p></body></html>", "Line 1: Write only what stands between <body> and </body>.")]
    public void Markup_that_acts_or_loads_is_refused_at_the_body(string body, string says) => AssertRefused(body, says);

    [Theory]
    [InlineData("<p title=\"{{customer.name}}\">x</p>", "Line 1: A field cannot stand in title")]
    [InlineData("<a href=\"{{customer.name}}\">x</a>", "Line 1: A field cannot stand in href")]
    [InlineData("<a href=\"https://{{customer.name}}/\">x</a>", "Line 1: A field cannot stand in href")]
    [InlineData("<a href=\"https://shop.example{{customer.name}}\">x</a>", "Line 1: A field cannot stand in href")]
    [InlineData("<a href=\"mailto:{{customer.name}}\">x</a>", "Line 1: A field cannot stand in href")]
    [InlineData("<a href=\"{{#if balance}}https://a.example/{{else}}javascript:alert(1){{/if}}\">x</a>", "Line 1: A field cannot stand in href")]
    [InlineData("<a href=\"https://a.example/{{#if balance}}x{{/if}}\">x</a>", "Line 1: A field cannot stand in href")]
    [InlineData("<p {{customer.name}}>x</p>", "Line 1: A field or block stands within < and >.")]
    [InlineData("<{{customer.name}}>x", "Line 1: A field or block stands within < and >.")]
    [InlineData("{{#if balance}}<!--{{/if}} <b>x</b> {{#if balance}}-->{{/if}}", "Remarks in <!-- --> cannot stand")]
    [InlineData("<img src=\"https://a.example/{{order.number}}\"><p>x</p>", "Line 1: A field cannot stand in src")]
    public void A_field_where_its_value_could_become_markup_is_refused_at_the_body(string body, string says) => AssertRefused(body, says);

    [Theory]
    [InlineData("<a href=\"https://shop.example/orders/{{order.number}}?x={{customer.name}}\">x</a>")]
    [InlineData("<a href='mailto:help@shop.example?subject={{order.number}}'>x</a>")]
    [InlineData("<table width=\"100%\"><tbody>{{#each credits}}<tr><td style=\"padding:4px\">{{amount}}</td></tr>{{/each}}</tbody></table><p>x</p>")]
    [InlineData("<img src=\"https://shop.example/logo.png\" alt=\"Shop\" width=\"120\"><h1 align=\"center\">شكرا</h1>")]
    [InlineData("{{#if expires_on}}<p>{{expires_on}}{{else}}<p>never{{/if}}</p>")]
    public void What_mails_are_made_of_is_taken(string body) => Assert.Null(Renderer.Problem(MailKind.CreditReceived, new MailText("S", body)));

    [Fact]
    public void A_mail_has_the_fields_that_it_fills_and_no_others()
    {
        var text = new MailText("S", "<p>{{order.number}}</p>");

        Assert.Null(Renderer.Problem(MailKind.CreditRedeemed, text with { Body = text.Body + "x" }));
        Assert.Contains("There is no field {{credit.amount}}", Renderer.Problem(MailKind.MonthlyStatement, text with { Subject = "{{statement.to}} {{credit.amount}}" })?.Message, StringComparison.Ordinal);
        Assert.Contains("There is no field {{order.number}}", Renderer.Problem(MailKind.CreditExpiring, text)?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_taken_up_to_the_limit_and_quickly_refused_beyond()
    {
        Assert.Null(Renderer.Problem(MailKind.CreditReceived, new MailText("S", $"<p>{new string('字', 99_990)}</p>")));
        Assert.Equal(("body", "Write at most 100000 characters; this has 100001."), Refused(new MailText("S", new string('x', 100_001))));
        Assert.Equal(("subject", "Write at most 200 characters; this has 201."), Refused(new MailText(new string('x', 201), "<p>x</p>")));
        var watch = Stopwatch.StartNew();
        Assert.Equal(("body", "Use at most 1000 fields and blocks."), Refused(new MailText("S", string.Concat(Enumerable.Repeat("{{balance}}", 9_000)))));
        Assert.Equal(("body", "Use at most 5000 elements."), Refused(new MailText("S", string.Concat(Enumerable.Repeat("<b>", 30_000)))));
        Assert.Equal(("body", "More than 100 elements stand within each other. Close those that are over."), Refused(new MailText("S", string.Concat(Enumerable.Repeat("<div>x", 5_000)))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    private static (string?, string?) Refused(MailText text) => Renderer.Problem(MailKind.CreditReceived, text) is { } refusal ? (refusal.Field, refusal.Message) : (null, null);

    private static void AssertRefused(string body, string says)
    {
        var refusal = Renderer.Problem(MailKind.CreditReceived, new MailText("S", body));

        Assert.Equal("body", refusal?.Field);
        Assert.StartsWith(says, refusal!.Message, StringComparison.Ordinal);
    }
}
