using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HandlebarsDotNet;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>A mail as it is read.</summary>
/// <param name="Text">The body without its marks, for readers that show none.</param>
public sealed record RenderedMail(string Subject, string Html, string Text);

/// <summary>Puts the fields of a mail into its text. Values are encoded for HTML in the body; a line break in a subject becomes a space.</summary>
public sealed class MailRenderer
{
    private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> compiled = new();
    private readonly IHandlebars bodies = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });
    private readonly IHandlebars subjects = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = true });

    /// <exception cref="HandlebarsException">The text names a field that there is not, or is broken.</exception>
    public RenderedMail Render(MailText text, MailFields fields)
    {
        using var json = JsonDocument.Parse(fields.ToJson());
        var values = ValueOf(json.RootElement)!;
        var subject = OneLine(Compiled(subjects, "s", text.Subject)(values));
        var body = Compiled(bodies, "b", text.Body)(values);
        return new RenderedMail(subject, Page(subject, body), TextOf(body));
    }

    private HandlebarsTemplate<object, object> Compiled(IHandlebars engine, string kind, string text) => compiled.GetOrAdd(kind + text, _ => engine.Compile(text));

    private static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(one => one.Name, one => ValueOf(one.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueOf).ToArray(),
        JsonValueKind.Null => null,
        _ => element.ToString(),
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(text.Where(char.IsControl).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Trim();

    private static string Page(string subject, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="en" dir="auto">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{System.Net.WebUtility.HtmlEncode(subject)}</title></head>
        <body style="margin:0 auto;max-width:36rem;padding:1.5rem;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">
        {body}
        </body>
        </html>
        """;

    private static string TextOf(string body)
    {
        var text = new StringBuilder();
        Append(text, new HtmlParser().ParseDocument(body).Body!);
        var lines = text.ToString().Split('\n', StringSplitOptions.TrimEntries);
        return string.Join('\n', lines.Where((line, place) => line.Length > 0 || (place > 0 && lines[place - 1].Length > 0))).Trim() + "\n";
    }

    private static void Append(StringBuilder text, INode node)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words:
                    text.Append(string.Join(' ', words.Data.Split(['\r', '\n', '\t'])));
                    break;
                case IElement { LocalName: "br" }:
                    text.Append('\n');
                    break;
                case IElement { LocalName: "a" } link:
                    Append(text, link);
                    text.Append(link.GetAttribute("href") is { Length: > 0 } address ? $" ({address})" : "");
                    break;
                case IElement { LocalName: "li" } item:
                    text.Append("\n- ");
                    Append(text, item);
                    break;
                case IElement { LocalName: "p" or "div" or "h1" or "h2" or "h3" or "ul" or "ol" or "table" or "tr" } block:
                    text.Append("\n\n");
                    Append(text, block);
                    text.Append("\n\n");
                    break;
                case IElement element:
                    Append(text, element);
                    break;
            }
        }
    }
}
