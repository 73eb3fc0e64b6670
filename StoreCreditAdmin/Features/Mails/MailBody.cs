using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>
/// A body as the browser's rules read it, fields and all: each tag in braces is put in as a word that nothing else has, and looked for in what came of the parse. So it is
/// known of each whether it stands between elements, in a link's address, or where no value may come.
/// </summary>
internal static partial class MailBody
{
    /// <summary>Puts a value into an address.</summary>
    public const string AddressHelper = "in_address";

    private const int MaxElements = 5000;

    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsKeepingSourceReferences = true });

    /// <returns>The body with the fields in addresses marked as such.</returns>
    /// <exception cref="MailSyntaxException">Something stands where it may not.</exception>
    public static string Prepare(string body, IReadOnlyList<MailTag> tags)
    {
        if (PageFrame().Match(body) is { Success: true } frame)
        {
            throw MailSyntax.Broken(body.AsSpan(0, frame.Index).Count('\n') + 1, "Write only what stands between <body> and </body>. The rest of the page is made by itself.");
        }

        if (body.AsSpan().Count('<') > MaxElements)
        {
            throw new MailSyntaxException($"Use at most {MaxElements} elements.");
        }

        var mark = "x" + Guid.NewGuid().ToString("N");
        using var document = Parser.ParseDocument(Marked(body, tags, mark));
        MailMarkup.DemandShallow(document.Body!);
        var inAddresses = new HashSet<int>();
        foreach (var node in document.Descendants())
        {
            if (node is IComment)
            {
                throw new MailSyntaxException("Remarks in <!-- --> cannot stand in an e-mail. Take them out.");
            }

            if (node is IElement element && !IsFrame(element))
            {
                inAddresses.UnionWith(Look(element, mark, tags));
            }
        }

        return inAddresses.Count == 0 ? body : Rewritten(body, tags, inAddresses);
    }

    private static bool IsFrame(IElement element) => element.LocalName is "html" or "head" or "body";

    private static List<int> Look(IElement element, string mark, IReadOnlyList<MailTag> tags)
    {
        var line = element.SourceReference?.Position.Line ?? 1;
        if (element.LocalName.Contains(mark, StringComparison.Ordinal) || element.Attributes.Any(attribute => attribute.Name.Contains(mark, StringComparison.Ordinal)))
        {
            throw MailSyntax.Broken(line, "A field or block stands within < and >. It can stand between elements, or in the address of a link.");
        }

        var inAddress = new List<int>();
        foreach (var attribute in element.Attributes.Where(attribute => attribute.Value.Contains(mark, StringComparison.Ordinal)))
        {
            var places = Places(attribute.Value, mark);
            if (attribute.Name != MailMarkup.Address || places.Exists(place => tags[place].Kind != MailTagKind.Field) || !FixedStart(mark).IsMatch(attribute.Value))
            {
                throw MailSyntax.Broken(
                    line, $"A field cannot stand in {attribute.Name}=\"…\". It can stand in the address of a link, behind https:// and the name of the site, or behind the ? of a mailto: address.");
            }

            inAddress.AddRange(places);
        }

        return MailMarkup.Problem(element) is { } problem ? throw MailSyntax.Broken(line, problem) : inAddress;
    }

    private static string Marked(string body, IReadOnlyList<MailTag> tags, string mark) =>
        Replaced(body, tags, (_, place) => string.Create(CultureInfo.InvariantCulture, $"{mark}x{place}x"));

    private static string Rewritten(string body, IReadOnlyList<MailTag> tags, HashSet<int> inAddresses) =>
        Replaced(body, tags, (tag, place) => inAddresses.Contains(place) ? $"{{{{{AddressHelper} {tag.Path}}}}}" : body.Substring(tag.Start, tag.Length));

    private static string Replaced(string body, IReadOnlyList<MailTag> tags, Func<MailTag, int, string> by)
    {
        var text = new StringBuilder(body.Length + (tags.Count * 40));
        var end = 0;
        foreach (var (place, tag) in tags.Index())
        {
            text.Append(body, end, tag.Start - end).Append(by(tag, place));
            end = tag.End;
        }

        return text.Append(body, end, body.Length - end).ToString();
    }

    /// <summary>Which tags stand in the value.</summary>
    private static List<int> Places(string value, string mark) =>
        [.. Regex.Matches(value, mark + "x([0-9]+)x").Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

    /// <summary>An address whose site, or whose receiver, no field is a part of.</summary>
    private static Regex FixedStart(string mark) =>
        new($@"\A\s*(https?://(?:(?!{mark})[^/?#\s\\])+[/?#]|mailto:(?:(?!{mark})[^?])*\?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"<\s*/?\s*(html|head|body)\b|<!doctype", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageFrame();
}
