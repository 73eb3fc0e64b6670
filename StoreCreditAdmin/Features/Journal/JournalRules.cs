using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>How far a store is accounted for.</summary>
internal sealed record JournalState(DateOnly Today, DateOnly? FirstEntryOn, DateOnly? ExportedThrough);

/// <summary>Which ranges there can be a journal of, and which can be exported for good.</summary>
internal static class JournalRules
{
    /// <summary>Ten years: whoever asks for more has mistyped a year.</summary>
    public const int MaxDays = 3653;

    public static readonly Refusal Moved = new("journal-changed", "Entries of this range came in meanwhile. Export it again.");

    /// <summary>The range of a request that makes sense, be it over or not.</summary>
    public static async Task<Result<JournalScope>> ScopeAsync(StoreCreditDbContext db, JournalRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var store = await BooksService.FindStoreAsync(db, request.Store, cancellationToken);
        if (!store.IsOk)
        {
            return store.Refusal;
        }

        var currency = request.Currency is null ? Result<Currency?>.Of(null) : CatalogueLookups.FindCurrency(request.Currency).Map(found => (Currency?)found);
        if ((currency.Refusal ?? RangeRefusal(request, store.Value.DateOf(now))) is { } refusal)
        {
            return refusal;
        }

        return new JournalScope(store.Value, request.From!.Value, request.To!.Value, currency.Value);
    }

    public static async Task<JournalState> StateAsync(StoreCreditDbContext db, Store store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A store's first entry opens its first credit, which an index finds.
        var first = await db.Credits.Where(credit => credit.StoreId == store.Id).OrderBy(credit => credit.IssuedAt).Select(credit => (DateOnly?)credit.IssuedOn).FirstOrDefaultAsync(cancellationToken);
        var through = await db.JournalExports.Where(export => export.StoreId == store.Id).MaxAsync(export => (DateOnly?)export.To, cancellationToken);
        return new JournalState(store.DateOf(now), first, through);
    }

    /// <summary>Why a range cannot be exported for good; null where it can.</summary>
    public static async Task<Refusal?> RefusalAsync(StoreCreditDbContext db, JournalScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (store, from, to) = (scope.Store, scope.From, scope.To);
        if (scope.Currency is not null)
        {
            return new Refusal("journal-all-currencies", "An export for good has all currencies, since it locks the books of all. Choose all currencies; a draft may have one.", "currency");
        }

        if (BooksService.NotOver(store, to, now, "to") is { } notOver)
        {
            return notOver;
        }

        var state = await StateAsync(db, store, now, cancellationToken);
        if (state.ExportedThrough is { } through)
        {
            if (from == through.AddDays(1))
            {
                return null;
            }

            if (from > through)
            {
                return new Refusal("range-gap", $"The last export ends on {through:yyyy-MM-dd}, so the next one begins on {through.AddDays(1):yyyy-MM-dd}: no day is left out.", "from");
            }

            return await db.JournalExports.AnyAsync(export => export.StoreId == store.Id && export.From == from && export.To == to, cancellationToken)
                ? new Refusal("already-exported", "This range is exported already. Download its files again below.", "from")
                : new Refusal("range-overlaps", $"Days through {through:yyyy-MM-dd} are exported already. Begin on {through.AddDays(1):yyyy-MM-dd}.", "from");
        }

        return state.FirstEntryOn is not { } first ? new Refusal("nothing-to-export", "This store has no entries yet.", "from")
            : to < first ? new Refusal("nothing-to-export", $"The first entry of this store is of {first:yyyy-MM-dd}. Choose a range with it in.", "to")
            : from > first ? new Refusal("range-gap", $"The first entry of this store is of {first:yyyy-MM-dd}, so the first export begins there or before.", "from")
            : null;
    }

    public static Task<AccountMappingVersion> LatestMappingAsync(this StoreCreditDbContext db, CancellationToken cancellationToken) =>
        db.AccountMappings.AsNoTracking().OrderByDescending(version => version.Number).FirstAsync(cancellationToken);

    private static Refusal? RangeRefusal(JournalRequest request, DateOnly today) => request switch
    {
        { From: null } => new Refusal(CatalogueRules.Invalid, "Choose the first day.", "from"),
        { To: null } => new Refusal(CatalogueRules.Invalid, "Choose the last day.", "to"),
        _ when request.To < request.From => new Refusal("range-invalid", "The range ends before it begins. Choose a last day that is the first one or later.", "to"),
        _ when request.To > today => new Refusal("range-invalid", $"The range ends in the future. Choose {today:yyyy-MM-dd} or earlier.", "to"),
        _ when request.To.Value.DayNumber - request.From.Value.DayNumber >= MaxDays => new Refusal("range-too-long", "Choose ten years or less.", "from"),
        _ => null,
    };
}
