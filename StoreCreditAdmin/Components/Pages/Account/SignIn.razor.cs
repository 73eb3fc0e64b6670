using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Components.Pages.Account;

public sealed partial class SignIn(SignInService signIn, SamplePeople people, NavigationManager navigation)
{
    private IReadOnlyList<SamplePerson> samplePeople = [];
    private Refusal? refusal;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery(Name = SignInSetup.ReturnParameter)]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    private string? Email { get; set; }

    [SupplyParameterFromForm]
    private string? Password { get; set; }

    /// <summary>The e-mail of the sample person whose button was pressed.</summary>
    [SupplyParameterFromForm]
    private string? Use { get; set; }

    protected override async Task OnInitializedAsync()
    {
        samplePeople = await people.OnSignInPageAsync(HttpContext.RequestAborted);
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Leave();
        }
    }

    private async Task SubmitAsync()
    {
        var sample = samplePeople.FirstOrDefault(person => person.Email == Use);
        var (email, password) = sample is null ? (Email, Password) : (sample.Email, SamplePeople.Password);
        var result = await signIn.SignInAsync(email, password, HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        if (result.IsOk)
        {
            await HttpContext.SignInAsync(StaffSessions.Scheme, result.Value);
            Leave();
            return;
        }

        refusal = result.Refusal;
        Email = email;
        if (refusal == SignInService.TooManyAttempts)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            HttpContext.Response.Headers.RetryAfter = SignInThrottle.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private void Leave() => navigation.NavigateTo(ReturnAddress.LocalOrHome(ReturnUrl));
}
