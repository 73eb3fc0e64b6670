using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>
/// A few credits of today of which customers are told, through the application's own services, so that its e-mails have something to show. What the sample's year did is
/// told to nobody.
/// </summary>
internal static class SampleMails
{
    private static readonly (string Customer, SampleStore Store, string Amount, string Note)[] Told =
    [
        ("C-1001", SampleStore.Uk, "12.50", "Sorry that your parcel came late."),
        ("C-1028", SampleStore.Uk, "8.00", "Sorry for the chipped cup."),
        ("C-2010", SampleStore.Us, "15.00", "Thank you for your patience."),
        ("C-3001", SampleStore.Japan, "1500", "Thank you for your letter."),
    ];

    /// <summary>What was told before is not told again.</summary>
    public static async Task WriteAsync(CreditService credits, Caller agent)
    {
        foreach (var (customer, store, amount, note) in Told)
        {
            await credits.IssueAsync(agent, OperationKey.ForJob($"{SampleData.KeyPrefix}mail:{customer}"), $"ext:{customer}", new IssueCreditRequest
            {
                Store = store.Code,
                Amount = MoneyInput.Of(amount, store.Currency),
                Type = "goodwill",
                Reason = "goodwill",
                CustomerNote = note,
                Notify = true,
            });
        }
    }
}
