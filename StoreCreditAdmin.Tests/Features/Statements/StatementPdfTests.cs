using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Statements;

public sealed partial class StatementPdfTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private readonly StatementPdf pdf = new(Options.Create(new StatementOptions()));

    [Theory]
    [InlineData(0, StatementPaper.A4, "595 x 842 pts (A4)", 1)]
    [InlineData(1, StatementPaper.Letter, "612 x 792 pts (letter)", 1)]
    [InlineData(40, StatementPaper.A4, "595 x 842 pts (A4)", 2)]
    public async Task A_statement_is_a_sound_tagged_file_on_its_paper_with_a_title_and_a_language(int lines, StatementPaper paper, string size, int pages)
    {
        using var file = new PdfFile(pdf.Draw(StatementOfTests.WithLines(lines), paper, English));

        await file.AssertSoundAsync();
        var info = await file.InfoAsync();
        Assert.Matches(@"Title: +Statement Ada Byron USD 2026-11-01 to 2026-11-30\n", info);
        Assert.Matches(@"Author: +Main store\n", info);
        Assert.Matches(@"Tagged: +yes\n", info);
        Assert.Matches($@"Pages: +{pages}\n", info);
        Assert.Matches(@"Page size: +" + Regex.Escape(size), info);
        var structure = await file.InfoAsync("-struct-text");
        Assert.Contains("H1", structure, StringComparison.Ordinal);
        Assert.Equal(lines + 3, TableRow().Count(structure));
        Assert.Contains("/Lang(en)", Encoding.Latin1.GetString(pdf.Draw(StatementOfTests.WithLines(lines), paper, English)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_of_a_file_of_5000_lines_has_every_figure_on_numbered_pages_that_each_begin_with_the_header()
    {
        var statement = StatementOfTests.WithLines(5000, memo: "Parcel came late");
        using var file = new PdfFile(pdf.Draw(statement, StatementPaper.A4, English));

        await file.AssertSoundAsync();
        var pages = await file.PagesAsync();
        Assert.True(pages.Length > 100);
        Assert.All(pages, (page, index) => Assert.Contains($"Page {index + 1} of {pages.Length}", page, StringComparison.Ordinal));
        Assert.All(pages.Skip(1).SkipLast(1), page => Assert.Matches(@"^\s*Date\s+What\s+For\s+Amount\s+Balance", page));
        var rows = pages.SelectMany(page => page.Split('\n')).Select(line => LineOfTable().Match(line)).Where(match => match.Success).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToList();
        Assert.Equal(statement.Lines.Select(line => (Money(line.AmountMinor), Money(line.BalanceMinor))), rows);

        string Money(long minor) => AmountText.Number(Amount.Of(minor, statement.Currency), English);
    }

    [Theory]
    [InlineData("山田太郎 株式会社", "山田太郎 株式会社")]
    [InlineData("שלום עולם", "שלום עולם")]
    [InlineData("محمد عبد الله", "محمد عبد الله")]
    [InlineData("Ελένη Ёлкина", "Ελένη Ёлкина")]
    [InlineData("김철수 주식회사", "김철수 주식회사")]
    [InlineData("\u1100\u1175\u11B7\u110E\u1165\u11AF\u1109\u116E", "김철수")]
    [InlineData("Nguyê\u0303n Thi\u0323", "Nguyễn Thị")]
    [InlineData("राम शर्मा", "राम शर्मा")]
    [InlineData("Zoë \u0007 O'Brien\u202E", "Zoë O'Brien")]
    public async Task Names_of_all_scripts_are_drawn_and_can_be_read_back(string name, string read)
    {
        using var file = new PdfFile(pdf.Draw(StatementOfTests.WithLines(3, name, memo: name), StatementPaper.A4, English));

        await file.AssertSoundAsync();
        var text = string.Concat(await file.PagesAsync(layout: false));
        Assert.Contains(read, Plain(text), StringComparison.Ordinal);
        Assert.Contains("Page 1 of 1", text, StringComparison.Ordinal);

        // Signs that say in which direction text goes, and the forms that Arabic letters take.
        static string Plain(string text) => Whitespace().Replace(string.Concat(text.Normalize(NormalizationForm.FormKC).Where(character => char.GetUnicodeCategory(character) != UnicodeCategory.Format)), " ");
    }

    /// <summary>Cut down to the letters that are used, Arabic fonts would lose those that are composed of composed ones, such as the last of this name.</summary>
    [Fact]
    public async Task Letters_that_are_written_in_parts_are_drawn_as_one()
    {
        using var file = new PdfFile(pdf.Draw(StatementOfTests.WithLines(1, "\u1100\u1175\u11B7"), StatementPaper.A4, English));

        Assert.Contains("\uAE40", string.Concat(await file.PagesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_of_one_line_is_a_small_file() => Assert.InRange(pdf.Draw(StatementOfTests.WithLines(1), StatementPaper.A4, English).Length, 1_000, 80_000);

    [Fact]
    public async Task A_letter_that_a_font_composes_of_composed_ones_leaves_ink_on_the_paper()
    {
        using var without = new PdfFile(pdf.Draw(StatementOfTests.WithLines(1, " "), StatementPaper.A4, English));
        using var with = new PdfFile(pdf.Draw(StatementOfTests.WithLines(1, new string('\u0629', 40)), StatementPaper.A4, English));

        await with.AssertSoundAsync();
        Assert.True(await with.InkAsync() > await without.InkAsync() + 200);
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_the_foot_of_a_page_is_cut_there()
    {
        using var file = new PdfFile(pdf.Draw(StatementOfTests.WithLines(1, new string('W', 300)), StatementPaper.A4, English));

        Assert.Matches(@"USD · 2026-11-01 to 2026-11-30 · W+ … +Page 1 of 1", string.Concat(await file.PagesAsync()));
    }

    [Theory]
    [InlineData("W")]
    [InlineData("田")]
    [InlineData("א")]
    [InlineData("😀")]
    [InlineData("\uFFFF")]
    public async Task A_name_and_a_memo_without_a_blank_are_broken_into_lines_and_no_figure_moves(string character)
    {
        var name = string.Concat(Enumerable.Repeat(character, 120 / character.Length));
        var statement = StatementOfTests.WithLines(8, name, memo: string.Concat(Enumerable.Repeat(name, 4)), currency: "KWD");
        using var file = new PdfFile(pdf.Draw(statement, StatementPaper.Letter, English));

        await file.AssertSoundAsync();
        var text = string.Concat(await file.PagesAsync());
        Assert.All(statement.Lines, line => Assert.Contains(AmountText.Number(Amount.Of(line.BalanceMinor, statement.Currency), English), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_largest_amounts_fit_their_columns()
    {
        var statement = StatementOfTests.Of(Money.MaxMinor - 1, 1, -Money.MaxMinor);
        using var file = new PdfFile(pdf.Draw(statement, StatementPaper.A4, English));

        var text = string.Concat(await file.PagesAsync());

        Assert.Contains("10,000,000,000,000.00", text, StringComparison.Ordinal);
        Assert.Matches(@"−10,000,000,000,000\.00 +0\.00", text);
    }

    [Fact]
    public async Task Amounts_are_written_as_the_reader_s_culture_writes_them()
    {
        using var german = new PdfFile(pdf.Draw(StatementOfTests.Of(123_456_789, -1), StatementPaper.A4, CultureInfo.GetCultureInfo("de-DE")));
        using var french = new PdfFile(pdf.Draw(StatementOfTests.Of(123_456_789, -1), StatementPaper.A4, CultureInfo.GetCultureInfo("fr-FR")));

        Assert.Contains("1.234.567,89", string.Concat(await german.PagesAsync()), StringComparison.Ordinal);
        Assert.Matches(@"1.234.567,89", string.Concat(await french.PagesAsync()));
    }

    [Fact]
    public async Task Several_statements_in_one_file_number_their_own_pages()
    {
        using var file = new PdfFile(pdf.Draw([StatementOfTests.WithLines(1, "Ada Byron"), StatementOfTests.WithLines(40, "Bea Coe")], StatementPaper.A4, English));

        await file.AssertSoundAsync();
        var pages = await file.PagesAsync();
        Assert.Equal(["Page 1 of 1", "Page 1 of 2", "Page 2 of 2"], pages.Select(page => PageNumber().Match(page).Value));
        Assert.Contains("Ada Byron", pages[0], StringComparison.Ordinal);
        Assert.Contains("Bea Coe", pages[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_can_be_drawn_at_once() =>
        await Parallel.ForEachAsync(Enumerable.Range(0, 16), async (index, _) =>
        {
            using var file = new PdfFile(pdf.Draw(StatementOfTests.WithLines(20, $"Customer {index} 田 א"), StatementPaper.A4, English));
            await file.AssertSoundAsync();
        });

    [Fact]
    public void A_kind_of_each_entry_has_a_word_for_the_customer() =>
        Assert.All(EntryWords.CustomerKinds, kind => Assert.NotEmpty(new StatementLine(StatementOfTests.Movement(1, 1) with { Kind = kind }, 1).Label));

    [GeneratedRegex(@"^ +TR", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^2026-\d\d-\d\d +(?:Added|Used) .* (−?[\d,.]+) +(−?[\d,.]+)$")]
    private static partial Regex LineOfTable();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"Page \d+ of \d+")]
    private static partial Regex PageNumber();
}
