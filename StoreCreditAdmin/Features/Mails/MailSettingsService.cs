using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Which mails go out, as the switches show and set it. What a request leaves out stays.</summary>
public sealed record MailSwitches
{
    /// <summary>By the mail's word, such as <c>credit-received</c>.</summary>
    public IReadOnlyDictionary<string, bool>? Mails { get; init; }

    /// <summary>How many days before its last good day the owner is told of credit, 0 to 365.</summary>
    public int? DaysAhead { get; init; }

    /// <summary>What the note of a refund with store credit says where nobody writes another; <c>{{order.number}}</c> in it is the order's number.</summary>
    public string? RefundNote { get; init; }

    /// <summary>In a request the version that the person saw; null not to ask.</summary>
    public int? Version { get; init; }

    internal static MailSwitches Of(MailSettings settings) => new()
    {
        Mails = MailNames.Kinds.ToDictionary(MailNames.Of, settings.IsOn),
        DaysAhead = settings.DaysAhead,
        RefundNote = settings.RefundNote,
        Version = settings.Version,
    };
}

/// <summary>The switches of the mails.</summary>
public sealed class MailSettingsService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string Subject = "E-mails";

    public async Task<MailSwitches> GetAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        return MailSwitches.Of(await db.ReadMailSettingsAsync());
    }

    /// <summary>The note that a refund of an order with store credit begins with.</summary>
    public async Task<string> GetRefundNoteAsync(Caller caller, string orderNumber, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.Checkout, cancellationToken);
        return (await db.ReadMailSettingsAsync()).RefundNoteOf(orderNumber);
    }

    public Task<Result<MailSwitches>> SetAsync(Caller caller, OperationKey key, MailSwitches request) =>
        gate.ExecuteAsync<MailSwitches>(new OperationRequest("mails.set", key, caller, Permission.ManageMessages), async write =>
        {
            write.About(Subject, null);
            var settings = await write.Db.MailSettings.SingleAsync(one => one.Id == MailSettings.TheOne);
            var unknown = request.Mails?.Keys.FirstOrDefault(name => MailNames.Kind(name) is null);
            var refusal = CatalogueRules.Stale(settings.Version, request.Version)
                ?? (unknown is null ? null : new Refusal(CatalogueRules.Invalid, $"Write one of {string.Join(", ", MailNames.Kinds.Select(MailNames.Of))}.", "mails"))
                ?? (request.DaysAhead is { } days ? CatalogueRules.OutOfRange(days, 0, MailSettings.MaxDaysAhead, "daysAhead") : null)
                ?? (request.RefundNote is { } note ? BadRefundNote(note) : null);
            if (refusal is not null)
            {
                return refusal;
            }

            var before = MailSwitches.Of(settings);
            foreach (var (name, on) in request.Mails ?? new Dictionary<string, bool>())
            {
                settings.Switch(MailNames.Kind(name)!.Value, on);
            }

            settings.RemindAhead(request.DaysAhead ?? settings.DaysAhead);
            settings.NoteRefunds(request.RefundNote?.Trim() ?? settings.RefundNote);
            settings.CountChange();
            var after = MailSwitches.Of(settings);
            write.Audit(Subject, null, oldValues: before, newValues: after);
            return after;
        });

    private static Refusal? BadRefundNote(string note)
    {
        const string Field = "refundNote";
        var rest = note.Replace(MailSettings.OrderNumberField, "", StringComparison.Ordinal);
        return Texts.TooLong((note.Trim(), Field, MailSettings.MaxRefundNoteLength)) ?? Texts.NotPlain(note, Field)
            ?? (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)
                ? new Refusal(CatalogueRules.Invalid, $"The one field that there is here is {MailSettings.OrderNumberField}.", Field)
                : null);
    }
}
