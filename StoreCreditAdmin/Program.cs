using Radzen;
using StoreCreditAdmin.Components;
using StoreCreditAdmin.Components.Pages.Customer;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Audit;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Clock;
using StoreCreditAdmin.Features.CommandLine;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.CustomerLinks;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Features.Health;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Features.Messages;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Features.Reminders;
using StoreCreditAdmin.Features.Sample;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;

var isCommand = CommandLineSetup.IsCommand(args);
var builder = WebApplication.CreateBuilder(isCommand ? [] : args);

builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddClock(builder.Configuration, builder.Environment);
var connectionString = builder.Configuration.GetConnectionString("StoreCredit")!;
builder.Services.AddData(connectionString, builder.Environment.ContentRootPath);
builder.Services.AddSignIn(builder.Configuration, DataSetup.PathOf(connectionString, builder.Environment.ContentRootPath));
builder.Services.AddStaff();
builder.Services.AddLedger();
builder.Services.AddAccounts();
builder.Services.AddCatalogue();
builder.Services.AddCredits();
builder.Services.AddAccounting();
builder.Services.AddExports();
builder.Services.AddCheckout();
builder.Services.AddOrders();
builder.Services.AddPromoCodes();
builder.Services.AddEarning();
builder.Services.AddCustomerLinks();
builder.Services.AddExpiry();
builder.Services.AddInvoices();
builder.Services.AddJournal();
builder.Services.AddReminders();
builder.Services.AddMessages(builder.Configuration);
builder.Services.AddWebhooks(builder.Configuration);
builder.Services.AddMails(builder.Configuration, Path.GetDirectoryName(DataSetup.PathOf(connectionString, builder.Environment.ContentRootPath))!);
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddImport(builder.Configuration);
builder.Services.AddStatements(builder.Configuration, DataSetup.PathOf(connectionString, builder.Environment.ContentRootPath));
builder.Services.AddSample();
builder.Services.AddAudit();
builder.Services.AddHealth();
builder.Services.AddApi();
builder.Services.AddApiKeys();
// The longest text of an e-mail comes in one piece.
builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = 512 * 1024);
builder.Services.AddRadzenComponents();
builder.Services.AddSharedComponents();

if (isCommand)
{
    builder.Logging.LogBesideOutput();
}

var app = builder.Build();

if (isCommand)
{
    return await app.Services.RunCommandAsync(args);
}

await app.Services.MigrateAsync();
await app.Services.GetRequiredService<SamplePeople>().AddAsync();
await app.Services.GetRequiredService<SampleData>().AddAsync();

app.UseSecurityHeaders();
if (!app.Environment.IsDevelopment())
{
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseHsts();
}

app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseRequestLocalization();
app.UseApiProblems();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
app.MapImport();

var api = app.MapApi();
api.MapAccounts();
api.MapCredits();
api.MapStatementRoutes();
api.MapCheckout();
api.MapOrders();
api.MapInvoices();
api.MapPromoCodes();
api.MapEarning();
api.MapCatalogue();
api.MapWebhooks();
app.MapExports();
app.MapStatementDownloads();
app.MapJournal();
app.MapCustomerView();
api.MapAccounting();
api.MapLedger();
api.MapTestClock();
app.MapHealth();
app.MapApiDocument();

await app.RunAsync();
return 0;

/// <summary>The application's entry point, named so that tests can start it.</summary>
internal partial class Program;
