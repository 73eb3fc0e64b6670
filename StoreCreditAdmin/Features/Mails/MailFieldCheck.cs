namespace StoreCreditAdmin.Features.Mails;

/// <summary>Finds fields that there are not, wherever they stand: also where a block hides them from most mails.</summary>
internal static class MailFieldCheck
{
    private const string Up = "../";
    private const string Each = "each";

    /// <exception cref="MailSyntaxException">A tag names what there is not where it stands.</exception>
    public static void Check(IReadOnlyList<MailTag> tags, IReadOnlyList<MailField> fields)
    {
        var open = new Stack<MailTag>();
        foreach (var tag in tags)
        {
            var list = open.FirstOrDefault(one => one.Block == Each);
            var inList = list is null ? null : fields.First(field => field.Name == list.Path);
            if (tag.Kind is MailTagKind.Field or MailTagKind.Open)
            {
                CheckOne(tag, fields, inList);
            }

            if (tag.Kind == MailTagKind.Open)
            {
                open.Push(tag);
            }
            else if (tag.Kind == MailTagKind.Close)
            {
                open.Pop();
            }
        }
    }

    private static void CheckOne(MailTag tag, IReadOnlyList<MailField> all, MailField? list)
    {
        var isOuter = list is not null && tag.Path.StartsWith(Up, StringComparison.Ordinal);
        var name = isOuter ? tag.Path[Up.Length..] : tag.Path;
        var here = list is null || isOuter ? all : list.Each;
        if (here.FirstOrDefault(field => field.Name == name) is not { } found)
        {
            throw MailSyntax.Broken(tag.Line, Unknown(tag, here, all, list));
        }

        if (tag.Kind == MailTagKind.Field && found.IsList)
        {
            throw MailSyntax.Broken(tag.Line, $"{{{{{tag.Path}}}}} is a list. Write {{{{#each {tag.Path}}}}} … {{{{/each}}}}.");
        }

        if (tag.Block == Each && (!found.IsList || list is not null))
        {
            throw MailSyntax.Broken(tag.Line, found.IsList ? "A list cannot stand in a list." : $"{tag.Path} is no list, so {{{{#each {tag.Path}}}}} has nothing to go through.");
        }
    }

    private static string Unknown(MailTag tag, IReadOnlyList<MailField> here, IReadOnlyList<MailField> all, MailField? list)
    {
        var name = $"There is no field {{{{{Texts.Shortened(tag.Path, 40)}}}}}{(list is null ? "" : $" within {{{{#each {list.Name}}}}}")}.";
        if (list is not null && all.Any(field => field.Name == tag.Path))
        {
            return $"{name} Write {{{{{Up}{tag.Path}}}}} for the one of the whole e-mail.";
        }

        var nearest = here.Select(field => (field.Name, Distance: Distance(field.Name, tag.Path))).MinBy(one => one.Distance);
        return nearest.Distance <= Math.Max(2, tag.Path.Length / 3)
            ? $"{name} Did you mean {{{{{nearest.Name}}}}}?"
            : $"{name} There are {string.Join(", ", here.Select(field => field.Name))}.";
    }

    /// <summary>How many letters must be put in, taken out or changed to make the one of the other.</summary>
    private static int Distance(string one, string other)
    {
        if (other.Length > 2 * one.Length + 10)
        {
            return other.Length;
        }

        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[^1];
    }
}
