using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Expiry;

/// <summary>
/// Gives credit that expires soon a later last good day, all of it at once. The new day lies after the window, so that what was extended is no longer in it: whoever
/// was interrupted does the same again, and what is done is not done twice.
/// </summary>
public sealed class ExpiryExtension(CreditService credits, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    private const int SkippedNamed = 100;
    private const int CreditsBetweenReports = 10;

    /// <summary>What would expire, with its cost, and a part of the list.</summary>
    public async Task<ExpiringList> ListAsync(Caller caller, ExpiringFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageRules, cancellationToken);
        var (store, today) = await StoreAsync(db, filter, cancellationToken);
        var expiring = Expiring(db, filter, store, today);
        var totals = await expiring.GroupBy(credit => credit.CurrencyCode)
            .Select(together => new { Currency = together.Key, Credits = together.Count(), Minor = together.Sum(credit => credit.Buckets.Available) })
            .ToListAsync(cancellationToken);
        var accounts = await expiring.Select(credit => credit.AccountId).Distinct().CountAsync(cancellationToken);
        var rows = await expiring.AsNoTracking().Include(credit => credit.Account).Include(credit => credit.Type)
            .OrderBy(credit => credit.ExpiresOn).ThenBy(credit => credit.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        return new ExpiringList
        {
            Today = today,
            Until = today.AddDays(filter.Days),
            Credits = totals.Sum(total => total.Credits),
            Accounts = accounts,
            Totals = [.. totals.OrderBy(total => total.Currency, StringComparer.Ordinal).Select(total => new ExpiringTotal(total.Currency, total.Credits, Amount.Of(total.Minor, Currency.Of(total.Currency))))],
            Items = [.. rows.Select(RowOf)],
        };
    }

    /// <summary>All of the list, one after the other, for files.</summary>
    public async IAsyncEnumerable<ExpiringCredit> ReadAllAsync(Caller caller, ExpiringFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageRules, cancellationToken);
        var (store, today) = await StoreAsync(db, filter, cancellationToken);
        var expiring = Expiring(db, filter, store, today).AsNoTracking().Include(credit => credit.Account).Include(credit => credit.Type)
            .OrderBy(credit => credit.ExpiresOn).ThenBy(credit => credit.Id);
        await foreach (var credit in expiring.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return RowOf(credit);
        }
    }

    /// <summary>Extends one credit after the other, each a write of its own. What was begun can be cancelled between two of them, and gone on with.</summary>
    public async Task<Result<ExtensionReport>> ExtendAsync(
        Caller caller, ExpiringFilter filter, ExtensionRequest request, IProgress<ExtensionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        List<Target> targets;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await using var snapshot = await db.BeginReadAsync(cancellationToken);
            await db.DemandAsync(caller, Permission.ManageRules, cancellationToken);
            var (store, today) = await StoreAsync(db, filter, cancellationToken);
            var reason = await db.FindReasonAsync(request.Reason, ReasonPurposes.ExpiryChange);
            if ((Wrong(filter, request, today) ?? reason.Refusal) is { } refusal)
            {
                return refusal;
            }

            var expiring = Expiring(db, filter, store, today);
            targets = await expiring.OrderBy(credit => credit.ExpiresOn).ThenBy(credit => credit.Id)
                .Select(credit => new Target(credit.PublicId, credit.Account.Name, credit.Version, credit.ExpiresOn!.Value, credit.CurrencyCode, credit.Buckets.Available))
                .ToListAsync(cancellationToken);
        }

        return ChangedSince(targets, request.Seen) ?? await ExtendAsync(caller, targets, request, progress, cancellationToken);
    }

    private async Task<Result<ExtensionReport>> ExtendAsync(
        Caller caller, List<Target> targets, ExtensionRequest request, IProgress<ExtensionProgress>? progress, CancellationToken cancellationToken)
    {
        var (extended, skipped, named) = (0, 0, new List<SkippedCredit>());
        foreach (var target in targets)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return new ExtensionReport(targets.Count, extended, skipped, named, Cancelled: true);
            }

            var change = new ChangeCreditRequest { ExpiresOn = request.NewLastDay(target.ExpiresOn), Reason = request.Reason, Version = target.Version };
            var changed = await credits.ChangeAsync(caller, KeyOf(target, request), target.Id, change);
            if (changed is { IsOk: false, Replayed: true })
            {
                // It was refused before; what it was refused for, as its type, may be in order by now.
                changed = await credits.ChangeAsync(caller, OperationKey.ForForm(), target.Id, change);
            }

            if (changed.Refusal is { } refusal && (refusal.Code == CallerCheck.SessionEnded.Code || refusal.Code == CallerCheck.Forbidden.Code || refusal.Field == "reason"))
            {
                return refusal;
            }

            (extended, skipped) = changed.IsOk ? (extended + 1, skipped) : (extended, skipped + 1);
            if (!changed.IsOk && named.Count < SkippedNamed)
            {
                named.Add(new SkippedCredit(target.Id, target.AccountName, changed.Refusal.Message));
            }

            if ((extended + skipped) % CreditsBetweenReports == 0)
            {
                progress?.Report(new ExtensionProgress(targets.Count, extended + skipped));
            }
        }

        return new ExtensionReport(targets.Count, extended, skipped, named, Cancelled: false);
    }

    /// <summary>The same for whoever asks for the same of the same credit.</summary>
    private static OperationKey KeyOf(Target target, ExtensionRequest request) =>
        OperationKey.ForJob(string.Create(CultureInfo.InvariantCulture, $"extend:{target.Id}:{target.Version}:{request.NewLastDay(target.ExpiresOn):yyyy-MM-dd}:{request.Reason}"));

    /// <summary>People extend what they saw the cost of.</summary>
    private static Refusal? ChangedSince(List<Target> targets, IReadOnlyList<ExpiringTotal>? seen)
    {
        if (seen is null)
        {
            return null;
        }

        var now = targets.GroupBy(target => target.Currency).Select(together => (together.Key, Count: together.Count(), Minor: together.Sum(target => target.AvailableMinor)));
        return now.ToHashSet().SetEquals(seen.Select(total => (total.Currency, total.Credits, total.Amount.Minor)))
            ? null
            : new Refusal("changed-meanwhile", "What expires has changed since this was shown. Look at the new cost, then extend it.");
    }

    private static Refusal? Wrong(ExpiringFilter filter, ExtensionRequest request, DateOnly today)
    {
        var until = today.AddDays(filter.Days);
        return request switch
        {
            { Days: null, Date: null } => new Refusal("invalid-request", "Say how many days to add, or a date.", "days"),
            { Days: not null, Date: not null } => new Refusal("invalid-request", "Give either days to add or a date.", "days"),
            { Days: { } days } when days <= filter.Days || days > 3650 => new Refusal(
                "invalid-request", $"Add {filter.Days + 1} to 3650 days, so that none of it expires in these {filter.Days} days.", "days"),
            { Date: { } date } when date <= until => new Refusal("invalid-request", $"Choose {until.AddDays(1):yyyy-MM-dd} or later, so that none of it expires in these {filter.Days} days.", "date"),
            _ => null,
        };
    }

    /// <summary>Credit that is good today, has something left and whose last good day lies in the window.</summary>
    private static IQueryable<Credit> Expiring(StoreCreditDbContext db, ExpiringFilter filter, Store store, DateOnly today)
    {
        var until = today.AddDays(filter.Days);
        var expiring = db.Credits.Where(credit => credit.Buckets.Available > 0 && credit.ExpiresOn >= today && credit.ExpiresOn <= until && credit.StoreId == store.Id);
        return filter.Type is { } type ? expiring.Where(credit => credit.Type.Code == type) : expiring;
    }

    private async Task<(Store Store, DateOnly Today)> StoreAsync(StoreCreditDbContext db, ExpiringFilter filter, CancellationToken cancellationToken)
    {
        var store = await db.Stores.AsNoTracking().SingleOrDefaultAsync(one => one.Code == filter.Store, cancellationToken)
            ?? await db.Stores.AsNoTracking().SingleAsync(one => one.IsDefault, cancellationToken);
        return (store, store.DateOf(clock.GetUtcNow()));
    }

    private static ExpiringCredit RowOf(Credit credit) => new(
        credit.PublicId, credit.Account.PublicId, credit.Account.Name, credit.Type.Name, credit.ExpiresOn!.Value, Amount.Of(credit.Buckets.Available, credit.Currency), credit.CurrencyCode);

    private sealed record Target(Guid Id, string AccountName, int Version, DateOnly ExpiresOn, string Currency, long AvailableMinor);
}
