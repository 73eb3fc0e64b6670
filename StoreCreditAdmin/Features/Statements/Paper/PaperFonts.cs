using System.Collections.Concurrent;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;
using PdfSharp.WPFonts;

namespace StoreCreditAdmin.Features.Statements.Paper;

/// <summary>
/// The fonts that paper is drawn with: those of the machine that are known to be good, and for each character the first of them that has it. The last, which has Latin, Greek and
/// Cyrillic letters, comes with the program. Only fonts with TrueType outlines can be drawn; others count as not there.
/// </summary>
internal static class PaperFonts
{
    private const string BuiltIn = "built-in";

    /// <summary>File names without their ending, the first choice first: regular, and bold where there is one.</summary>
    private static readonly (string Regular, string? Bold)[] Known =
    [
        ("LiberationSans-Regular", "LiberationSans-Bold"), ("NotoSans-Regular", "NotoSans-Bold"), ("arial", "arialbd"), ("Arial", "Arial Bold"), ("segoeui", "segoeuib"),
        ("NotoSansHebrew-Regular", "NotoSansHebrew-Bold"), ("NotoSansArabic-Regular", "NotoSansArabic-Bold"), ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"), ("DejaVuSans", "DejaVuSans-Bold"),
        ("DroidSansFallbackFull", null), ("DroidSansFallback", null), ("wqy-zenhei", null), ("NanumGothic", "NanumGothicBold"), ("ipag", null), ("VL-Gothic-Regular", null),
        ("Arial Unicode", null), ("malgun", "malgunbd"), ("simhei", null), ("NotoSansThai-Regular", "NotoSansThai-Bold"), ("NotoSansDevanagari-Regular", "NotoSansDevanagari-Bold"),
        ("NotoSansBengali-Regular", null), ("NotoSansTamil-Regular", null), ("NotoSansTelugu-Regular", null), ("NotoSansKhmer-Regular", null), ("NotoSansEthiopic-Regular", null),
        ("NotoSansGeorgian-Regular", null), ("NotoSansArmenian-Regular", null), ("NotoSansSymbols-Regular", null), ("NotoSansSymbols2-Regular", null),
    ];

    private static readonly XPdfFontOptions InPart = new(PdfFontEncoding.Unicode);
    private static readonly XPdfFontOptions InWhole = new(PdfFontEncoding.Unicode, PdfFontEmbedding.EmbedCompleteFontFile);
    private static readonly ConcurrentDictionary<(bool Bold, int CodePoint), string> FaceOf = new();
    private static readonly ConcurrentDictionary<(string Face, double Size), XFont> Fonts = new();
    private static readonly Lazy<(string[] Regular, string[] Bold)> Faces = new(Find);

    /// <summary>The face with the character: the first choice where none has it, which prints a box.</summary>
    public static string FaceFor(int codePoint, bool bold) => FaceOf.GetOrAdd((bold, codePoint), static key =>
    {
        var faces = key.Bold ? Faces.Value.Bold : Faces.Value.Regular;
        return Array.Find(faces, face => GlyphHelper.GlyphIndexFromCodePoint(key.CodePoint, Font(face, 10)) != 0) ?? faces[0];
    });

    public static XFont Font(string face, double size) =>
        Fonts.GetOrAdd((face, size), static key => new XFont(key.Face, key.Size, XFontStyleEx.Regular, GoesInWhole(key.Face) ? InWhole : InPart));

    /// <summary>
    /// Whether a font is not cut down to what is used: PDFsharp loses letters in it that are composed of composed ones, as Arabic fonts have them. Those for one script are small enough.
    /// </summary>
    private static bool GoesInWhole(string face) =>
        face.StartsWith("Noto", StringComparison.Ordinal) && !face.StartsWith("NotoSans-", StringComparison.Ordinal) && !face.StartsWith("NotoSansSymbols", StringComparison.Ordinal);

    private static (string[] Regular, string[] Bold) Find()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Folders().Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", Everything)))
        {
            files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }

        GlobalFontSettings.FontResolver = new Resolver(files);
        string[] Usable(IEnumerable<string> faces) => [.. faces.Where(face => face.StartsWith(BuiltIn, StringComparison.Ordinal) || (files.ContainsKey(face) && CanDraw(face)))];
        return (Usable([.. Known.Select(one => one.Regular), BuiltIn]), Usable([.. Known.SelectMany(one => new[] { one.Bold, one.Regular }).OfType<string>(), BuiltIn + "-bold"]));
    }

    /// <summary>Font files are of many makes: one that cannot be read must not cost anybody a statement.</summary>
    private static bool CanDraw(string face)
    {
        try
        {
            return GlyphHelper.GlyphIndexFromCodePoint(' ', Font(face, 10)) >= 0;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };

    private static string[] Folders() =>
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts",
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
    ];

    private sealed class Resolver(Dictionary<string, string> files) : IFontResolver
    {
        public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => new(familyName);

        public byte[]? GetFont(string faceName) =>
            files.TryGetValue(faceName, out var path) ? File.ReadAllBytes(path)
            : faceName.EndsWith("-bold", StringComparison.Ordinal) ? FontDataHelper.SegoeWPBold
            : FontDataHelper.SegoeWP;
    }
}

/// <summary>PDFsharp asks whoever uses it under which licence they do.</summary>
internal static class PdfSharpLicensing
{
    private static readonly Lock Gate = new();
    private static bool told;

    /// <param name="licenceKey">A commercial licence's key; null for the AGPL.</param>
    public static void Tell(string? licenceKey)
    {
        lock (Gate)
        {
            if (told)
            {
                return;
            }

            if (string.IsNullOrWhiteSpace(licenceKey))
            {
                PdfSharpLicense.SetAgplLicense();
            }
            else
            {
                PdfSharpLicense.LoadLicense(licenceKey);
            }

            told = true;
        }
    }
}
