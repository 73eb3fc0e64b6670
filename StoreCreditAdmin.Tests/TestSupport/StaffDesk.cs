using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Radzen;
using Radzen.Blazor;
using Radzen.Blazor.Rendering;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A person of the staff with a page before them, without a browser. The services behind the page are the real ones over a real database.</summary>
public sealed class StaffDesk : BunitContext
{
    /// <summary>Long, since it only matters where a test fails: a busy machine must not make it fail.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestDatabase database;
    private readonly string userId;
    private readonly StoreBook stores;

    private StaffDesk(TestDatabase database, StoreBook stores, string role, string userId, string stamp)
    {
        (this.database, this.stores, this.userId) = (database, stores, userId);
        DefaultWaitTimeout = Patience;
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.Setup<Rect>("Radzen.createChart", _ => true).SetResult(new Rect { Width = 600, Height = 240 });
        Services.AddRadzenComponents();
        Services.AddSharedComponents();
        Services.AddScoped<CurrentCaller>();
        Services.AddFallbackServiceProvider(database.Services);
        var claims = new IdentityOptions().ClaimsIdentity;
        Services.AddSingleton(Options.Create(new IdentityOptions()));
        AddAuthorization()
            .SetAuthorized("Test " + role)
            .SetRoles(role)
            .SetPolicies([.. Roles.PermissionsOf(role).Select(permission => permission.ToString())])
            .SetClaims(new Claim(claims.UserIdClaimType, userId), new Claim(claims.SecurityStampClaimType, stamp));
    }

    /// <summary>A new person of the role, signed in.</summary>
    public static async Task<StaffDesk> OpenAsync(TestDatabase database, string role)
    {
        var user = new StaffUser { UserName = Guid.NewGuid().ToString(), DisplayName = "Test " + role, SecurityStamp = Guid.NewGuid().ToString() };
        await using var db = database.Open();
        db.Users.Add(user);
        await db.SaveChangesAsync();
        var stores = new StoreBook(await database.Get<StoreService>().ListAsync(TestDatabase.Robot));
        return new StaffDesk(database, stores, role, user.Id, user.SecurityStamp);
    }

    /// <summary>The last message at the edge of the page.</summary>
    public string? LastToast => Services.GetRequiredService<NotificationService>().Messages.LastOrDefault()?.Summary;

    /// <summary>Takes the person's access away while their page is open.</summary>
    public async Task DisableAsync()
    {
        await using var db = database.Open();
        (await db.Users.FindAsync(userId))!.Disabled = true;
        await db.SaveChangesAsync();
    }

    /// <summary>The page at an address, and beside it whatever dialog it opens.</summary>
    /// <param name="parameters">What the address's path gives the page.</param>
    public IRenderedComponent<IComponent> Show<TPage>(string address = "", params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render(builder =>
        {
            builder.OpenComponent<CascadingValue<StoreBook>>(0);
            builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), stores);
            builder.AddComponentParameter(2, nameof(CascadingValue<>.ChildContent), (RenderFragment)(page =>
            {
                page.OpenComponent<TPage>(0);
                page.AddMultipleAttributes(1, parameters.Select(one => KeyValuePair.Create(one.Name, one.Value!)));
                page.CloseComponent();
            }));
            builder.CloseComponent();
            builder.OpenComponent<RadzenDialog>(3);
            builder.CloseComponent();
        });
    }
}
