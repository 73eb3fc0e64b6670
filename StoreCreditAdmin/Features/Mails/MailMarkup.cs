using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Which HTML a mail may hold: what mail programs show, and nothing that acts, loads or asks by itself but pictures.</summary>
internal static partial class MailMarkup
{
    public const string Address = "href";
    public const int MaxDepth = 100;

    private static readonly FrozenSet<string> Elements = FrozenSet.Create(
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
        "img", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul");

    private static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "dir", "face", Address, "height", "lang", "role", "rowspan", "scope", "size", "span", "src", "start", "style",
        "target", "title", "type", "valign", "width");

    /// <summary>What is wrong with the element itself or one of its attributes; null where all is well.</summary>
    public static string? Problem(IElement element)
    {
        var name = element.LocalName;
        if (!Elements.Contains(name) || element.NamespaceUri != NamespaceNames.HtmlUri)
        {
            return name == "style"
                ? "<style> cannot stand in an e-mail. Write style=\"…\" at each element."
                : $"<{Texts.Shortened(name, 20)}> cannot stand in an e-mail. Take it out.";
        }

        return element.Attributes.Select(attribute => Problem(name, attribute.LocalName, attribute.Value)).FirstOrDefault(problem => problem is not null);
    }

    /// <exception cref="MailSyntaxException">Elements stand deeper in each other than can be walked through.</exception>
    public static void DemandShallow(IElement root)
    {
        if (root.Descendants<IElement>().Any(element => element.Ancestors().Skip(MaxDepth).Any()))
        {
            throw new MailSyntaxException($"More than {MaxDepth} elements stand within each other. Close those that are over.");
        }
    }

    /// <summary>Takes out whatever <see cref="Problem"/> finds fault with, and remarks.</summary>
    public static void Clean(IElement root)
    {
        foreach (var node in root.Descendants().ToList())
        {
            if (node is IComment || (node is IElement element && (!Elements.Contains(element.LocalName) || element.NamespaceUri != NamespaceNames.HtmlUri)))
            {
                (node as IChildNode)?.Remove();
            }
            else if (node is IElement kept)
            {
                foreach (var attribute in kept.Attributes.Where(attribute => Problem(kept.LocalName, attribute.LocalName, attribute.Value) is not null).ToList())
                {
                    kept.RemoveAttribute(attribute.Name);
                }
            }
        }
    }

    private static string? Problem(string element, string attribute, string value) => attribute switch
    {
        ['o', 'n', ..] => $"{Texts.Shortened(attribute, 20)} at <{element}> would run a script. Take it out.",
        _ when !Attributes.Contains(attribute) => $"{Texts.Shortened(attribute, 20)} at <{element}> cannot stand in an e-mail. Take it out.",
        Address when element != "a" || !Link().IsMatch(value) => "A link leads to an address that begins with https://, http:// or mailto:.",
        "src" when element != "img" || !Picture().IsMatch(value) => "A picture's src is an address that begins with https://, or data:image/ with a PNG, JPEG, GIF or WebP.",
        "style" when Style().IsMatch(value) => "A style cannot load or run anything: take out url(…), @ and backslashes.",
        _ => null,
    };

    [GeneratedRegex(@"\A\s*(https?://[^\s/?#]|mailto:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"\A\s*(https://[^\s/?#]|data:image/(png|jpeg|gif|webp)[;,])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Picture();

    [GeneratedRegex(@"[\\@<]|/\*|url\s*\(|image-set|expression|script:|behaviou?r|binding", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Style();
}
