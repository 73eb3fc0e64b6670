using StoreCreditAdmin.Domain.Mails;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>A mail's subject as plain text and its body as HTML, both with fields in double braces.</summary>
/// <param name="Language">The tag of the language that it is written in.</param>
public sealed record MailText(string Subject, string Body, string Language = Domain.Language.English);

/// <summary>The mails as they are delivered.</summary>
public static class DefaultMails
{
    private const string Greeting = "<p>Hello {{customer.name}},</p>\n";

    private const string EachCredit =
        "{{#if credits}}\n<ul>\n{{#each credits}}\n<li>{{amount}}, {{type}}{{#if expires_on}}, good to the end of {{expires_on}}{{/if}}</li>\n{{/each}}\n</ul>\n{{/if}}\n";

    private const string Balance = "<p>Your balance at {{store.name}} is now <strong>{{balance}}</strong>.</p>\n";

    private static readonly Dictionary<MailKind, MailText> Texts = new()
    {
        [MailKind.CreditReceived] = new(
            "You received {{credit.amount}} of store credit",
            Greeting
            + "<p>{{store.name}} added <strong>{{credit.amount}}</strong> of store credit to your account{{#if order.number}} for your order {{order.number}}{{/if}}.</p>\n"
            + EachCredit
            + "{{#if credit.note}}\n<p>{{credit.note}}</p>\n{{/if}}\n"
            + "{{#if expires_on}}\n<p>It is good to the end of {{expires_on}}.</p>\n{{/if}}\n"
            + Balance),
        [MailKind.CreditRedeemed] = new(
            "You paid {{credit.amount}} with store credit",
            Greeting
            + "<p>You paid <strong>{{credit.amount}}</strong>{{#if order.number}} of your order {{order.number}}{{/if}} with store credit.</p>\n"
            + Balance),
        [MailKind.CreditExpiring] = new(
            "{{credit.amount}} of your store credit expires on {{expires_on}}",
            Greeting
            + "<p><strong>{{credit.amount}}</strong> of your store credit at {{store.name}} is good to the end of {{expires_on}}. Whatever you do not spend by then expires.</p>\n"
            + Balance),
        [MailKind.RefundedWithCredit] = new(
            "You were refunded {{credit.amount}} with store credit",
            Greeting
            + "<p>{{store.name}} refunded <strong>{{credit.amount}}</strong>{{#if order.number}} of your order {{order.number}}{{/if}} with store credit.</p>\n"
            + "{{#if credit.note}}\n<p>{{credit.note}}</p>\n{{/if}}\n"
            + Balance),
        [MailKind.MonthlyStatement] = new(
            "Your statement of store credit at {{store.name}}, {{statement.from}} to {{statement.to}}",
            Greeting
            + "<p>Your statement of store credit at {{store.name}} from {{statement.from}} to {{statement.to}} is attached.</p>\n"
            + "<p>At the end of {{statement.to}} your balance was <strong>{{statement.closing_balance}}</strong>.</p>\n"),
    };

    public static MailText Of(MailKind kind) => Texts[kind];
}
