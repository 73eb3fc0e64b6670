using System.Globalization;
using System.Xml.Linq;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Exports;

public sealed class SheetFileTests
{
    private static readonly ExportColumn<string?>[] Memo = [ExportColumn<string?>.Text("Memo", memo => memo)];

    [Fact]
    public async Task Numbers_dates_and_text_are_what_they_are()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        var instant = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(9));
        var file = await WriteAsync(
            [
                ExportColumn<int>.Number("Dollars", _ => new Amount(-123_450, 2)),
                ExportColumn<int>.Number("Yen", _ => new Amount(1000, 0)),
                ExportColumn<int>.Number("Dinars", _ => new Amount(1, 3)),
                ExportColumn<int>.Number("Count", row => (long)row),
                ExportColumn<int>.Number("None", _ => (Amount?)null),
                ExportColumn<int>.Date("Day", _ => new DateOnly(2026, 2, 3)),
                ExportColumn<int>.Instant("At", _ => instant),
                ExportColumn<int>.YesNo("Paid for", _ => true),
            ],
            7);

        var row = Assert.Single(SheetTable.RowsOf(file));
        Assert.Equal((-1234.5, 1000d, 0.001, 7d, null), (row["Dollars"], row["Yen"], row["Dinars"], row["Count"], row["None"]));
        Assert.Equal((new DateTime(2026, 2, 3), new DateTime(2026, 11, 21, 16, 2, 3), "yes"), (row["Day"], row["At"], row["Paid for"]));
    }

    [Fact]
    public async Task What_a_sheet_cannot_hold_stands_there_as_text_or_shortened()
    {
        var file = await WriteAsync(
            [
                ExportColumn<string>.Date("Day", _ => new DateOnly(26, 2, 3)),
                ExportColumn<string>.Instant("At", _ => new DateTimeOffset(1899, 12, 30, 1, 2, 3, TimeSpan.Zero)),
                ExportColumn<string>.Text("Memo", memo => memo),
            ],
            new string('a', 32_765) + "😀😀",
            new string('b', 32_767));

        var rows = SheetTable.RowsOf(file);
        Assert.Equal(("0026-02-03", "1899-12-30T01:02:03Z"), (rows[0]["Day"], rows[0]["At"]));
        Assert.Equal([new string('a', 32_765) + "…", new string('b', 32_767)], rows.Select(row => row["Memo"]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=HYPERLINK(\"http://a\",\"b\")", "'=HYPERLINK(\"http://a\",\"b\")")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+44 20 7946 0000", "'+44 20 7946 0000")]
    [InlineData("0012", "0012")]
    [InlineData("2026-11-22", "2026-11-22")]
    [InlineData("<b>&amp; \"x\"</b>", "<b>&amp; \"x\"</b>")]
    [InlineData("山田 花子 · דוד · 😀", "山田 花子 · דוד · 😀")]
    [InlineData("two\nlines", "two\nlines")]
    public async Task Text_stays_text_and_is_never_a_formula(string text, string cell)
    {
        var file = await WriteAsync(Memo, text);

        Assert.Equal(cell, Assert.Single(SheetTable.RowsOf(file))["Memo"]);
        Assert.DoesNotContain(XDocument.Parse(SheetTable.XmlOf(file)).Descendants(), element => element.Name.LocalName == "f");
    }

    [Fact]
    public async Task An_amount_with_more_digits_than_a_sheet_keeps_stands_there_whole()
    {
        var file = await WriteAsync([ExportColumn<long>.Number("Amount", row => new Amount(row, 2))], Money.MaxMinor, 99_999_999_999_999);

        Assert.Equal(["10000000000000.00", 999_999_999_999.99], SheetTable.RowsOf(file).Select(row => row["Amount"]));
    }

    [Fact]
    public async Task A_list_without_rows_has_its_headings()
    {
        var file = await WriteAsync<string?>(Memo);

        Assert.Empty(SheetTable.RowsOf(file));
        Assert.Contains("Memo", SheetTable.XmlOf(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public async Task What_does_not_fit_on_a_sheet_goes_on_on_the_next(int rows, int sheets)
    {
        using var stream = new MemoryStream();

        await SheetFile.WriteAsync(stream, "credits", [ExportColumn<int>.Number("N", row => (long)row)], Enumerable.Range(1, rows).ToAsyncEnumerable(), rowsPerSheet: 100);

        var names = SheetTable.SheetsOf(stream.ToArray());
        string[] expected = ["credits", "credits 2", "credits 3"];
        Assert.Equal(expected[..sheets], names);
        Assert.Equal(Enumerable.Range(1, rows).Select(number => (double)number), names.SelectMany(name => SheetTable.RowsOf(stream.ToArray(), name)).Select(row => (double)row["N"]!));
    }

    [Fact]
    public async Task The_parts_of_a_sheet_stand_in_the_order_that_spreadsheets_ask_for()
    {
        var sheet = XDocument.Parse(SheetTable.XmlOf(await WriteAsync(Memo, "a"))).Root!;

        Assert.Equal(["sheetViews", "cols", "sheetData", "drawing"], sheet.Elements().Select(element => element.Name.LocalName));
        Assert.All(sheet.Element(sheet.Name.Namespace + "sheetData")!.Elements(), row => Assert.Equal("row", row.Name.LocalName));
    }

    [Fact]
    public async Task Rows_go_out_while_others_are_still_to_come()
    {
        using var file = new MemoryStream();
        var last = 0L;
        async IAsyncEnumerable<string?> Rows()
        {
            for (var row = 0; row < 20_000; row++)
            {
                last = file.Length;
                await Task.Yield();
                yield return Guid.NewGuid().ToString();
            }
        }

        await SheetFile.WriteAsync(file, "memos", Memo, Rows());

        Assert.InRange(last, file.Length / 2, file.Length);
    }

    [Fact]
    public async Task A_list_that_fails_half_way_fails_the_file()
    {
        async IAsyncEnumerable<string?> Rows()
        {
            yield return "first";
            await Task.Yield();
            throw new InvalidOperationException("The list broke off.");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => SheetFile.WriteAsync(new MemoryStream(), "memos", Memo, Rows()));
    }

    private static async Task<byte[]> WriteAsync<T>(IReadOnlyList<ExportColumn<T>> columns, params T[] rows)
    {
        using var file = new MemoryStream();
        await SheetFile.WriteAsync(file, "list", columns, rows.ToAsyncEnumerable());
        return file.ToArray();
    }
}
