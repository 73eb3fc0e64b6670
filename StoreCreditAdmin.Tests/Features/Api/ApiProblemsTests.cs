using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging.Abstractions;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Tests.Features.Api;

public sealed class ApiProblemsTests
{
    [Fact]
    public async Task An_error_of_the_program_is_answered_without_its_details()
    {
        var (status, body) = await AnswerAsync(new InvalidOperationException("Password of the database: secret"));

        Assert.Equal((500, "internal-error"), (status, JsonDocument.Parse(body).RootElement.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", body);
    }

    [Theory]
    [InlineData("session-ended", 401)]
    [InlineData("forbidden", 403)]
    public async Task A_read_that_is_denied_says_which_way(string code, int expected) =>
        Assert.Equal(expected, (await AnswerAsync(new AccessDeniedException(new Refusal(code, "No.")))).Status);

    [Theory]
    [InlineData("amount-invalid", 422)]
    [InlineData("insufficient-credit", 422)]
    [InlineData("store-unknown", 422)]
    [InlineData("invalid-request", 400)]
    [InlineData("not-found", 404)]
    [InlineData("already-captured", 409)]
    [InlineData("already-voided", 409)]
    [InlineData("rule-method-taken", 409)]
    [InlineData("external-id-taken", 409)]
    [InlineData("email-taken", 409)]
    [InlineData("code-taken", 409)]
    [InlineData("changed-meanwhile", 409)]
    [InlineData("idempotency-conflict", 409)]
    [InlineData("approval-required", 202)]
    public void A_code_has_one_status(string code, int status) => Assert.Equal(status, ApiProblem.Of(new Refusal(code, "No.")).Status);

    [Theory]
    [InlineData("credits", true)]
    [InlineData("admin", false)]
    [InlineData(null, true)]
    [InlineData("unnamed", false)]
    public async Task A_route_that_names_no_scope_is_closed_to_every_key(string? scope, bool opens)
    {
        var metadata = scope == "unnamed" ? new EndpointMetadataCollection() : new EndpointMetadataCollection(scope is null ? new NeededScope() : new NeededScope(scope));
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, metadata, "route"));
        var requirement = new NeededScopeRequirement();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ApiKeyAuthentication.ScopeClaim, "credits")], ApiKeyAuthentication.SchemeName));
        var decision = new AuthorizationHandlerContext([requirement], user, context);

        await requirement.HandleAsync(decision);

        Assert.Equal(opens, decision.HasSucceeded);
    }

    private static async Task<(int Status, string Body)> AnswerAsync(Exception thrown)
    {
        var problems = new ApiProblems(_ => throw thrown, new DefaultEndpointDataSource(), NullLogger<ApiProblems>.Instance);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/credits"), 0, null, "credits"));

        await problems.InvokeAsync(context);

        Assert.Equal(ApiProblem.ContentType, context.Response.ContentType);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
