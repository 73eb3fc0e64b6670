using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using StoreCreditAdmin.Features.CustomerLinks;

namespace StoreCreditAdmin.Components.Pages.Customer;

/// <summary>
/// The page that customers open by their link. It stands outside the application's frame: a document of its own, without scripts and without a circuit, that no
/// cache keeps, no search engine lists and no link on it gives away.
/// </summary>
public static class CustomerSetup
{
    /// <remarks>HEAD too, as programs ask that look at links in letters: else it would be led to the sign-in page, with the link in the address.</remarks>
    public static void MapCustomerView(this IEndpointRouteBuilder app) =>
        app.MapMethods("/" + CustomerLinkService.PathPrefix + "{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<RazorComponentResult> ShowAsync(
        string token, string? page, HttpContext context, CustomerViews views, CustomerLinkThrottle throttle, CancellationToken cancellationToken)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";

        var from = context.Connection.RemoteIpAddress;
        if (!throttle.Admits(from))
        {
            headers.RetryAfter = CustomerLinkThrottle.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new RazorComponentResult<TooManyTriesPage> { StatusCode = StatusCodes.Status429TooManyRequests };
        }

        var number = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Max(asked, 1) : 1;
        if (await views.OpenAsync(token, number, cancellationToken) is not { } view)
        {
            throttle.CountFailure(from);
            return new RazorComponentResult<DeadLinkPage> { StatusCode = StatusCodes.Status404NotFound };
        }

        return new RazorComponentResult<CustomerPage>(new { View = view, PageNumber = number });
    }
}
