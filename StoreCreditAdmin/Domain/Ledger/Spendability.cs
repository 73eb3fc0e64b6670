using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>Why a credit cannot pay.</summary>
public enum Unspendable
{
    Invalidated,
    UsedUp,

    /// <summary>All that is left of it is held for other orders or invoices.</summary>
    Held,
    Expired,
    NotEffectiveYet,
    OtherStore,
    OtherCurrency,
}

/// <summary>Says of one credit what <see cref="Wallet.Spendable"/> says of all: whether it may pay, and if not, the first thing in the way.</summary>
public static class Spendability
{
    /// <returns>Null where it may pay.</returns>
    public static Unspendable? WhyNot(this Credit credit, Store store, Currency currency, DateTimeOffset now)
    {
        var today = credit.Store.DateOf(now);
        return credit.IsInvalidated ? Unspendable.Invalidated
            : credit.Buckets.Available == 0 ? Emptied(credit.Buckets)
            : credit.IsExpired(today) ? Unspendable.Expired
            : credit.StoreId != store.Id ? Unspendable.OtherStore
            : credit.CurrencyCode != currency.Code ? Unspendable.OtherCurrency
            : credit.EffectiveOn > today ? Unspendable.NotEffectiveYet
            : null;
    }

    private static Unspendable Emptied(Buckets buckets) =>
        buckets.Authorized > 0 ? Unspendable.Held
        : buckets.Expired > 0 ? Unspendable.Expired
        : Unspendable.UsedUp;
}
