using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

public static class AccountEndpoints
{
    private const string StaffView = "staff";
    private const string CustomerView = "customer";

    public static void MapAccounts(this RouteGroupBuilder api)
    {
        api.MapPost("/accounts", (ApiWrite<CreateAccountRequest> write, AccountService accounts) =>
                write.AnswerAsync(accounts.CreateAsync(write.Caller, write.Key, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Creates an account; an e-mail address or a telephone number makes its first contact")
            .Produces<AccountView>(StatusCodes.Status201Created);

        api.MapGet("/accounts", (ApiRead read, ApiList list, AccountSearch search, CancellationToken cancellationToken, string? query) =>
                read.AnswerAsync(search.ListAsync(read.Caller, query, list.Page, cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("Accounts by part of a name, e-mail address, telephone number, external id, order number or card number; all by name without a query")
            .Produces<KeysetPage<AccountView>>();

        api.MapGet("/accounts/{id}", (string id, ApiRead read, AccountDetails accounts, CancellationToken cancellationToken) =>
                read.AnswerAsync(accounts.GetAsync(read.Caller, id, cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("An account by its id, or by ext: and its external id")
            .Produces<AccountView>();

        api.MapPost("/accounts/{id}/contacts", (string id, ApiWrite<AddContactRequest> write, ContactService contacts) =>
                write.AnswerAsync(contacts.AddAsync(write.Caller, write.Key, id, write.Body), StatusCodes.Status201Created))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Adds a person who acts for the account")
            .Produces<ContactView>(StatusCodes.Status201Created);

        api.MapPatch("/contacts/{id}", (ApiId id, ApiWrite<ChangeContactRequest> write, ContactService contacts) =>
                write.AnswerAsync(contacts.ChangeAsync(write.Caller, write.Key, id.Value, write.Body)))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Changes a contact, and whether it may use the account's credit")
            .Produces<ContactView>();

        api.MapPut("/accounts/{id}/hold", (string id, ApiWrite<HoldRequest> write, AccountService accounts) =>
                write.AnswerAsync(accounts.HoldAsync(write.Caller, write.Key, id, write.Body)))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Puts an account on hold: its credit cannot be spent until the hold is lifted")
            .Produces<AccountView>();

        api.MapDelete("/accounts/{id}/hold", (string id, ApiWrite write, AccountService accounts) =>
                write.AnswerAsync(accounts.LiftHoldAsync(write.Caller, write.Key, id)))
            .NeedsScope(Scopes.Credits)
            .WithSummary("Lifts the hold")
            .Produces<AccountView>();

        api.MapGet("/accounts/{id}/balance", (string id, ApiRead read, AccountDetails accounts, CancellationToken cancellationToken, string? store, string? currency, string? asOf) =>
                read.AnswerAsync(accounts.BalanceAsync(read.Caller, id, new BalanceQuery(store, currency, ApiQuery.Date(asOf, "asOf")), cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("What an account has by store and currency, now or at the end of a day")
            .Produces<BalanceList>();

        api.MapGet("/accounts/{id}/entries", (
                string id, ApiRead read, ApiList list, AccountEntries entries, CancellationToken cancellationToken, string? view, string? from, string? to, string? creditId) =>
                read.AnswerAsync(entries.ListAsync(
                    read.Caller,
                    id,
                    new EntryFilter
                    {
                        ForCustomer = IsCustomerView(view),
                        From = ApiQuery.Date(from, "from"),
                        To = ApiQuery.Date(to, "to"),
                        CreditId = creditId is null ? null : ApiId.Parse(creditId, null).Value,
                    },
                    list.Page,
                    cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("An account's ledger entries, newest first, as staff or the customer sees them")
            .Produces<KeysetPage<EntryView>>();
    }

    private static bool IsCustomerView(string? view) => view switch
    {
        null or "" or StaffView => false,
        CustomerView => true,
        _ => throw ApiRequestException.Invalid($"Write {StaffView} or {CustomerView}.", "view"),
    };
}
