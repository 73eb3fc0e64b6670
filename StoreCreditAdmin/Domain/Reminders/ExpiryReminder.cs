using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Reminders;

/// <summary>That an account was told of credit that expires on a day, so that it is told once.</summary>
public sealed class ExpiryReminder
{
    private ExpiryReminder()
    {
    }

    public ExpiryReminder(Account account, Store store, Currency currency, DateOnly expiresOn, long amountMinor, DateTimeOffset at)
    {
        AccountId = account.Id;
        StoreId = store.Id;
        CurrencyCode = currency.Code;
        ExpiresOn = expiresOn;
        AmountMinor = amountMinor;
        At = at;
    }

    public long AccountId { get; private set; }

    public int StoreId { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    /// <summary>The last good day.</summary>
    public DateOnly ExpiresOn { get; private set; }

    /// <summary>What would have expired when the account was told.</summary>
    public long AmountMinor { get; private set; }

    public DateTimeOffset At { get; private set; }
}
