using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>
/// Tries a rule on the orders that a store had in a period, by the terms that would give the credit. It reads page by page and writes nothing, and it
/// needs no rule that is kept, so a rule that changes or goes meanwhile does no harm.
/// </summary>
public sealed class RuleDryRun(IDbContextFactory<StoreCreditDbContext> contexts)
{
    public const int MostYears = 10;

    private const int PageSize = 2000;
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    public async Task<Result<DryRunView>> RunAsync(Caller caller, DryRunRequest request, IProgress<DryRunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageRules, cancellationToken);
        var draft = await RuleService.DraftAsync(db, request);
        return (draft.Refusal ?? Refusal(request.From, request.To)) is { } refusal
            ? refusal
            : await new Trial(db, draft.Value, request.From!.Value, request.To!.Value, progress, cancellationToken).RunAsync();
    }

    private static Refusal? Refusal(DateOnly? from, DateOnly? to) =>
        from is not { Year: >= FirstYear and <= LastYear } ? new Refusal(CatalogueRules.Invalid, $"Choose the first day, from {FirstYear}-01-01 on.", "from")
        : to is not { Year: >= FirstYear and <= LastYear } ? new Refusal(CatalogueRules.Invalid, $"Choose the last day, from {FirstYear}-01-01 on.", "to")
        : to < from ? new Refusal(CatalogueRules.Invalid, "The period ends before it starts. Choose a later last day.", "to")
        : to >= from.Value.AddYears(MostYears) ? new Refusal(CatalogueRules.Invalid, $"Choose a period of at most {MostYears} years.", "to")
        : null;

    private sealed class Trial(StoreCreditDbContext db, RuleDraft draft, DateOnly from, DateOnly to, IProgress<DryRunProgress>? progress, CancellationToken cancellationToken)
    {
        private readonly DateTimeOffset start = draft.Store.StartOf(from);
        private readonly DateTimeOffset end = draft.Store.StartOf(to.AddDays(1));
        private readonly DryRunTally tally = new(draft.Currency, from, to);
        private readonly Dictionary<long, History> histories = [];
        private long read;
        private long otherCurrency;

        public async Task<Result<DryRunView>> RunAsync()
        {
            await (draft.Method == EarningMethod.Registration ? RegistrationsAsync() : OrdersAsync());
            if (tally.IsTooLarge)
            {
                return new Refusal(RuleConfig.RuleInvalid, "It would have given more than amounts can say. Choose smaller amounts.");
            }

            var biggest = tally.Biggest;
            var ids = biggest.Select(one => one.AccountId).ToList();
            var accounts = await db.Accounts.Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => (account.PublicId, account.Name), cancellationToken);
            return new DryRunView
            {
                Store = draft.Store.Code,
                Method = EarningNames.Of(draft.Method),
                Currency = draft.Currency.Code,
                From = from,
                To = to,
                Customers = tally.Customers,
                Orders = tally.Orders,
                Cost = tally.Cost,
                Read = read,
                InOtherCurrencies = otherCurrency,
                ByMonth = tally.ByMonth,
                Biggest = [.. biggest.Select(one => new DryRunCustomer(accounts[one.AccountId].PublicId, accounts[one.AccountId].Name, one.Amount))],
                Histogram = tally.Histogram,
            };
        }

        /// <summary>Whoever came to be known in the period registered then: of registrations before there was a rule nothing else is known.</summary>
        private async Task RegistrationsAsync()
        {
            var opened = db.Accounts.AsNoTracking().Where(account => account.CreatedAt >= start && account.CreatedAt < end);
            var total = await opened.LongCountAsync(cancellationToken);
            var amount = ((FixedTerms)draft.Terms).AmountMinor;
            for (var last = 0L; ;)
            {
                var page = await opened.Where(account => account.Id > last).OrderBy(account => account.Id).Take(PageSize)
                    .Select(account => new { account.Id, account.CreatedAt })
                    .ToListAsync(cancellationToken);
                foreach (var account in page)
                {
                    tally.Give(account.Id, amount, draft.Store.DateOf(account.CreatedAt));
                }

                read += page.Count;
                progress?.Report(new DryRunProgress(read, total));
                if (page.Count < PageSize || tally.IsTooLarge)
                {
                    return;
                }

                last = page[^1].Id;
            }
        }

        private async Task OrdersAsync()
        {
            var paid = Earning().Where(order => order.PaidAt >= start && order.PaidAt < end);
            var (total, done) = (await paid.LongCountAsync(cancellationToken), 0L);
            for (var (at, last) = (start, 0L); ;)
            {
                var page = await paid.Where(order => order.PaidAt >= at && (order.PaidAt > at || order.Id > last))
                    .OrderBy(order => order.PaidAt).ThenBy(order => order.Id)
                    .Take(PageSize)
                    .Select(order => new PaidOrder(order.Id, order.AccountId!.Value, order.StoreId, order.CurrencyCode, order.BaseMinor!.Value, order.PaidAt!.Value))
                    .ToListAsync(cancellationToken);
                await RememberAsync(page);
                page.ForEach(Try);
                progress?.Report(new DryRunProgress(done += page.Count, total));
                if (page.Count < PageSize || tally.IsTooLarge)
                {
                    return;
                }

                (at, last) = (page[^1].PaidAt, page[^1].Id);
            }
        }

        /// <summary>Of all stores, in the order of payment: asked for by store, the database would read all that the store ever had, and sort it.</summary>
        private IQueryable<Order> Earning() => db.Orders.AsNoTracking().Where(order => order.BaseMinor != null);

        /// <summary>Reads at once what the customers of a page, who are new in the run, had before the period.</summary>
        private async Task RememberAsync(List<PaidOrder> page)
        {
            var news = page.Select(order => order.AccountId).Where(id => !histories.ContainsKey(id)).Distinct().ToList();
            news.ForEach(id => histories.Add(id, new History()));
            if (news.Count == 0 || (draft.Method != EarningMethod.FirstOrder && draft.Terms is not StepTerms))
            {
                return;
            }

            var anyStore = draft.Method == EarningMethod.FirstOrder;
            var (storeId, currency) = (draft.Store.Id, draft.Currency.Code);
            var before = await Earning().Where(order => news.Contains(order.AccountId!.Value) && order.PaidAt < start)
                .GroupBy(order => order.AccountId!.Value)
                .Select(orders => new
                {
                    AccountId = orders.Key,
                    Orders = orders.Sum(order => anyStore || order.StoreId == storeId ? 1L : 0L),
                    SpentMinor = orders.Sum(order => order.StoreId == storeId && order.CurrencyCode == currency ? order.BaseMinor!.Value : 0L),
                })
                .ToListAsync(cancellationToken);
            foreach (var one in before)
            {
                (histories[one.AccountId].Orders, histories[one.AccountId].SpentMinor) = (one.Orders, one.SpentMinor);
            }
        }

        private void Try(PaidOrder order)
        {
            var history = histories[order.AccountId];
            if (order.StoreId != draft.Store.Id)
            {
                // A first order is the first in any store; what counts for the other rules are orders of the rule's own.
                history.Orders += draft.Method == EarningMethod.FirstOrder ? 1 : 0;
                return;
            }

            read++;
            var sameCurrency = order.Currency == draft.Currency.Code;
            if (!sameCurrency)
            {
                otherCurrency++;
            }
            else if ((draft.Method != EarningMethod.FirstOrder || history.Orders == 0)
                && draft.Terms.For(new OrderBasis(order.BaseMinor, history.Orders, history.SpentMinor, history.CarryMinor)) is { } earned)
            {
                history.CarryMinor = earned.CarryMinor;
                if (earned.AmountMinor > 0)
                {
                    tally.Give(order.AccountId, earned.AmountMinor, draft.Store.DateOf(order.PaidAt));
                }
            }

            history.Orders++;
            history.SpentMinor = checked(history.SpentMinor + (sameCurrency ? order.BaseMinor : 0));
        }
    }

    private sealed record PaidOrder(long Id, long AccountId, int StoreId, string Currency, long BaseMinor, DateTimeOffset PaidAt);

    /// <summary>What a customer has paid so far, and what the rule would have left over.</summary>
    private sealed class History
    {
        public long Orders { get; set; }

        public long SpentMinor { get; set; }

        public long CarryMinor { get; set; }
    }
}
