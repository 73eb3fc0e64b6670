using AngleSharp.Html.Parser;
using HandlebarsDotNet;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>What becomes of values and of markup when a mail is made, also where a text came past the editor.</summary>
public sealed class MailRendererTests
{
    private static readonly MailRenderer Renderer = new();

    [Fact]
    public void Every_delivered_text_passes_what_written_ones_must_pass() =>
        Assert.All(MailNames.Kinds, kind => Assert.Null(Renderer.Problem(kind, DefaultMails.Of(kind))));

    [Theory]
    [InlineData("夏目 漱石")]
    [InlineData("שרה לוי")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{balance}} & Söhne")]
    public void A_name_is_read_as_it_is_written_and_never_as_markup(string name)
    {
        var mail = Renderer.Render(new MailText("For {{customer.name}}", "<p>Hello {{customer.name}}, <b>{{balance}}</b></p>"), MailFields.Most.To(name));

        Assert.Equal("For " + name, mail.Subject);
        Assert.Equal($"Hello {name}, 40.00 USD\n", mail.Text);
        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a&b=c#d", "a%26b%3Dc%23d")]
    [InlineData("\" onclick=\"alert(1)", "%22%20onclick%3D%22alert%281%29")]
    [InlineData("山田", "%E5%B1%B1%E7%94%B0")]
    public void A_value_in_an_address_is_one_part_of_it(string name, string written)
    {
        var mail = Renderer.Render(new MailText("S", "<p><a href=\"https://shop.example/me?name={{customer.name}}&x=1\">Look</a></p>"), MailFields.Most.To(name));

        Assert.Contains($"href=\"https://shop.example/me?name={written}&amp;x=1\"", mail.Html, StringComparison.Ordinal);
        Assert.Equal($"Look (https://shop.example/me?name={written}&x=1)\n", mail.Text);
    }

    [Fact]
    public void A_line_break_in_a_value_makes_no_header() =>
        Assert.Equal("For Bea Bcc: thief@example.com", Renderer.Render(new MailText("For {{customer.name}}", "<p>x</p>"), MailFields.Most.To("Bea\r\nBcc: thief@example.com")).Subject);

    [Theory]
    [InlineData("de", "lang=\"de\" dir=\"ltr\"")]
    [InlineData("he", "lang=\"he\" dir=\"rtl\"")]
    [InlineData("zh-Hant", "lang=\"zh-Hant\" dir=\"ltr\"")]
    public void The_page_says_its_language_and_direction(string language, string said)
    {
        var mail = Renderer.Render(new MailText("S", "<p>x</p>", language), MailFields.Most);

        Assert.Contains($"<html {said}>", mail.Html, StringComparison.Ordinal);
        Assert.Equal(language, mail.Language);
    }

    [Fact]
    public void Each_credit_is_told_with_its_own_fields_and_those_of_the_mail()
    {
        var text = new MailText("S", "{{#each credits}}<p>{{amount}}{{#if expires_on}} to {{expires_on}}{{/if}} for {{../customer.name}}</p>{{else}}<p>one</p>{{/each}}{{#unless order.number}}<p>no order</p>{{/unless}}");
        Assert.Null(Renderer.Problem(MailKind.CreditReceived, text));

        Assert.Equal("15.00 USD to 2027-12-31 for Ada Example\n\n10.00 USD to 2027-06-30 for Ada Example\n", Renderer.Render(text, MailFields.Most).Text);
        Assert.Equal("one\n\nno order\n", Renderer.Render(text, MailFields.Least).Text);
    }

    [Theory]
    [InlineData("<p>x</p><script>alert(1)</script>")]
    [InlineData("<p onclick=\"alert(1)\">x</p>")]
    [InlineData("<p>{{customer.nme}}</p>")]
    [InlineData("<p>{{#if balance}}</p>")]
    public void A_text_that_came_past_the_editor_makes_no_mail(string body) =>
        Assert.ThrowsAny<HandlebarsException>(() => Renderer.Render(new MailText("S", body), MailFields.Most));

    [Fact]
    public void Whatever_a_mail_may_not_hold_is_taken_out_at_the_end()
    {
        using var page = new HtmlParser().ParseDocument(
            "<p onclick=\"x\" align=\"left\">a<script>x</script><!-- x --></p><iframe></iframe><svg><p>b</p></svg><a href=\"javascript:x\">c</a><img src=\"http://x.example/\"><form><b>d</b></form>"
            + "<p style=\"background:url(x)\">e</p>");

        MailMarkup.Clean(page.Body!);

        Assert.Equal("<p align=\"left\">a</p><p>b</p><a>c</a><img><p>e</p>", page.Body!.InnerHtml);
    }

    [Fact]
    public void Texts_that_are_being_written_are_not_kept_and_those_that_are_sent_are_kept_within_bounds()
    {
        var renderer = new MailRenderer();
        for (var n = 0; n < 100; n++)
        {
            renderer.RenderOnce(new MailText("S", $"<p>{n}</p>"), MailFields.Most);
        }

        Assert.Equal(0, renderer.Kept);
        for (var n = 0; n < 150; n++)
        {
            renderer.Render(new MailText("S", $"<p>{n}</p>"), MailFields.Most);
        }

        Assert.InRange(renderer.Kept, 1, 64);
    }
}
