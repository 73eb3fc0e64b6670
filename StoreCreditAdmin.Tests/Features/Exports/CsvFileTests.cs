using System.Globalization;
using System.Text;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Exports;

namespace StoreCreditAdmin.Tests.Features.Exports;

public sealed class CsvFileTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=HYPERLINK(\"http://a\",\"b\")", "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"")]
    [InlineData("+44 20 7946 0000", "'+44 20 7946 0000")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\nx", "\"'\nx\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("a=1", "a=1")]
    [InlineData("O'Neil", "O'Neil")]
    [InlineData("Smith, Jane", "\"Smith, Jane\"")]
    [InlineData("the \"best\"", "\"the \"\"best\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("山田 花子 · Łukasz · דוד", "山田 花子 · Łukasz · דוד")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public async Task A_text_cell_is_quoted_as_the_format_has_it_and_never_a_formula(string? text, string cell)
    {
        var written = await WriteAsync([ExportColumn<string?>.Number("N", _ => -1L), ExportColumn<string?>.Text("Memo", memo => memo)], text);

        Assert.Equal($"N,Memo\r\n-1,{cell}\r\n", written);
    }

    [Fact]
    public async Task The_file_begins_with_a_byte_order_mark()
    {
        using var file = new MemoryStream();

        await CsvFile.WriteAsync(file, [ExportColumn<int>.Number("N", row => row)], AsyncEnumerable.Empty<int>());

        Assert.Equal([0xEF, 0xBB, 0xBF, .. "N\r\n"u8], file.ToArray());
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public async Task Numbers_and_dates_are_the_same_in_every_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var instant = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(9));

        var written = await WriteAsync(
            [
                ExportColumn<int>.Number("Dollars", _ => new Amount(-123_450, 2)),
                ExportColumn<int>.Number("Yen", _ => new Amount(1000, 0)),
                ExportColumn<int>.Number("Count", _ => -7L),
                ExportColumn<int>.Number("None", _ => (Amount?)null),
                ExportColumn<int>.Date("Day", _ => new DateOnly(2026, 2, 3)),
                ExportColumn<int>.Instant("At", _ => instant),
            ],
            1);

        Assert.Equal("Dollars,Yen,Count,None,Day,At\r\n-1234.50,1000,-7,,2026-02-03,2026-11-21T16:02:03Z\r\n", written);
    }

    [Fact]
    public async Task Rows_go_out_while_others_are_still_to_come()
    {
        using var file = new MemoryStream();
        var lengths = new List<long>();
        async IAsyncEnumerable<string> Rows()
        {
            for (var row = 0; row < 10_000; row++)
            {
                lengths.Add(file.Length);
                await Task.Yield();
                yield return new string('x', 100);
            }
        }

        await CsvFile.WriteAsync(file, [ExportColumn<string>.Text("Text", row => row)], Rows());

        Assert.InRange(lengths[^1], file.Length - 100_000, file.Length);
    }

    private static async Task<string> WriteAsync<T>(IReadOnlyList<ExportColumn<T>> columns, params T[] rows)
    {
        using var file = new MemoryStream();
        await CsvFile.WriteAsync(file, columns, rows.ToAsyncEnumerable());
        return Encoding.UTF8.GetString(file.ToArray().AsSpan(3));
    }
}
