using System.Text;
using AngleSharp.Dom;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>The words of a mail without its marks, for readers that show none.</summary>
internal static class MailPlainText
{
    public static string Of(IElement body)
    {
        var text = new StringBuilder();
        Append(text, body);
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
                case IElement { LocalName: "br" or "hr" }:
                    text.Append('\n');
                    break;
                case IElement { LocalName: "img" } picture:
                    text.Append(picture.GetAttribute("alt"));
                    break;
                case IElement { LocalName: "a" } link:
                    Append(text, link);
                    text.Append(link.GetAttribute(MailMarkup.Address) is { Length: > 0 } address ? $" ({address})" : "");
                    break;
                case IElement { LocalName: "li" } item:
                    text.Append("\n- ");
                    Append(text, item);
                    break;
                case IElement { LocalName: "td" or "th" } cell:
                    Append(text, cell);
                    text.Append("  ");
                    break;
                case IElement { LocalName: "tr" or "dt" or "dd" } row:
                    text.Append('\n');
                    Append(text, row);
                    text.Append('\n');
                    break;
                case IElement { LocalName: "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre" } block:
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
