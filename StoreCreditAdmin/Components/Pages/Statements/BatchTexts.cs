using System.Globalization;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Statements;

namespace StoreCreditAdmin.Components.Pages.Statements;

/// <summary>How runs of statements are called.</summary>
internal static class BatchTexts
{
    public static string PeriodOf(StatementBatchView batch) => $"{batch.Currency}, {PeriodChoice.Write(batch.From)} to {PeriodChoice.Write(batch.To)}";

    public static string AccountsOf(StatementBatchView batch)
    {
        var accounts = NameOf(batch.Accounts);
        return batch.Query is null ? accounts : $"{accounts}, “{batch.Query}”";
    }

    public static string NameOf(StatementBatchAccounts accounts) => accounts switch
    {
        StatementBatchAccounts.WithMovement => "With movements",
        StatementBatchAccounts.WithBalance => "With a balance",
        _ => "All",
    };

    public static string StateOf(string state) => state == "finished" ? "Ready" : char.ToUpperInvariant(state[0]) + state[1..];

    public static string ToneOf(string state) => state switch
    {
        "finished" => "good",
        "running" or "waiting" => "info",
        "failed" => "bad",
        _ => "warn",
    };

    public static string Outcome(StatementBatchView batch) => batch.State switch
    {
        "finished" when batch.Made == 0 => "None of the accounts needs a statement for this. Choose another period, or other accounts.",
        "finished" when batch.FileUntil is null => $"{Made(batch)} {(batch.Made == 1 ? "was" : "were")} made. The file was kept for a day and is removed.",
        "finished" => $"{Made(batch)} {(batch.Made == 1 ? "is" : "are")} ready.",
        "failed" => batch.FailReason ?? "",
        "cancelled" => $"Stopped after {Done(batch)}. What was made stays, and it can go on.",
        _ => $"It was cut short after {Done(batch)}. It goes on by itself within some minutes, or at once.",
    };

    public static string Done(StatementBatchView batch) =>
        batch.Total is { } total ? $"{Number(batch.Done)} of {Number(total)} {(total == 1 ? "account" : "accounts")}" : $"{Number(batch.Done)} accounts";

    public static string Made(StatementBatchView batch) => batch.Made == 1 ? "1 statement" : $"{Number(batch.Made)} statements";

    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
