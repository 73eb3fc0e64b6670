using System.Text.RegularExpressions;

namespace StoreCreditAdmin.Features.Mails;

internal enum MailTagKind
{
    Field,
    Open,
    Else,
    Close,
}

/// <summary>Something in double braces.</summary>
/// <param name="Path">The field that it names; empty for what closes or turns a block.</param>
internal sealed record MailTag(MailTagKind Kind, string Block, string Path, int Start, int Length, int Line)
{
    public int End => Start + Length;
}

/// <summary>What is wrong with a text, in a sentence for the person who writes it.</summary>
internal sealed class MailSyntaxException(string message) : HandlebarsDotNet.HandlebarsException(message);

/// <summary>
/// Reads what stands in double braces: fields, and the blocks <c>#if</c>, <c>#unless</c> and <c>#each</c>. Nothing else of the template language is taken: no output
/// without encoding, no partials, no helpers.
/// </summary>
internal static partial class MailSyntax
{
    public const int MaxTags = 1000;

    private const string Open = "{{";
    private const string Close = "}}";

    /// <exception cref="MailSyntaxException">It is broken, or more than fields and blocks.</exception>
    public static IReadOnlyList<MailTag> Read(string text)
    {
        var tags = new List<MailTag>();
        var open = new Stack<MailTag>();
        var (line, counted) = (1, 0);
        for (var start = text.IndexOf(Open, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Open, tags[^1].End, StringComparison.Ordinal))
        {
            line += text.AsSpan(counted, start - counted).Count('\n');
            counted = start;
            var tag = TagAt(text, start, line);
            Follow(tag, open);
            tags.Add(tag);
            if (tags.Count > MaxTags)
            {
                throw new MailSyntaxException($"Use at most {MaxTags} fields and blocks.");
            }
        }

        return open.TryPeek(out var left) ? throw Broken(left.Line, $"{{{{#{left.Block} {left.Path}}}}} is never closed. Write {{{{/{left.Block}}}}} where it ends.") : tags;
    }

    private static MailTag TagAt(string text, int start, int line)
    {
        if (start > 0 && text[start - 1] == '\\')
        {
            throw Broken(line, "A backslash stands before {{. Take it out.");
        }

        if (text.AsSpan(start).StartsWith("{{{"))
        {
            throw Unencoded(line);
        }

        var end = text.IndexOf(Close, start, StringComparison.Ordinal);
        var inside = end < 0 ? text[(start + 2)..] : text[(start + 2)..end];
        if (end < 0 || inside.Contains('\n', StringComparison.Ordinal) || inside.Contains(Open, StringComparison.Ordinal))
        {
            throw Broken(line, $"{{{{{Texts.Shortened(inside.Split('\n', '{')[0].Trim(), 30)} is never closed. Write }}}} after it.");
        }

        if (text.AsSpan(end).StartsWith("}}}"))
        {
            throw Broken(line, $"There is one }} too many after {{{{{inside}}}}}.");
        }

        return TagOf(inside.Trim(), start, end + 2 - start, line);
    }

    private static MailTag TagOf(string inside, int start, int length, int line)
    {
        if (Field().IsMatch(inside))
        {
            return inside == "else" ? new MailTag(MailTagKind.Else, "", "", start, length, line) : new MailTag(MailTagKind.Field, "", inside, start, length, line);
        }

        if (Block().Match(inside) is { Success: true } block)
        {
            return new MailTag(MailTagKind.Open, block.Groups[1].Value, block.Groups[2].Value, start, length, line);
        }

        if (BlockEnd().Match(inside) is { Success: true } blockEnd)
        {
            return new MailTag(MailTagKind.Close, blockEnd.Groups[1].Value, "", start, length, line);
        }

        throw inside switch
        {
            "" => Broken(line, "Nothing stands between {{ and }}. Name a field."),
            ['&', ..] => Unencoded(line),
            ['>', ..] => Broken(line, "Other texts cannot be drawn in by {{>. Write the words here."),
            ['!', ..] => Broken(line, "Notes in {{! }} cannot stand here. Take them out."),
            ['#' or '/' or '^' or '~' or '*' or '@', ..] or ['e', 'l', 's', 'e', ' ', ..] =>
                Broken(line, $"There is no block {{{{{Texts.Shortened(inside, 30)}}}}}. There are {{{{#if …}}}}, {{{{#unless …}}}} and {{{{#each …}}}}, each with one field, closed by {{{{/if}}}}, {{{{/unless}}}} and {{{{/each}}}}."),
            _ => Broken(line, $"{{{{{Texts.Shortened(inside, 30)}}}}} is no field. A field is one name in small letters, such as {{{{customer.name}}}}."),
        };
    }

    private static void Follow(MailTag tag, Stack<MailTag> open)
    {
        if (tag.Kind == MailTagKind.Open)
        {
            open.Push(tag);
        }
        else if (tag.Kind == MailTagKind.Else && open.Count == 0)
        {
            throw Broken(tag.Line, "{{else}} stands outside of any block.");
        }
        else if (tag.Kind == MailTagKind.Close)
        {
            if (!open.TryPop(out var last))
            {
                throw Broken(tag.Line, $"{{{{/{tag.Block}}}}} closes nothing.");
            }

            if (last.Block != tag.Block)
            {
                throw Broken(tag.Line, $"{{{{/{tag.Block}}}}} closes {{{{#{last.Block} {last.Path}}}}} of line {last.Line}. Write {{{{/{last.Block}}}}} first.");
            }
        }
    }

    public static MailSyntaxException Broken(int line, string sentence) => new($"Line {line}: {sentence}");

    private static MailSyntaxException Unencoded(int line) => Broken(line, "{{{ and {{& would put a value in as HTML. Write {{ and }}.");

    [GeneratedRegex(@"\A(\.\./)*[a-z_]+(\.[a-z_]+)*\z")]
    private static partial Regex Field();

    [GeneratedRegex(@"\A#(if|unless|each) +((?:\.\./)*[a-z_]+(?:\.[a-z_]+)*)\z")]
    private static partial Regex Block();

    [GeneratedRegex(@"\A/(if|unless|each)\z")]
    private static partial Regex BlockEnd();
}
