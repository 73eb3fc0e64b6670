using System.Text;
using StoreCreditAdmin.Features.Import.Files;

namespace StoreCreditAdmin.Tests.Features.Import;

public sealed class CsvRowsTests
{
    [Fact]
    public async Task Cells_may_hold_separators_quotation_marks_and_line_breaks_when_quoted()
    {
        var rows = await ReadAsync("name,tags\r\n\"Peel, \"\"Bob\"\"\",\"vip, \r\nwholesale\"\r\nAda,\r\n");

        Assert.Equal([(1, "name|tags"), (2, "Peel, \"Bob\"|vip, \r\nwholesale"), (4, "Ada|")], rows);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_are_counted_whatever_ends_them_and_empty_rows_are_skipped(string lineEnd)
    {
        var rows = await ReadAsync(string.Join(lineEnd, "a,b", "1,2", "", ",", " , ", "3,4"));

        Assert.Equal([(1, "a|b"), (2, "1|2"), (6, "3|4")], rows);
    }

    [Theory]
    [InlineData("a,b\n1,2", "1|2")]
    [InlineData("a;b\n1;2,5", "1|2,5")]
    [InlineData("a\tb\n1\t2", "1|2")]
    [InlineData("\"a,a\";b\n1;2", "1|2")]
    public async Task The_separator_is_the_one_that_the_header_uses(string text, string secondRow)
    {
        var rows = await ReadAsync(text);

        Assert.Equal((2, secondRow), rows[1]);
    }

    [Fact]
    public async Task A_file_is_read_as_UTF_8_or_by_its_byte_order_mark()
    {
        const string Text = "name\nFrançois 山田 𠮷\n";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var rows = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)]);

            Assert.Equal([(1, "name"), (2, "François 山田 𠮷")], rows);
        }
    }

    [Fact]
    public async Task Characters_that_lie_across_two_pieces_of_the_file_stay_whole()
    {
        var name = string.Concat(Enumerable.Repeat("山𠮷é", 5_000));

        foreach (var shift in Enumerable.Range(0, 10))
        {
            var rows = await ReadAsync(new string('x', shift) + "\n" + name);

            Assert.Equal(name, rows[^1].Cells);
        }
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3,4\n", "The quotation mark opened on line 2 is never closed. Close it, or choose the whole file.")]
    [InlineData("a,b\n1,2\n3,\04\n", "Line 3 holds a NUL character, so this is not a text file in UTF-8. Save it as CSV in UTF-8 and choose it again.")]
    public async Task What_makes_the_rest_of_the_file_unreadable_is_named_with_its_line(string text, string message)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(text));

        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_named_with_their_line()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(Encoding.Latin1.GetBytes("name\nAda\nFrançois\n")));

        Assert.Equal("Line 3 is not UTF-8 text. Save the file as CSV in UTF-8 and choose it again.", refused.Message);
    }

    [Fact]
    public async Task A_missing_quotation_mark_does_not_swallow_the_whole_file_into_memory()
    {
        var text = "a,b\n\"1,2\n" + string.Concat(Enumerable.Repeat("3,4\n", CsvParser.MaxCellLength));

        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(text));

        Assert.Equal("The cell that begins on line 2 runs on for more than 100,000 characters. A closing quotation mark is probably missing there.", refused.Message);
    }

    [Fact]
    public async Task A_line_of_separators_alone_is_refused_before_it_fills_the_memory()
    {
        await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(new string(',', 1_000_000)));
    }

    [Fact]
    public async Task Text_after_a_closing_quotation_mark_is_a_problem_of_its_row_alone()
    {
        var rows = await AllAsync(Encoding.UTF8.GetBytes("a,b\n\"1\"x,2\n3,4\n"));

        Assert.Equal([null, "Text follows a closing quotation mark. Write a quotation mark inside a cell twice.", null], rows.Select(row => row.Problem));
    }

    [Fact]
    public async Task An_empty_file_has_no_rows() => Assert.Empty(await ReadAsync(""));

    private static Task<List<(int Line, string Cells)>> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<List<(int Line, string Cells)>> ReadAsync(byte[] bytes) =>
        [.. (await AllAsync(bytes)).Select(row => (row.Line, string.Join('|', row.Cells)))];

    private static async Task<List<CsvRow>> AllAsync(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        return await CsvRows.ReadAsync(file).ToListAsync();
    }
}
