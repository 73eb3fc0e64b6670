using System.Diagnostics;
using System.Text;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A PDF file, read by other programs than the one that drew it: poppler's and qpdf.</summary>
public sealed class PdfFile : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string path = Path.Combine(Path.GetTempPath(), $"statement-{Guid.NewGuid():N}.pdf");

    public PdfFile(byte[] content) => File.WriteAllBytes(path, content);

    /// <summary>The text page by page.</summary>
    /// <param name="layout">Keeps columns apart by blanks, a row a line.</param>
    public async Task<string[]> PagesAsync(bool layout = true)
    {
        var text = await RunAsync("pdftotext", [.. layout ? ["-layout"] : Array.Empty<string>(), "-enc", "UTF-8", path, "-"]);
        return text.TrimEnd('\f').Split('\f');
    }

    /// <summary>How many dark dots the picture of the first page has.</summary>
    public async Task<int> InkAsync()
    {
        var picture = Path.ChangeExtension(path, null);
        await RunAsync("pdftoppm", "-gray", "-r", "72", "-singlefile", path, picture);
        try
        {
            return (await File.ReadAllBytesAsync(picture + ".pgm")).Count(dot => dot < 128);
        }
        finally
        {
            File.Delete(picture + ".pgm");
        }
    }

    public Task<string> InfoAsync(params string[] options) => RunAsync("pdfinfo", [.. options, path]);

    /// <summary>Fails where qpdf finds anything to complain of.</summary>
    public async Task AssertSoundAsync() => Assert.Contains("No syntax or stream encoding errors found", await RunAsync("qpdf", "--check", path), StringComparison.Ordinal);

    public void Dispose() => File.Delete(path);

    private static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error} {await output}");
        Assert.Equal("", await error);
        return await output;
    }
}
