using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Sends mails again by hand.</summary>
public sealed class MailService(CommitGate gate)
{
    /// <summary>Under the same Message-ID, so that a reader's program can tell that it is the same mail.</summary>
    public Task<Result<Done>> SendAgainAsync(Caller caller, OperationKey key, Guid id) =>
        gate.ExecuteAsync<Done>(new OperationRequest("mail.send-again", key, caller, Permission.ManageMessages), async write =>
        {
            if (await write.Db.Mails.SingleOrDefaultAsync(one => one.PublicId == id) is not { } mail)
            {
                return new Refusal("not-found", "There is no such e-mail.");
            }

            var subject = $"{MailNames.Of(mail.Kind)} to {mail.Address}";
            write.About(subject, id.ToString(), mail.AccountId);
            if (mail.State is MailState.Waiting or MailState.Sending)
            {
                return new Refusal("mail-on-its-way", "This e-mail is on its way already.");
            }

            var before = mail.State;
            mail.SendAgain(write.Now);
            write.Audit(subject, id.ToString(), mail.AccountId, oldValues: new { state = before.ToString() }, newValues: new { state = mail.State.ToString() });
            return Done.Instance;
        });
}
