using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace StoreCreditAdmin.Features.Statements.Paper;

/// <summary>What is drawn whole on one page, below the one before it.</summary>
internal sealed class PaperBlock(double height, Action<PaperCanvas> draw)
{
    public double Height => height;

    public Action<PaperCanvas> Draw => draw;

    /// <summary>Drawn again above this one where it begins a page, as the header of a table.</summary>
    public PaperBlock? Above { get; init; }

    /// <summary>So much must fit below it on the same page, so that it does not stand alone at the end of one.</summary>
    public double KeepWithNext { get; init; }
}

/// <summary>Where a block is drawn: its page and the height at which it begins.</summary>
internal sealed record PaperCanvas(XGraphics Graphics, StructureBuilder Structure, double Top, double Left, double Right, bool IsRepeated)
{
    /// <summary>Draws as a part of the document that readers aloud find: a heading, a paragraph, a cell.</summary>
    public void As(PdfBlockLevelElementTag tag, Action draw)
    {
        if (IsRepeated)
        {
            draw();
            return;
        }

        Structure.BeginElement(tag);
        draw();
        Structure.End();
    }

    /// <summary>Draws what is only to look at: rules, page numbers.</summary>
    public void AsDecoration(Action draw)
    {
        if (IsRepeated)
        {
            draw();
            return;
        }

        Structure.BeginArtifact();
        draw();
        Structure.End();
    }
}

/// <summary>Lays blocks out on pages from top to bottom. It knows how many pages there are before it draws the first.</summary>
internal sealed class PaperFlow(PdfDocument document, PageSize size)
{
    public const double Margin = 48;
    public const double FooterHeight = 40;

    private readonly XSize page = PageSizeConverter.ToSize(size);

    public double Width => page.Width - (2 * Margin);

    /// <param name="drawFooter">Told the number of the page and of all pages of this flow.</param>
    public int Draw(IReadOnlyList<PaperBlock> blocks, Action<PaperCanvas, int, int> drawFooter)
    {
        var structure = UAManager.ForDocument(document).StructureBuilder;
        var pages = Paginate(blocks);
        for (var number = 1; number <= pages.Count; number++)
        {
            var sheet = document.AddPage();
            sheet.Width = XUnit.FromPoint(page.Width);
            sheet.Height = XUnit.FromPoint(page.Height);
            using var graphics = XGraphics.FromPdfPage(sheet);
            var top = Margin;
            PaperCanvas At(double height, bool repeated = false) => new(graphics, structure, height, Margin, page.Width - Margin, repeated);
            foreach (var (block, repeated) in pages[number - 1])
            {
                if (repeated)
                {
                    structure.BeginArtifact();
                    block.Draw(At(top, repeated: true));
                    structure.End();
                }
                else
                {
                    block.Draw(At(top));
                }

                top += block.Height;
            }

            structure.BeginArtifact();
            drawFooter(At(page.Height - FooterHeight, repeated: true), number, pages.Count);
            structure.End();
        }

        return pages.Count;
    }

    private List<List<(PaperBlock Block, bool Repeated)>> Paginate(IReadOnlyList<PaperBlock> blocks)
    {
        var pages = new List<List<(PaperBlock, bool)>> { new() };
        var bottom = page.Height - Margin - FooterHeight;
        var top = Margin;
        foreach (var block in blocks)
        {
            if (top + block.Height + block.KeepWithNext > bottom && pages[^1].Count > 0)
            {
                pages.Add([]);
                top = Margin;
                if (block.Above is { } above)
                {
                    pages[^1].Add((above, true));
                    top += above.Height;
                }
            }

            pages[^1].Add((block, false));
            top += block.Height;
        }

        return pages;
    }
}
