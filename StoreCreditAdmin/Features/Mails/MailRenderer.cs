using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>A mail as it is read.</summary>
/// <param name="Text">The body without its marks, for readers that show none.</param>
/// <param name="Language">The tag of the language that it is written in.</param>
public sealed record RenderedMail(string Subject, string Html, string Text, string Language = Language.English);

/// <summary>
/// Puts the fields of a mail into its text. Values are encoded: for HTML in the body, for addresses in links. A line break in a subject becomes a space. Whatever a mail
/// may not hold is taken out at the end, however it got into the text.
/// </summary>
public sealed class MailRenderer
{
    /// <summary>More than there are kinds and languages in most shops. Texts that nobody sends any more go when there are so many.</summary>
    private const int MostKept = 64;

    private static readonly HtmlParser Parser = new();

    private readonly ConcurrentDictionary<MailText, Compiled> kept = new();
    private readonly IHandlebars bodies = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });
    private readonly IHandlebars subjects = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = true });

    public MailRenderer()
    {
        bodies.RegisterHelper(MailBody.AddressHelper, (_, arguments) => Uri.EscapeDataString(arguments[0]?.ToString() ?? ""));
    }

    /// <summary>How many texts are kept ready.</summary>
    internal int Kept => kept.Count;

    /// <exception cref="HandlebarsException">The text names a field that there is not, or is broken.</exception>
    public RenderedMail Render(MailText text, MailFields fields) => Render(Ready(text), text, fields);

    /// <summary>As <see cref="Render(MailText, MailFields)"/> for a text that is still being written: nothing of it is kept.</summary>
    /// <inheritdoc cref="Render(MailText, MailFields)" path="/exception"/>
    public RenderedMail RenderOnce(MailText text, params ReadOnlySpan<MailFields> examples)
    {
        var compiled = Compile(text);
        RenderedMail? last = null;
        foreach (var fields in examples)
        {
            last = Render(compiled, text, fields);
        }

        return last!;
    }

    /// <inheritdoc cref="Render(MailText, MailFields)" path="/exception"/>
    public string Subject(MailText text, MailFields fields) => OneLine(Filled(Ready(text).Subject, ValuesOf(fields)));

    private static RenderedMail Render(Compiled compiled, MailText text, MailFields fields)
    {
        var values = ValuesOf(fields);
        var subject = OneLine(Filled(compiled.Subject, values));
        using var document = Parser.ParseDocument(Filled(compiled.Body, values));
        var body = document.Body!;
        MailMarkup.DemandShallow(body);
        MailMarkup.Clean(body);
        return new RenderedMail(subject, Page(subject, body.InnerHtml, text.Language), MailPlainText.Of(body), text.Language);
    }

    /// <summary>A field that there is not is a fault of the text like any other.</summary>
    private static string Filled(HandlebarsTemplate<object, object> template, object values)
    {
        try
        {
            return template(values);
        }
        catch (HandlebarsUndefinedBindingException exception)
        {
            throw new MailSyntaxException($"There is no field {{{{{exception.Path}}}}}.");
        }
    }

    private Compiled Ready(MailText text)
    {
        if (!kept.TryGetValue(text, out var ready))
        {
            ready = Compile(text);
            if (kept.Count >= MostKept)
            {
                kept.Clear();
            }

            kept[text] = ready;
        }

        return ready;
    }

    private Compiled Compile(MailText text)
    {
        MailSyntax.Read(text.Subject);
        return new Compiled(subjects.Compile(text.Subject), bodies.Compile(MailBody.Prepare(text.Body, MailSyntax.Read(text.Body))));
    }

    private static object ValuesOf(MailFields fields)
    {
        using var json = JsonDocument.Parse(fields.ToJson());
        return ValueOf(json.RootElement)!;
    }

    private static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(one => one.Name, one => ValueOf(one.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueOf).ToArray(),
        JsonValueKind.Null => null,
        _ => element.ToString(),
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(text.Where(char.IsControl).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Trim();

    private static string Page(string subject, string body, string language) =>
        $"""
        <!DOCTYPE html>
        <html lang="{WebUtility.HtmlEncode(language)}" dir="{(Language.IsRightToLeft(language) ? "rtl" : "ltr")}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(subject)}</title></head>
        <body style="margin:0 auto;max-width:36rem;padding:1.5rem;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">
        {body}
        </body>
        </html>
        """;

    private sealed record Compiled(HandlebarsTemplate<object, object> Subject, HandlebarsTemplate<object, object> Body);
}
