using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Mails;

/// <summary>How far a store's statements of a month have been written to those who ask for them, so that nobody gets one twice.</summary>
public sealed class StatementMailRun
{
    private StatementMailRun()
    {
    }

    public StatementMailRun(Store store, DateOnly month)
    {
        StoreId = store.Id;
        Month = month;
    }

    public int StoreId { get; private set; }

    /// <summary>The first day of it.</summary>
    public DateOnly Month { get; private set; }

    /// <summary>The accounts up to this one have been looked at; they go by their ids.</summary>
    public long LastAccountId { get; private set; }

    public bool IsFinished { get; private set; }

    public void Advance(long lastAccountId) => LastAccountId = lastAccountId;

    public void Finish() => IsFinished = true;
}
