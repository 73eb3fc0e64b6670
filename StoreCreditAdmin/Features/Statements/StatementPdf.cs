using System.Globalization;
using Microsoft.Extensions.Options;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Statements.Paper;

namespace StoreCreditAdmin.Features.Statements;

public enum StatementPaper
{
    A4,
    Letter,
}

/// <summary>Draws statements. All that it knows is the plain model, so another engine takes its place by writing this class anew.</summary>
public sealed class StatementPdf
{
    private const string Language = "en";
    private const double CellGap = 10;

    private static readonly XBrush Grey = new XSolidBrush(XColor.FromArgb(0x5A, 0x62, 0x6C));
    private static readonly XPen Rule = new(XColor.FromArgb(0xC9, 0xCF, 0xD6), 0.6);
    private static readonly XPen HeavyRule = new(XColor.FromArgb(0x3A, 0x42, 0x4C), 1);
    private static readonly TextStyle Title = new(18, Bold: true);
    private static readonly TextStyle Strong = new(9.5, Bold: true);
    private static readonly TextStyle Body = new(9.5);
    private static readonly TextStyle Small = new(8, Brush: Grey);
    private static readonly TextStyle Heading = new(8, Bold: true, Brush: Grey);

    public StatementPdf(IOptions<StatementOptions> options) => PdfSharpLicensing.Tell(options.Value.PdfSharpLicenseKey);

    /// <param name="culture">By which amounts are written; null for the current one.</param>
    public byte[] Draw(Statement statement, StatementPaper paper, CultureInfo? culture = null) => Draw([statement], paper, culture);

    /// <summary>One document, each statement on pages of its own that are numbered from 1.</summary>
    public byte[] Draw(IEnumerable<Statement> statements, StatementPaper paper, CultureInfo? culture = null)
    {
        using var output = new MemoryStream();
        Draw(statements, paper, output, culture);
        return output.ToArray();
    }

    /// <inheritdoc cref="Draw(IEnumerable{Statement}, StatementPaper, CultureInfo?)"/>
    public void Draw(IEnumerable<Statement> statements, StatementPaper paper, Stream output, CultureInfo? culture = null)
    {
        using var document = new PdfDocument();

        // Streams that PDFsharp compresses lack their end, which strict readers warn of.
        document.Options.CompressContentStreams = false;
        document.ViewerPreferences.DisplayDocTitle = true;
        UAManager.ForDocument(document).SetDocumentLanguage(Language);
        var flow = new PaperFlow(document, paper == StatementPaper.Letter ? PageSize.Letter : PageSize.A4);
        StatementHead? first = null;
        var several = false;
        using var measure = XGraphics.CreateMeasureContext(new XSize(1000, 1000), XGraphicsUnit.Point, XPageDirection.Downwards);
        foreach (var statement in statements)
        {
            several = first is not null;
            first ??= statement.Head;
            var sheet = new Sheet(statement, flow.Width, measure, culture ?? CultureInfo.CurrentCulture);
            flow.Draw(sheet.Blocks(), sheet.DrawFooter);
        }

        var head = first ?? throw new ArgumentException("There is nothing to draw.", nameof(statements));
        document.Info.Title = several ? $"Statements {Period(head)}" : $"Statement {head.AccountName} {head.Currency} {Period(head)}";
        document.Info.Author = head.StoreName;
        document.Info.Subject = $"Store credit, {head.Currency}, {Period(head)}";
        document.Info.Creator = "StoreCreditAdmin";
        document.Info.CreationDate = head.MadeAt.UtcDateTime;
        document.Save(output, closeStream: false);
    }

    private static string Period(StatementHead head) => $"{Date(head.From)} to {Date(head.To)}";

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The blocks of one statement.</summary>
    private sealed class Sheet(Statement statement, double width, XGraphics measure, CultureInfo culture)
    {
        private readonly StatementHead head = statement.Head;

        private double AmountWidth => field > 0 ? field : field = Math.Max(68, statement.Lines
            .SelectMany(line => new[] { line.AmountMinor, line.BalanceMinor })
            .Append(statement.OpeningMinor).Append(statement.Closing.BalanceMinor)
            .Select(Money).DistinctBy(text => text.Length).Max(text => PaperText.Width(text, Strong, measure)));

        private double BalanceX => width;

        private double AmountX => BalanceX - AmountWidth - CellGap;

        private double WhatX => 64;

        private double DescriptionX => WhatX + 72;

        private double DescriptionWidth => AmountX - AmountWidth - CellGap - DescriptionX;

        public IReadOnlyList<PaperBlock> Blocks()
        {
            var header = TableHeader();
            List<PaperBlock> blocks = [.. Top(), .. Summary(), header];
            blocks.Add(Row(header, Date(head.From), "Opening balance", "", "", Money(statement.OpeningMinor), Strong));
            blocks.AddRange(statement.Lines.Select(line => Row(
                header, Date(line.Movement.EffectiveOn), line.Label, line.Description, Money(line.AmountMinor), Money(line.BalanceMinor), Body)));
            blocks.Add(Row(header, Date(head.To), "Closing balance", "", "", Money(statement.Closing.BalanceMinor), Strong, isLast: true));
            blocks.AddRange(Bottom());
            return blocks;
        }

        public void DrawFooter(PaperCanvas canvas, int page, int pages)
        {
            canvas.Graphics.DrawLine(Rule, canvas.Left, canvas.Top - 8, canvas.Right, canvas.Top - 8);
            var of = string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}");
            var room = canvas.Right - canvas.Left - PaperText.Width(of, Small, measure) - CellGap;
            PaperText.Draw(canvas.Graphics, PaperText.Fit($"{head.Currency} · {Period(head)} · {head.AccountName}", room, Small, measure), Small, canvas.Left, canvas.Top + 4);
            PaperText.Draw(canvas.Graphics, of, Small, canvas.Right, canvas.Top + 4, right: true);
        }

        private IEnumerable<PaperBlock> Top()
        {
            yield return Text($"Statement of store credit in {head.Currency}", Title, PdfBlockLevelElementTag.Heading1, after: 6);
            yield return Text(head.StoreName, Strong, PdfBlockLevelElementTag.Paragraph);
            if (head.StoreAddress is not null)
            {
                yield return Text(head.StoreAddress, Body, PdfBlockLevelElementTag.Paragraph);
            }

            yield return Space(8);
            yield return Fact("Account", head.AccountName, Strong);
            yield return Fact("Account number", head.ExternalId is null ? head.AccountId.ToString() : $"{head.ExternalId} ({head.AccountId})");
            yield return Fact("Card number", head.CardNumber);
            yield return Fact("Period", $"{Period(head)}, both days included, {head.TimeZone}");
            yield return Fact("Made on", head.IsOver ? Date(head.MadeOn) : $"{Date(head.MadeOn)}: the period is not over yet");
            yield return Space(10);
        }

        private IEnumerable<PaperBlock> Summary()
        {
            yield return Sum("Opening balance", statement.OpeningMinor, Body);
            yield return Sum("Added", statement.InMinor, Body);
            yield return Sum("Used, expired and taken back", -statement.OutMinor, Body);
            yield return Sum("Closing balance", statement.Closing.BalanceMinor, Strong);
            if (statement.Closing.AuthorizedMinor > 0)
            {
                yield return Sum("Of it held for orders", statement.Closing.AuthorizedMinor, Body);
            }

            if (statement.Closing.NextExpiry is { } next)
            {
                yield return Sum($"Expires next, good until {Date(next.On)}", next.AmountMinor, Body);
            }

            yield return Space(12);
        }

        private IEnumerable<PaperBlock> Bottom()
        {
            yield return Space(10);
            if (statement.Lines.Count == 0)
            {
                yield return Text("Nothing changed the balance in this period.", Body, PdfBlockLevelElementTag.Paragraph, after: 6);
            }

            yield return Text(
                $"Amounts are in {head.Currency}. The balance is what is available and what is held for orders together. Holding and releasing do not change it and are not listed.",
                Small,
                PdfBlockLevelElementTag.Paragraph);
            yield return Text(
                string.Create(CultureInfo.InvariantCulture, $"Made from the ledger up to entry {head.LedgerSequence} of this account, hash {head.LedgerHead}"), Small, PdfBlockLevelElementTag.Paragraph);
            if (head.Anchor is { } anchor)
            {
                yield return Text($"The whole ledger up to {Date(anchor.Day)} (UTC), hash {anchor.Hash}", Small, PdfBlockLevelElementTag.Paragraph);
            }
        }

        private PaperBlock Text(string text, TextStyle style, PdfBlockLevelElementTag tag, double after = 0)
        {
            var lines = PaperText.Wrap(text, width, style, measure);
            return new PaperBlock((lines.Count * style.LineHeight) + after, canvas => canvas.As(tag, () => DrawLines(canvas, lines, style, canvas.Left)));
        }

        private PaperBlock Fact(string name, string value, TextStyle? style = null)
        {
            const double NameWidth = 92;
            var lines = PaperText.Wrap(value, width - NameWidth, style ?? Body, measure);
            return new PaperBlock(Math.Max(1, lines.Count) * Body.LineHeight, canvas => canvas.As(PdfBlockLevelElementTag.Paragraph, () =>
            {
                DrawLines(canvas, [name], Body with { Brush = Grey }, canvas.Left);
                DrawLines(canvas, lines, style ?? Body, canvas.Left + NameWidth);
            }));
        }

        private PaperBlock Sum(string name, long minor, TextStyle style) =>
            new(style.LineHeight + 2, canvas => canvas.As(PdfBlockLevelElementTag.Paragraph, () =>
            {
                DrawLines(canvas, [name], style, canvas.Left);
                PaperText.Draw(canvas.Graphics, $"{Money(minor)} {head.Currency}", style, canvas.Left + 320, Baseline(canvas.Top, style), right: true);
            }));

        private static PaperBlock Space(double height) => new(height, _ => { });

        private PaperBlock TableHeader() => new(18, canvas =>
        {
            if (!canvas.IsRepeated)
            {
                canvas.Structure.BeginElement(PdfBlockLevelElementTag.Table);
            }

            canvas.As(PdfBlockLevelElementTag.TableRow, () =>
            {
                void Cell(string text, double x, bool right = false) => canvas.As(
                    PdfBlockLevelElementTag.TableHeaderCell, () => PaperText.Draw(canvas.Graphics, text, Heading, canvas.Left + x, Baseline(canvas.Top, Heading), right));
                Cell("Date", 0);
                Cell("What", WhatX);
                Cell("For", DescriptionX);
                Cell("Amount", AmountX, right: true);
                Cell("Balance", BalanceX, right: true);
            });
            canvas.AsDecoration(() => canvas.Graphics.DrawLine(HeavyRule, canvas.Left, canvas.Top + 14, canvas.Right, canvas.Top + 14));
        })
        { KeepWithNext = 40 };

        private PaperBlock Row(PaperBlock header, string date, string what, string description, string amount, string balance, TextStyle style, bool isLast = false)
        {
            var labels = PaperText.Wrap(what, description.Length == 0 ? DescriptionX + DescriptionWidth - WhatX : DescriptionX - WhatX - 4, style, measure);
            var lines = PaperText.Wrap(description, DescriptionWidth, style, measure);
            var height = (Math.Max(1, Math.Max(lines.Count, labels.Count)) * style.LineHeight) + 4;
            return new PaperBlock(height, canvas =>
            {
                canvas.As(PdfBlockLevelElementTag.TableRow, () =>
                {
                    void Cell(Action draw) => canvas.As(PdfBlockLevelElementTag.TableDataCell, draw);
                    Cell(() => DrawLines(canvas, [date], style, canvas.Left));
                    Cell(() => DrawLines(canvas, labels, style, canvas.Left + WhatX));
                    Cell(() => DrawLines(canvas, lines, style, canvas.Left + DescriptionX));
                    Cell(() => PaperText.Draw(canvas.Graphics, amount, style, canvas.Left + AmountX, Baseline(canvas.Top, style), right: true));
                    Cell(() => PaperText.Draw(canvas.Graphics, balance, style, canvas.Left + BalanceX, Baseline(canvas.Top, style), right: true));
                });
                canvas.AsDecoration(() => canvas.Graphics.DrawLine(isLast ? HeavyRule : Rule, canvas.Left, canvas.Top + height - 2, canvas.Right, canvas.Top + height - 2));
                if (isLast)
                {
                    canvas.Structure.End();
                }
            })
            { Above = header };
        }

        private static void DrawLines(PaperCanvas canvas, IReadOnlyList<string> lines, TextStyle style, double x)
        {
            for (var index = 0; index < lines.Count; index++)
            {
                PaperText.Draw(canvas.Graphics, lines[index], style, x, Baseline(canvas.Top, style) + (index * style.LineHeight));
            }
        }

        private static double Baseline(double top, TextStyle style) => top + style.Size;

        private string Money(long minor) => PaperText.Clean(AmountText.Number(Amount.Of(minor, head.Currency), culture));
    }
}
