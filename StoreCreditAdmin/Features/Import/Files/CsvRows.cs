using System.Runtime.CompilerServices;
using System.Text;

namespace StoreCreditAdmin.Features.Import.Files;

/// <summary>
/// Reads the rows of a file from its start, piece by piece: UTF-8, or UTF-16 with a byte order mark; cells separated by commas, semicolons or
/// tabs, whichever the first line has most of.
/// </summary>
public static class CsvRows
{
    private const int PieceLength = 32 * 1024;
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <exception cref="UnreadableFileException">The file as a whole cannot be read.</exception>
    public static async IAsyncEnumerable<CsvRow> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var bytes = new byte[PieceLength];
        var chars = new char[PieceLength + 2];
        var length = await file.ReadAtLeastAsync(bytes, PieceLength, throwOnEndOfStream: false, cancellationToken);
        var (decoder, markLength) = DecoderFor(bytes.AsSpan(0, length));
        var start = markLength;
        CsvParser? parser = null;
        while (true)
        {
            var atEnd = length == 0;
            var count = decoder.GetChars(bytes.AsSpan(start, length - start), chars, flush: atEnd);
            start = 0;
            parser ??= new CsvParser(SeparatorOf(chars.AsSpan(0, count)));
            foreach (var row in parser.Feed(chars.AsMemory(0, count)))
            {
                yield return row;
            }

            if (atEnd)
            {
                break;
            }

            length = await file.ReadAtLeastAsync(bytes, PieceLength, throwOnEndOfStream: false, cancellationToken);
        }

        if (parser.Finish() is { } last)
        {
            yield return last;
        }
    }

    internal static char SeparatorOf(ReadOnlySpan<char> start)
    {
        Span<int> counts = stackalloc int[Separators.Length];
        var quoted = false;
        foreach (var next in start)
        {
            if (next == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && next is '\r' or '\n')
            {
                break;
            }
            else if (!quoted && Separators.AsSpan().IndexOf(next) is >= 0 and var which)
            {
                counts[which]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Separators[best];
    }

    private static (Decoder Decoder, int MarkLength) DecoderFor(ReadOnlySpan<byte> start)
    {
        var (encoding, markLength) =
            start.StartsWith(Encoding.UTF8.Preamble) ? (Encoding.UTF8, 3)
            : start.StartsWith(Encoding.Unicode.Preamble) ? (Encoding.Unicode, 2)
            : start.StartsWith(Encoding.BigEndianUnicode.Preamble) ? (Encoding.BigEndianUnicode, 2)
            : (Encoding.UTF8, 0);
        var decoder = encoding.GetDecoder();
        decoder.Fallback = new DecoderReplacementFallback(CsvParser.NotText.ToString());
        return (decoder, markLength);
    }
}
