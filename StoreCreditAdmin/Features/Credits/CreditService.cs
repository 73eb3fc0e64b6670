using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Credits;

/// <summary>Issues, changes, adjusts, invalidates and deletes credit, and debits accounts.</summary>
public sealed class CreditService(CommitGate gate)
{
    /// <summary>The reason that a deletion is booked with, since it asks for none.</summary>
    private const string DeletionReason = "correction";

    private static readonly Refusal NotFound = new("not-found", "There is no such credit.");

    private static readonly Refusal ChangedMeanwhile =
        new("changed-meanwhile", "Somebody else changed this credit meanwhile. Look at it again, then make your change.");

    /// <param name="source">How the credit came to be; see <see cref="Credit.Source"/>.</param>
    public Task<Result<CreditView>> IssueAsync(Caller caller, OperationKey key, string accountReference, IssueCreditRequest request, string source = "staff") =>
        gate.ExecuteAsync<CreditView>(new OperationRequest("credit.issue", key, caller, Permission.IssueCredit), async write =>
        {
            var found = await write.Db.FindAccountAsync(accountReference);
            if (!found.IsOk)
            {
                return found.Refusal;
            }

            var account = found.Value;
            write.About(account.Name, account.PublicId.ToString(), account.Id);
            if (CreditTexts.Refusal(request.Name, request.Memo, request.CustomerNote) is { } badText)
            {
                return badText;
            }

            var store = await write.Db.FindStoreAsync(request.Store);
            var amount = MoneyInput.RequirePositive(request.Amount);
            var type = await write.Db.FindCreditTypeAsync(request.Type);
            if ((store.Refusal ?? amount.Refusal ?? type.Refusal) is { } refusal)
            {
                return refusal;
            }

            var reason = await IssueReasonAsync(write.Db, request.Reason, type.Value);
            if (!reason.IsOk)
            {
                return reason.Refusal;
            }

            write.Notify = request.Notify;
            var posting = write.Posting(store.Value, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Memo) });
            var effectiveOn = request.EffectiveOn ?? posting.Moment.Today;
            var terms = new CreditTerms
            {
                Source = source,
                Name = Texts.Clean(request.Name),
                Memo = Texts.Clean(request.Memo),
                CustomerNote = Texts.Clean(request.CustomerNote),
                EffectiveOn = effectiveOn,
                ExpiresOn = request.ExpiresOn.IsSet ? request.ExpiresOn.Value : await write.Db.LastGoodDayAsync(type.Value, posting.Moment.Today),
            };
            var wallet = await write.OpenWalletAsync(account, store.Value, amount.Value.Currency);
            var issued = wallet.Issue(posting, type.Value, amount.Value.Minor, terms, store.Value.CapIn(amount.Value.Currency));
            if (!issued.IsOk)
            {
                return issued.Refusal;
            }

            write.Record(wallet);
            await write.HandleArrivalsAsync();
            var view = CreditView.Of(issued.Value, write.Now);
            write.Audit(account.Name, account.PublicId.ToString(), account.Id, reason.Value?.Name, newValues: new
            {
                credit = view.Id,
                amount = amount.Value.ToString(),
                view.Currency,
                view.Store,
                view.Type,
                view.EffectiveOn,
                view.ExpiresOn,
                view.Memo,
            });
            return view;
        });

    public Task<Result<CreditView>> ChangeAsync(Caller caller, OperationKey key, Guid creditId, ChangeCreditRequest request) =>
        OnCreditAsync("credit.change", Permission.EditCredit, caller, key, creditId, request.Version, async (write, credit) =>
        {
            if (request.Type.IsSet && request.Type.Value != credit.Type.Code)
            {
                return new Refusal("type-frozen", "A credit's type never changes. Invalidate this credit and issue a new one.", "type");
            }

            if (credit.IsDeleted)
            {
                return new Refusal("credit-deleted", "This credit was deleted.");
            }

            var (name, memo, note) = (Texts.Clean(request.Name.Or(credit.Name)), Texts.Clean(request.Memo.Or(credit.Memo)), Texts.Clean(request.CustomerNote.Or(credit.CustomerNote)));
            if (CreditTexts.Refusal(name, memo, note) is { } badText)
            {
                return badText;
            }

            var before = new Dictionary<string, object?>();
            var after = new Dictionary<string, object?>();
            Note("name", credit.Name, name);
            Note("memo", credit.Memo, memo);
            Note("customerNote", credit.CustomerNote, note);
            Reason? reason = null;
            if (request.ExpiresOn.IsSet && request.ExpiresOn.Value != credit.ExpiresOn)
            {
                var found = await write.Db.FindReasonAsync(request.Reason, ReasonPurposes.ExpiryChange);
                if (!found.IsOk)
                {
                    return found.Refusal;
                }

                reason = found.Value;
                Note("expiresOn", credit.ExpiresOn, request.ExpiresOn.Value);
                var wallet = await write.OpenWalletAsync(credit.Account, credit.Store, credit.Currency, credit);
                var changed = wallet.ChangeExpiry(write.Posting(credit.Store, new EntryDetails { Reason = reason }), credit, request.ExpiresOn.Value);
                if (!changed.IsOk)
                {
                    return changed.Refusal;
                }

                write.Record(wallet);
            }

            if (after.Count > 0)
            {
                credit.Describe(name, memo, note);
                Audit(write, credit, reason, oldValues: before, newValues: after);
            }

            return credit;

            void Note(string field, object? from, object? to)
            {
                if (!Equals(from, to))
                {
                    before[field] = from;
                    after[field] = to;
                }
            }
        });

    public Task<Result<CreditView>> AdjustAsync(Caller caller, OperationKey key, Guid creditId, AdjustCreditRequest request) =>
        OnCreditAsync("credit.adjust", Permission.EditCredit, caller, key, creditId, request.Version, async (write, credit) =>
        {
            if (request.NewAmount is null == request.Delta is null)
            {
                return new Refusal("invalid-request", "Give either newAmount or delta.", "newAmount");
            }

            var newAmount = request.NewAmount?.ParseSigned("newAmount");
            var delta = request.Delta is null ? (Result<long>?)null : AmountParser.ParseSigned(request.Delta, credit.Currency, "delta");
            var reason = await write.Db.FindReasonAsync(request.Reason, ReasonPurposes.Adjust);
            if ((newAmount?.Refusal ?? delta?.Refusal ?? reason.Refusal ?? CreditTexts.Refusal(request.Memo, "memo")) is { } refusal)
            {
                return refusal;
            }

            if (newAmount is { } money && money.Value.Currency != credit.Currency)
            {
                return new Refusal("currency-mismatch", $"This credit is in {credit.Currency}.", "newAmount");
            }

            var creditedBefore = credit.Buckets.Credited;
            var wallet = await write.OpenWalletAsync(credit.Account, credit.Store, credit.Currency, credit);
            var posting = write.Posting(credit.Store, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Memo) });
            var cap = credit.Store.CapIn(credit.Currency);
            var adjusted = delta is { } by ? wallet.AdjustBy(posting, credit, by.Value, cap) : wallet.AdjustTo(posting, credit, newAmount!.Value.Value.Minor, cap);
            if (adjusted.IsOk)
            {
                write.Record(wallet);
                Audit(
                    write,
                    credit,
                    reason.Value,
                    request.Memo,
                    new { credited = Amount.Of(creditedBefore, credit.Currency) },
                    new { credited = Amount.Of(credit.Buckets.Credited, credit.Currency) });
            }

            return adjusted;
        });

    public Task<Result<CreditView>> InvalidateAsync(Caller caller, OperationKey key, Guid creditId, InvalidateCreditRequest request) =>
        OnCreditAsync("credit.invalidate", Permission.InvalidateCredit, caller, key, creditId, null, async (write, credit) =>
        {
            var reason = await write.Db.FindReasonAsync(request.Reason, ReasonPurposes.Invalidate);
            if ((reason.Refusal ?? CreditTexts.Refusal(request.Note, "note")) is { } refusal)
            {
                return refusal;
            }

            var wallet = await write.OpenWalletAsync(credit.Account, credit.Store, credit.Currency, credit);
            var invalidated = wallet.Invalidate(write.Posting(credit.Store, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Note) }), credit);
            if (invalidated.IsOk)
            {
                write.Record(wallet);
                Audit(write, credit, reason.Value, request.Note, newValues: new { invalidated = Amount.Of(credit.Buckets.Invalidated, credit.Currency) });
            }

            return invalidated;
        });

    public Task<Result<CreditView>> DeleteAsync(Caller caller, OperationKey key, Guid creditId) =>
        OnCreditAsync("credit.delete", Permission.InvalidateCredit, caller, key, creditId, null, async (write, credit) =>
        {
            var reason = await write.Db.Reasons.SingleAsync(one => one.Code == DeletionReason);
            var credited = credit.Buckets.Credited;
            var wallet = await write.OpenWalletAsync(credit.Account, credit.Store, credit.Currency, credit);
            var deleted = wallet.Delete(write.Posting(credit.Store, new EntryDetails { Reason = reason }), credit);
            if (deleted.IsOk)
            {
                write.Record(wallet);
                Audit(write, credit, null, oldValues: new { credited = Amount.Of(credited, credit.Currency) });
            }

            return deleted;
        });

    /// <summary>A negative entry on the account, taken from its credits in spending order.</summary>
    public Task<Result<DebitView>> DebitAsync(Caller caller, OperationKey key, string accountReference, DebitRequest request) =>
        gate.ExecuteAsync<DebitView>(new OperationRequest("account.debit", key, caller, Permission.EditCredit), async write =>
        {
            var found = await write.Db.FindAccountAsync(accountReference);
            if (!found.IsOk)
            {
                return found.Refusal;
            }

            var account = found.Value;
            write.About(account.Name, account.PublicId.ToString(), account.Id);
            var store = await write.Db.FindStoreAsync(request.Store);
            var amount = MoneyInput.RequirePositive(request.Amount);
            var reason = await write.Db.FindReasonAsync(request.Reason, ReasonPurposes.Adjust);
            if ((store.Refusal ?? amount.Refusal ?? reason.Refusal ?? CreditTexts.Refusal(request.Memo, "memo")) is { } refusal)
            {
                return refusal;
            }

            var wallet = await write.LoadWalletAsync(account, store.Value, amount.Value.Currency);
            var posting = write.Posting(store.Value, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Memo) });
            var debited = wallet.Debit(posting, amount.Value.Minor);
            if (!debited.IsOk)
            {
                return debited.Refusal;
            }

            write.Record(wallet);
            write.Audit(account.Name, account.PublicId.ToString(), account.Id, reason.Value.Name, request.Memo, newValues: new { amount = "-" + amount.Value, currency = amount.Value.Currency.Code, store = store.Value.Code });
            return new DebitView { Lines = [.. debited.Value.Select(draw => new DebitLine(draw.Credit.PublicId, Amount.Of(draw.AmountMinor, amount.Value.Currency)))] };
        });

    private Task<Result<CreditView>> OnCreditAsync(
        string kind, Permission permission, Caller caller, OperationKey key, Guid creditId, int? version, Func<WriteScope, Credit, Task<Result<Credit>>> deed) =>
        gate.ExecuteAsync<CreditView>(new OperationRequest(kind, key, caller, permission), async write =>
        {
            var credit = await write.Db.Credits
                .Include(one => one.Account).Include(one => one.Store).Include(one => one.Type).Include(one => one.OriginCredit)
                .SingleOrDefaultAsync(one => one.PublicId == creditId);
            if (credit is null)
            {
                return NotFound;
            }

            write.About(credit.Account.Name, credit.PublicId.ToString(), credit.AccountId);
            if (version is not null && version != credit.Version)
            {
                return ChangedMeanwhile;
            }

            var result = await deed(write, credit);
            if (result.IsOk)
            {
                await write.HandleArrivalsAsync();
            }

            return result.Map(changed => CreditView.Of(changed, write.Now));
        });

    private static async Task<Result<Reason?>> IssueReasonAsync(StoreCreditDbContext db, string? code, CreditType type)
    {
        if (string.IsNullOrWhiteSpace(code) && !type.RequiresReason)
        {
            return Result<Reason?>.Of(null);
        }

        var reason = await db.FindReasonAsync(code, ReasonPurposes.Issue);
        return reason.IsOk ? reason.Value : reason.Refusal;
    }

    private static void Audit(WriteScope write, Credit credit, Reason? reason, string? note = null, object? oldValues = null, object? newValues = null) =>
        write.Audit(credit.Account.Name, credit.PublicId.ToString(), credit.AccountId, reason?.Name, note, oldValues, newValues);
}
