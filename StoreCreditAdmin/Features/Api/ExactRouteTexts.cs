using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace StoreCreditAdmin.Features.Api;

/// <summary>
/// Gives routes the texts in their addresses exactly as they were sent. Routing leaves %2F as it is, so a number with a slash could not be told from one with
/// a per cent sign.
/// </summary>
internal static class ExactRouteTexts
{
    public static RouteGroupBuilder WithExactTexts(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory((factory, next) =>
        {
            var texts = factory.MethodInfo.GetParameters().Index().Where(one => one.Item.ParameterType == typeof(string)).Select(one => (one.Index, one.Item.Name!)).ToList();
            return texts.Count == 0 ? next : async invocation =>
            {
                foreach (var (index, name) in texts)
                {
                    invocation.Arguments[index] = Exact(invocation.HttpContext, name) ?? invocation.Arguments[index];
                }

                return await next(invocation);
            };
        });
        return group;
    }

    private static string? Exact(HttpContext context, string name)
    {
        if (context.GetEndpoint() is not RouteEndpoint { RoutePattern: var pattern } || context.Features.Get<IHttpRequestFeature>()?.RawTarget is not ['/', ..] target)
        {
            return null;
        }

        var segments = target.Split('?', 2)[0][1..].Split('/');
        var index = pattern.PathSegments.ToList().FindIndex(segment => segment.Parts is [RoutePatternParameterPart part] && part.Name == name);
        return index >= 0 && segments.Length == pattern.PathSegments.Count ? Uri.UnescapeDataString(segments[index]) : null;
    }
}
