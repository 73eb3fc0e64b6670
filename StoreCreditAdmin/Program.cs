using Radzen;
using StoreCreditAdmin.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.SignIn;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton(TimeProvider.System);
var connectionString = builder.Configuration.GetConnectionString("StoreCredit")!;
builder.Services.AddData(connectionString, builder.Environment.ContentRootPath);
builder.Services.AddSignIn(builder.Configuration, DataSetup.PathOf(connectionString, builder.Environment.ContentRootPath));
builder.Services.AddLedger();
builder.Services.AddCatalogue();
builder.Services.AddCredits();
builder.Services.AddExports();
builder.Services.AddCheckout();
builder.Services.AddApi();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
builder.Services.AddSharedComponents();

var app = builder.Build();

await app.Services.MigrateAsync();
await app.Services.GetRequiredService<SamplePeople>().AddAsync();

if (!app.Environment.IsDevelopment())
{
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseHsts();
}

app.UseWhen(
    context => !context.Request.Path.StartsWithSegments("/api"),
    pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
app.UseRequestLocalization();
app.UseApiProblems();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

var api = app.MapApi();
api.MapCredits();

await app.RunAsync();

/// <summary>The application's entry point, named so that tests can start it.</summary>
internal partial class Program;
