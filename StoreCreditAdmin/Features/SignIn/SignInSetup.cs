using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.SignIn;

public static class SignInSetup
{
    public const string SignInPath = "/account/sign-in";

    public const string AccessDeniedPath = "/account/access-denied";

    public const string ReturnParameter = "returnUrl";

    /// <summary>Of PBKDF2 with SHA-512, as OWASP advises.</summary>
    private const int HashIterations = 210_000;

    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(12);

    /// <summary>People and passwords, without anything of the web: the command line uses it too.</summary>
    public static IServiceCollection AddStaffUsers(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = HashIterations);
        services.AddSingleton<IPasswordHasher<StaffUser>, PasswordHasher<StaffUser>>();
        services.AddSingleton<IUserValidator<StaffUser>, UserValidator<StaffUser>>();
        services.AddSingleton<IPasswordValidator<StaffUser>, PasswordRules>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<IdentityErrorDescriber>();
        services.AddIdentityCore<StaffUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<StoreCreditDbContext>();
        return services
            .AddSingleton<StaffUsers>()
            .AddSingleton<StaffSessions>()
            .AddSingleton<SignInThrottle>()
            .AddSingleton<SignInService>()
            .AddSingleton<StaffLinks>()
            .AddSingleton<PasswordService>()
            .AddSingleton<FirstSetUp>();
    }

    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration, string databasePath)
    {
        services.AddOptions<SignInOptions>().Bind(configuration.GetSection(SignInOptions.Section));
        services.AddStaffUsers().AddSingleton<SamplePeople>().AddPolicies();
        services.AddDataProtection().SetApplicationName("StoreCreditAdmin").PersistKeysToFileSystem(KeyFolder.Beside(databasePath));
        services.AddAuthentication(StaffSessions.Scheme).AddCookie(StaffSessions.Scheme, cookie =>
        {
            cookie.Cookie.Name = "storecredit.session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = WorkingDay;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = SignInPath;
            cookie.AccessDeniedPath = AccessDeniedPath;
            cookie.ReturnUrlParameter = ReturnParameter;
            cookie.Events.OnValidatePrincipal = StaffSessions.ValidateAsync;
            cookie.Events.OnRedirectToLogin = context => AnswerAsync(context.HttpContext, StatusCodes.Status401Unauthorized, context.RedirectUri);
            cookie.Events.OnRedirectToAccessDenied = context => AnswerAsync(context.HttpContext, StatusCodes.Status403Forbidden, context.RedirectUri);
        });
        services.AddHostedService<SetUpAnnouncement>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, StaffAuthenticationState>();
        services.AddScoped<CurrentCaller>();
        return services;
    }

    /// <summary>People are led to a page; programs get the status alone.</summary>
    private static Task AnswerAsync(HttpContext context, int status, string pageAddress)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(pageAddress);
        }

        return Task.CompletedTask;
    }
}
