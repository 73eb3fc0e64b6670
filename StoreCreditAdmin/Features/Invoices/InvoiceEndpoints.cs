using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Invoices;

public static class InvoiceEndpoints
{
    public static void MapInvoices(this RouteGroupBuilder group)
    {
        var api = group.MapGroup("").WithTags("Invoices").WithExactTexts();
        api.MapGet("/invoices", (string? accountId, string? status, string? store, string? kind, string? dueFrom, string? dueTo, ApiList list, ApiRead read, InvoiceQueries invoices, CancellationToken cancellationToken) =>
                read.AnswerAsync(invoices.ListAsync(
                    read.Caller,
                    new InvoiceFilter
                    {
                        Account = Texts.Clean(accountId),
                        State = ApiQuery.OneOf<InvoiceState>(status, "status", InvoiceNames.Of),
                        Store = Texts.Clean(store),
                        Kind = Texts.Clean(kind),
                        DueFrom = ApiQuery.Date(dueFrom, "dueFrom"),
                        DueTo = ApiQuery.Date(dueTo, "dueTo"),
                    },
                    list.Page,
                    cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Invoices, newest first, with the totals of the whole filter")
            .Produces<InvoiceList>();

        api.MapGet("/invoices/{number}", (string number, ApiRead read, InvoiceQueries invoices, CancellationToken cancellationToken) =>
                read.AnswerAsync(invoices.GetAsync(read.Caller, number, cancellationToken), InvoiceService.NotFound.Message))
            .NeedsScope(Scopes.Read)
            .WithSummary("An invoice with what credit paid of it")
            .Produces<InvoiceView>();

        api.MapPost("/invoices/{number}/payments", (string number, ApiWrite<PayInvoiceRequest> write, InvoiceService invoices) =>
                write.AnswerAsync(invoices.PayAsync(write.Caller, write.Key, number, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Pays the rest of an invoice, or a part, with credit")
            .Produces<InvoiceView>();

        api.MapPost("/invoices/{number}/payments/{paymentId}/void", (string number, string paymentId, ApiWrite<VoidInvoicePaymentRequest> write, InvoiceService invoices) =>
                write.AnswerAsync(invoices.VoidPaymentAsync(write.Caller, write.Key, number, paymentId, write.Body)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Takes a payment by credit out of an invoice")
            .Produces<InvoiceView>();

        api.MapPost("/invoices/{number}/mark-paid", (string number, ApiWrite write, InvoiceService invoices) =>
                write.AnswerAsync(invoices.MarkPaidAsync(write.Caller, write.Key, number)))
            .NeedsScope(Scopes.Checkout)
            .WithSummary("Closes an invoice of which nothing is left to pay")
            .Produces<InvoiceView>();
    }
}
