using System.Text.RegularExpressions;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>The application's source, file by file, as a reader of its rules sees it: without comments.</summary>
public sealed partial record SourceText(string Path, string Code)
{
    private static readonly string[] NotSource = ["bin", "obj"];

    /// <summary>C# and Razor files of a folder and those below it.</summary>
    /// <param name="folder">Relative to the application's; empty for all of it.</param>
    public static IEnumerable<SourceText> Of(string folder) =>
        from file in Directory.EnumerateFiles(System.IO.Path.Combine(Repository.AppFolder, folder), "*", SearchOption.AllDirectories)
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
        let path = System.IO.Path.GetRelativePath(Repository.AppFolder, file).Replace('\\', '/')
        where !NotSource.Contains(path.Split('/')[0])
        select new SourceText(path, Bare(File.ReadAllText(file)));

    /// <summary>Each place where the pattern stands, as <c>file: what stands there</c>.</summary>
    public IEnumerable<string> Find(Regex pattern) => pattern.Matches(Code).Select(match => $"{Path}: {match.Value.Trim()}");

    private static string Bare(string text) => Comment().Replace(text, "");

    /// <summary>Comments of C#, Razor and HTML. Two slashes inside a text in quotes, as in an address, begin none.</summary>
    [GeneratedRegex(@"(?<=^|[\s;{}])//[^\n]*|@\*.*?\*@|/\*.*?\*/|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
