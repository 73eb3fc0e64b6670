using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Layout;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests;

/// <summary>What must stay true of the source, whoever changes it: which folder may name which, who writes the ledger, and that nothing is open by mistake.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Layers = ["Domain", "Data", "Security", "Features", "Components"];

    public static TheoryData<string> AllLayers { get; } = [.. Layers];

    [Theory]
    [MemberData(nameof(AllLayers))]
    public void A_layer_names_only_the_layers_below_it(string layer)
    {
        string[] allowed = layer switch
        {
            "Domain" => [],
            "Data" => ["Domain"],
            "Security" => ["Domain"],
            "Features" => ["Domain", "Data", "Security"],
            "Components" => ["Domain", "Security", "Features"],
            _ => throw new ArgumentOutOfRangeException(nameof(layer)),
        };
        var forbidden = string.Join('|', Layers.Except([layer, .. allowed]));

        // A name from its root, or from the product's namespace on. Data may name the roles, which are its first rows.
        var exception = layer == "Data" ? @"(?!Security\.Roles\b)" : "";
        var naming = new Regex($@"(?<![\w.""/]){exception}(?:StoreCreditAdmin\.)?(?:{forbidden})\.[A-Z]\w*|using StoreCreditAdmin\.(?:{forbidden})\b[^;\n]*");

        Assert.Empty(SourceText.Of(layer).SelectMany(file => file.Find(naming)));
    }

    [Fact]
    public void The_domain_knows_no_database_no_web_no_clock_and_no_files() =>
        Assert.Empty(SourceText.Of("Domain").SelectMany(file => file.Find(OutsideWorld())));

    [Fact]
    public void The_rules_of_the_ledger_know_no_chance() =>
        Assert.Empty(SourceText.Of("Domain/Ledger").SelectMany(file => file.Find(Chance())));

    [Fact]
    public void Pages_know_no_database() =>
        Assert.Empty(SourceText.Of("Components").SelectMany(file => file.Find(Database())));

    [Fact]
    public void Only_the_ledger_writes_the_ledger_s_tables()
    {
        var others = SourceText.Of("").Where(file =>
            !file.Path.StartsWith("Features/Ledger/", StringComparison.Ordinal)
            && !file.Path.StartsWith("Domain/Ledger/", StringComparison.Ordinal)
            && !file.Path.StartsWith("Data/Migrations/", StringComparison.Ordinal));

        Assert.Empty(others.SelectMany(file => file.Find(LedgerWriting())));
    }

    [Fact]
    public void Nobody_asks_the_wall_clock() =>
        Assert.Empty(SourceText.Of("").Where(file => !file.Path.StartsWith("Features/Clock/", StringComparison.Ordinal)).SelectMany(file => file.Find(WallClock())));

    [Fact]
    public void Nobody_saves_without_the_gate_but_those_who_sign_people_in_send_messages_and_set_the_system_up()
    {
        string[] known =
        [
            "Features/CustomerLinks/CustomerViews.cs",
            "Features/Jobs/JobLeases.cs",
            "Features/Ledger/CommitGate.cs",
            "Features/Ledger/LedgerService.cs",
            "Features/Mails/MailPost.cs",
            "Features/Messages/MessageRetention.cs",
            "Features/SignIn/SamplePeople.cs",
            "Features/SignIn/SignInService.cs",
            "Features/Webhooks/DeliveryQueue.cs",
        ];
        var saving = SourceText.Of("").Where(file => file.Path.StartsWith("Features/", StringComparison.Ordinal) || file.Path.StartsWith("Components/", StringComparison.Ordinal))
            .Where(file => SavingContext().IsMatch(file.Code) && !file.Code.Contains("WriteScope", StringComparison.Ordinal) && !file.Code.Contains("write.Db", StringComparison.Ordinal))
            .Select(file => file.Path);

        Assert.Empty(saving.Except(known));
    }

    /// <summary>Any other type breaks the page where the address says something else.</summary>
    [Fact]
    public void Pages_take_what_an_address_says_as_text() =>
        Assert.Equal([], typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute)) && property.PropertyType != typeof(string) && property.PropertyType != typeof(string[]))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));

    [Fact]
    public void Every_page_names_a_policy_or_says_that_it_is_open()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RouteAttribute))).ToList();

        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(page => !page.IsDefined(typeof(AllowAnonymousAttribute)) && page.GetCustomAttributes<AuthorizeAttribute>().All(one => one.Policy is null)).Select(page => page.Name));
        Assert.Equal(
            ["AcceptLink", "Error", "SetUp", "SignIn"],
            pages.Where(page => page.IsDefined(typeof(AllowAnonymousAttribute))).Select(page => page.Name).Order());
    }

    [Fact]
    public async Task Every_endpoint_names_a_policy_or_says_that_it_is_open()
    {
        await using var app = new InnerApp("Production");
        var routes = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();

        // The connection of pages, and files that a build has not listed, have no policy of their own: they fall under the one for whoever is signed in.
        var open = routes.Where(route => !IsOfPages(route) && route.Metadata.GetMetadata<IAllowAnonymous>() is null
            && route.Metadata.GetOrderedMetadata<IAuthorizeData>().All(data => data.Policy is null));
        Assert.Empty(open.Select(route => route.DisplayName));
        Assert.Contains(routes, route => route.RoutePattern.RawText == "/api/v1/credits/{id}");
        Assert.Contains(routes, route => route.RoutePattern.RawText == "/exports/audit.csv");
    }

    [Fact]
    public void The_menu_leads_to_pages_under_the_permission_that_they_ask_for()
    {
        var policies = typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (route.Template, Policy: type.GetCustomAttribute<AuthorizeAttribute>()?.Policy)))
            .ToLookup(page => page.Template, page => page.Policy);

        Assert.All(NavItem.Groups.SelectMany(group => group.Items), item => Assert.Equal([item.Permission.ToString()], policies["/" + item.Path]));
    }

    [Fact]
    public void The_delivered_roles_are_the_rows_that_the_database_begins_with() =>
        Assert.Equal([Roles.Agent, Roles.Manager, Roles.Accountant, Roles.Administrator], Roles.All);

    private static bool IsOfPages(RouteEndpoint route) =>
        route.RoutePattern.RawText?.TrimStart('/') is { } pattern
        && (pattern.StartsWith("_blazor", StringComparison.Ordinal) || pattern.StartsWith("_framework", StringComparison.Ordinal) || pattern == "{**path:file}");

    [GeneratedRegex(@"\b(Microsoft\.(EntityFrameworkCore|AspNetCore|Data|Extensions)\b|System\.(IO|Net)\b|TimeProvider|File\.|Environment\.|Console\.|Thread\.|Task\b)")]
    private static partial Regex OutsideWorld();

    [GeneratedRegex(@"\b(Random\b|RandomNumberGenerator|Guid\.(NewGuid|CreateVersion7))")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\b(Microsoft\.EntityFrameworkCore\w*|Microsoft\.Data\.Sqlite|IQueryable|DbContext|StoreCreditDbContext|IDbContextFactory)\b")]
    private static partial Regex Database();

    [GeneratedRegex("""
        (?x)
        \b(LedgerEntries|Operations|OperationOutcomes|Credits|AccountBalances|Authorizations|AuthorizationLines)\s*\.\s*(Add|Remove|Update|Attach|Entry|Execute(Update|Delete))\w*\(
        |\bnew\s+(LedgerEntry|Operation|OperationOutcome|AccountBalance)\(
        |\bSet<(LedgerEntry|Operation|OperationOutcome|Credit|AccountBalance|Authorization|AuthorizationLine)>\(\)\s*\.\s*(Add|Remove|Update|Attach)
        |\b[dD]b\s*\.\s*Append\(
        |\b(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+["\\]*(LedgerEntries|Operations|OperationOutcomes|Credits|AccountBalances|Authorizations|AuthorizationLines)\b
        """)]
    private static partial Regex LedgerWriting();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b|\bTimeProvider\.System\b|\bThread\.Sleep\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\bSaveChangesAsync\(|\bExecute(Update|Delete)Async\(|\bExecuteSql\w*\(")]
    private static partial Regex SavingContext();
}
