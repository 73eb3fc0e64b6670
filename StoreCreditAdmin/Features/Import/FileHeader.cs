using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Import;

/// <summary>The names of a file's columns.</summary>
public sealed class FileHeader
{
    private readonly string[] names;
    private readonly Dictionary<string, int> indexes;

    private FileHeader(string[] names, Dictionary<string, int> indexes)
    {
        this.names = names;
        this.indexes = indexes;
    }

    /// <summary>As the file writes them, trimmed; a column without a name has an empty one.</summary>
    public IReadOnlyList<string> Names => names;

    public static Result<FileHeader> Of(IEnumerable<string> cells)
    {
        string[] names = [.. cells.Select(cell => cell.Trim())];
        var indexes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && !indexes.TryAdd(names[i], i))
            {
                return new Refusal("file-invalid", $"Two columns are named '{names[i]}'. Rename or remove one of them.", ImportFields.File);
            }
        }

        return new FileHeader(names, indexes);
    }

    /// <summary>Where the column of that name is, without regard to case; null when there is none.</summary>
    public int? IndexOf(string name) => indexes.TryGetValue(name, out var index) ? index : null;
}

/// <summary>The inputs of the import page that refusals point at.</summary>
public static class ImportFields
{
    public const string File = "file";
    public const string Mapping = "mapping";
}
