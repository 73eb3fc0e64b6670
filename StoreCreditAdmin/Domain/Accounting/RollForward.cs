namespace StoreCreditAdmin.Domain.Accounting;

/// <summary>How what was owed before a period became what was owed at its end. There is none that does not tie out.</summary>
public sealed class RollForward
{
    private RollForward(Currency currency, long openingMinor, IReadOnlyList<RollForwardLine> lines, long closingMinor)
    {
        Currency = currency;
        OpeningMinor = openingMinor;
        Lines = lines;
        ClosingMinor = closingMinor;
    }

    public Currency Currency { get; }

    public long OpeningMinor { get; }

    /// <summary>Every line, also those in which nothing moved.</summary>
    public IReadOnlyList<RollForwardLine> Lines { get; }

    public long ClosingMinor { get; }

    /// <param name="openingMinor">Read for the day before the period.</param>
    /// <param name="moved">What moved in the period; several of one line are added up.</param>
    /// <param name="closingMinor">Read for the last day of the period, apart from what moved.</param>
    /// <exception cref="InvalidOperationException">Opening and lines do not make the closing.</exception>
    public static RollForward Prove(Currency currency, long openingMinor, IEnumerable<RollForwardLine> moved, long closingMinor)
    {
        var of = moved.ToLookup(one => one.Line);
        List<RollForwardLine> lines =
            [.. LiabilityLines.All.Select(line => of[line].Aggregate(new RollForwardLine(line, 0, 0), (sum, one) =>
                new RollForwardLine(line, checked(sum.ChangeMinor + one.ChangeMinor), sum.Entries + one.Entries)))];
        var reached = lines.Aggregate(openingMinor, (sum, line) => checked(sum + line.ChangeMinor));
        return reached == closingMinor
            ? new RollForward(currency, openingMinor, lines, closingMinor)
            : throw new InvalidOperationException($"The roll-forward in {currency} comes to {Amount.Of(reached, currency)}, while {Amount.Of(closingMinor, currency)} was owed at its end.");
    }
}

/// <param name="ChangeMinor">Below zero where it lowers what is owed.</param>
/// <param name="Entries">How many ledger entries it sums.</param>
public sealed record RollForwardLine(LiabilityLine Line, long ChangeMinor, long Entries);
