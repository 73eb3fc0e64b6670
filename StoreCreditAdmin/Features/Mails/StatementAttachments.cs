using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Draws the statement that an e-mail brings, from the ledger as it is when the e-mail is sent, and lets the e-mail say what the statement says.</summary>
internal sealed class StatementAttachments(IDbContextFactory<StoreCreditDbContext> contexts, StatementService statements, StatementPdf pdf, IOptions<StatementOptions> options)
{
    private static readonly Caller Sending = Caller.Job("mails");

    /// <param name="fields">Of an e-mail with a statement.</param>
    /// <exception cref="StatementException">The figures do not tie out.</exception>
    /// <exception cref="MailRefusedException">The statement cannot be made.</exception>
    public async Task<(MailFields Fields, MailAttachment Attachment)> MakeAsync(long accountId, MailFields fields)
    {
        var asked = fields.Statement!;
        await using var db = await contexts.CreateDbContextAsync();
        var account = await db.Accounts.Where(one => one.Id == accountId).Select(one => one.PublicId).SingleAsync();
        var made = await statements.GetAsync(Sending, account.ToString(), new StatementRequest
        {
            Store = asked.Store,
            Currency = asked.Currency,
            From = DateOnly.ParseExact(asked.From, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            To = DateOnly.ParseExact(asked.To, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            ForCustomer = true,
        });
        if (!made.IsOk)
        {
            throw new MailRefusedException("The statement could not be made: " + made.Refusal.Message, forGood: true);
        }

        var statement = made.Value;
        var closing = MailOccasions.Text(statement.Closing.BalanceMinor, statement.Currency);
        return (
            fields with { Statement = asked with { ClosingBalance = closing } },
            new MailAttachment(StatementFile.Name(statement.Head) + ".pdf", "application/pdf", pdf.Draw(statement, options.Value.Paper, CultureInfo.InvariantCulture)));
    }
}
