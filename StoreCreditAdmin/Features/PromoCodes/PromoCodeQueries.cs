using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.PromoCodes;

/// <summary>Reads the codes, how they stand and what they gave.</summary>
public sealed class PromoCodeQueries(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    private const string List = "codes";
    private const int CodesAtOnce = 500;

    /// <summary>For the HTTP API: in the order in which they were added.</summary>
    public async Task<KeysetPage<PromoCodeView>> ListAsync(Caller caller, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var after = page.After?.Number(List) ?? 0;
        var rows = await db.PromoCodes.AsNoTracking().Include(code => code.Type).Include(code => code.ReferrerAccount)
            .Where(code => code.Id > after).OrderBy(code => code.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return KeysetPage<PromoCodeView>.Of(rows, page.Limit, PromoCodeView.Of, code => Cursor.After(List, code.Id));
    }

    /// <summary>The newest first.</summary>
    public async Task<Page<PromoCodeRow>> SearchAsync(Caller caller, PromoCodeFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageCatalogues, cancellationToken);
        var today = await TodayAsync(db, cancellationToken);
        var matching = Matching(db, filter, today);
        var total = await matching.CountAsync(cancellationToken);
        var codes = await matching.AsNoTracking().Include(code => code.Type).Include(code => code.ReferrerAccount)
            .OrderByDescending(code => code.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        var given = await GivenAsync(db, [.. codes.Select(code => code.Id)], cancellationToken);
        return new Page<PromoCodeRow>([.. codes.Select(code => RowOf(code, given.GetValueOrDefault(code.Id), today))], total);
    }

    /// <summary>All codes of a filter, one after the other, for files: read in parts, each with what its codes gave.</summary>
    public async IAsyncEnumerable<PromoCodeRow> ReadAllAsync(Caller caller, PromoCodeFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageCatalogues, cancellationToken);
        var today = await TodayAsync(db, cancellationToken);
        var before = int.MaxValue;
        while (true)
        {
            var codes = await Matching(db, filter, today).AsNoTracking().Include(code => code.Type).Include(code => code.ReferrerAccount)
                .Where(code => code.Id < before).OrderByDescending(code => code.Id).Take(CodesAtOnce).ToListAsync(cancellationToken);
            var given = await GivenAsync(db, [.. codes.Select(code => code.Id)], cancellationToken);
            foreach (var code in codes)
            {
                yield return RowOf(code, given.GetValueOrDefault(code.Id), today);
            }

            if (codes.Count < CodesAtOnce)
            {
                yield break;
            }

            before = codes[^1].Id;
        }
    }

    /// <summary>All uses of a code, one after the other, for files.</summary>
    public async IAsyncEnumerable<PromoCodeUseRow> ReadAllUsesAsync(Caller caller, string text, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageCatalogues, cancellationToken);
        var key = PromoCode.KeyOf(text);
        var uses = db.PromoCodeUses.AsNoTracking().Where(use => use.PromoCode.CodeKey == key)
            .Include(use => use.Account).Include(use => use.Credit).Include(use => use.ReferrerCredit).OrderByDescending(use => use.Id);
        await foreach (var use in uses.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return UseOf(use);
        }
    }

    public async Task<PromoCodeRow?> GetAsync(Caller caller, string text, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageCatalogues, cancellationToken);
        var key = PromoCode.KeyOf(text);
        var code = await db.PromoCodes.AsNoTracking().Include(one => one.Type).Include(one => one.ReferrerAccount).SingleOrDefaultAsync(one => one.CodeKey == key, cancellationToken);
        return code is null ? null : RowOf(code, (await GivenAsync(db, [code.Id], cancellationToken)).GetValueOrDefault(code.Id), await TodayAsync(db, cancellationToken));
    }

    /// <summary>A code's uses, the newest first.</summary>
    public async Task<Page<PromoCodeUseRow>> UsesAsync(Caller caller, string text, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageCatalogues, cancellationToken);
        var key = PromoCode.KeyOf(text);
        var uses = db.PromoCodeUses.AsNoTracking().Where(use => use.PromoCode.CodeKey == key);
        var total = await uses.CountAsync(cancellationToken);
        var rows = await uses.Include(use => use.Account).Include(use => use.Credit).Include(use => use.ReferrerCredit)
            .OrderByDescending(use => use.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        return new Page<PromoCodeUseRow>([.. rows.Select(UseOf)], total);
    }

    private static IQueryable<PromoCode> Matching(StoreCreditDbContext db, PromoCodeFilter filter, DateOnly today)
    {
        IQueryable<PromoCode> codes = db.PromoCodes;
        if (Texts.Clean(filter.Search) is { } search)
        {
            var part = PromoCode.KeyOf(search);
            codes = codes.Where(code => code.CodeKey.Contains(part));
        }

        codes = filter.Kind is { } kind ? codes.Where(code => code.Kind == kind) : codes;
        return filter.State switch
        {
            null => codes,
            PromoCodeState.Inactive => codes.Where(code => !code.Active),
            PromoCodeState.UsedUp => codes.Where(code => code.Active && code.Total != null && db.PromoCodeUses.Count(use => use.PromoCodeId == code.Id) >= code.Total),
            PromoCodeState.Over => Left(db, codes).Where(code => code.ValidTo < today),
            PromoCodeState.ToCome => Left(db, codes).Where(code => code.ValidFrom > today),
            _ => Left(db, codes).Where(code => !(code.ValidTo < today) && !(code.ValidFrom > today)),
        };
    }

    /// <summary>Those that are active and not used up.</summary>
    private static IQueryable<PromoCode> Left(StoreCreditDbContext db, IQueryable<PromoCode> codes) =>
        codes.Where(code => code.Active && (code.Total == null || db.PromoCodeUses.Count(use => use.PromoCodeId == code.Id) < code.Total));

    private static Task<Dictionary<int, Given>> GivenAsync(StoreCreditDbContext db, List<int> ids, CancellationToken cancellationToken) => db.PromoCodeUses
        .Where(use => ids.Contains(use.PromoCodeId))
        .GroupBy(use => use.PromoCodeId)
        .Select(uses => new Given(
            uses.Key,
            uses.Count(),
            uses.Sum(use => use.Credit.OpeningMinor),
            uses.Sum(use => use.ReferrerCredit == null ? 0 : use.ReferrerCredit.OpeningMinor)))
        .ToDictionaryAsync(given => given.PromoCodeId, cancellationToken);

    /// <summary>A code holds by the day of the order's store; the list goes by the default store's.</summary>
    private async Task<DateOnly> TodayAsync(StoreCreditDbContext db, CancellationToken cancellationToken) =>
        (await db.Stores.AsNoTracking().SingleAsync(store => store.IsDefault, cancellationToken)).DateOf(clock.GetUtcNow());

    private static PromoCodeRow RowOf(PromoCode code, Given? given, DateOnly today) => new()
    {
        Code = PromoCodeView.Of(code),
        TypeName = code.Type.Name,
        ReferrerName = code.ReferrerAccount?.Name,
        Uses = given?.Uses ?? 0,
        GivenToCustomers = Amount.Of(given?.ToCustomers ?? 0, code.Currency),
        GivenToReferrer = Amount.Of(given?.ToReferrer ?? 0, code.Currency),
        State = !code.Active ? PromoCodeState.Inactive
            : given?.Uses >= code.Total ? PromoCodeState.UsedUp
            : code.ValidTo < today ? PromoCodeState.Over
            : code.ValidFrom > today ? PromoCodeState.ToCome
            : PromoCodeState.Usable,
    };

    private static PromoCodeUseRow UseOf(PromoCodeUse use) => new()
    {
        At = use.At,
        OrderNumber = use.OrderNumber,
        AccountId = use.Account.PublicId,
        AccountName = use.Account.Name,
        CreditId = use.Credit.PublicId,
        Amount = Amount.Of(use.Credit.OpeningMinor, use.Credit.Currency),
        Currency = use.Credit.CurrencyCode,
        ReferrerCreditId = use.ReferrerCredit?.PublicId,
        ReferrerAmount = use.ReferrerCredit is { } ofReferrer ? Amount.Of(ofReferrer.OpeningMinor, ofReferrer.Currency) : null,
    };

    private sealed record Given(int PromoCodeId, int Uses, long ToCustomers, long ToReferrer);
}

public enum PromoCodeState
{
    Usable,
    ToCome,
    Over,
    UsedUp,
    Inactive,
}

/// <summary>Which codes a list shows.</summary>
public sealed record PromoCodeFilter
{
    /// <summary>A part of the code.</summary>
    public string? Search { get; init; }

    public PromoCodeKind? Kind { get; init; }

    public PromoCodeState? State { get; init; }
}

/// <summary>A code, how it stands today and what it gave so far.</summary>
public sealed record PromoCodeRow
{
    public required PromoCodeView Code { get; init; }

    public required string TypeName { get; init; }

    public required string? ReferrerName { get; init; }

    public required int Uses { get; init; }

    public required Amount GivenToCustomers { get; init; }

    public required Amount GivenToReferrer { get; init; }

    public required PromoCodeState State { get; init; }
}

/// <summary>One use of a code.</summary>
public sealed record PromoCodeUseRow
{
    public required DateTimeOffset At { get; init; }

    public required string OrderNumber { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required Guid CreditId { get; init; }

    public required Amount Amount { get; init; }

    public required string Currency { get; init; }

    public required Guid? ReferrerCreditId { get; init; }

    public required Amount? ReferrerAmount { get; init; }
}
