using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Features.Api;

/// <summary>The OpenAPI document: what the code says of each route, with what the conventions add to all of them.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Bearer = "bearer";
    private const string Json = "application/json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // The document describes bodies as they are really written.
        services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            foreach (var converter in WireJson.Options.Converters)
            {
                options.SerializerOptions.Converters.Add(converter);
            }
        });
        return services.AddOpenApi(Name, options =>
        {
            options.ShouldInclude = route => route.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
            options.AddDocumentTransformer(DescribeDocumentAsync);
            options.AddOperationTransformer(DescribeOperationAsync);
            options.AddSchemaTransformer(DescribeSchemaAsync);
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static Task DescribeDocumentAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "StoreCreditAdmin",
            Version = Name,
            Description = "Issues store credit, spends it and says where it went. Amounts are decimal strings, times are UTC, dates are the store's.",
        };
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "An API key. Each route says which scope it needs.",
        });
        return Task.CompletedTask;
    }

    private static async Task DescribeOperationAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<NeededScope>().LastOrDefault() is not { } needed)
        {
            return;
        }

        operation.Description = needed.Scopes.Count == 0 ? "Any valid key." : $"Scope: {string.Join(" or ", needed.Scopes)}.";
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem document",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ApiProblem.ContentType] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, cancellationToken) },
            },
        };
        if (metadata.OfType<ListMetadata>().Any())
        {
            AddParameter("limit", ParameterLocation.Query, false, $"At most so many items: 1 to {PageRequest.MaxSize}, {PageRequest.DefaultSize} where absent.", JsonSchemaType.Integer);
            AddParameter("cursor", ParameterLocation.Query, false, "The nextCursor of the answer before.", JsonSchemaType.String);
        }

        if (metadata.OfType<WriteMetadata>().LastOrDefault() is not { } write)
        {
            return;
        }

        if (write.NeedsKey)
        {
            AddParameter(ApiWrite.KeyHeader, ParameterLocation.Header, true, "1 to 200 printable ASCII characters, one for each thing to be done. The same key and body get the first answer again.", JsonSchemaType.String);
        }

        if (write.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = await context.GetOrCreateSchemaAsync(body, null, cancellationToken) },
                },
            };
        }

        void AddParameter(string name, ParameterLocation location, bool required, string description, JsonSchemaType type) =>
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = name,
                In = location,
                Required = required,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
            });
    }

    private static Task DescribeSchemaAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var converter = context.JsonPropertyInfo?.CustomConverter;
        if (type == typeof(Amount) || type == typeof(Amount?) || converter is AmountTextConverter)
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = @"^-?\d+(\.\d+)?$";
        }
        else if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }
        else if (type == typeof(ApiProblem))
        {
            schema.Required?.Remove("errors");
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            var value = type.GetGenericArguments()[0];
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = Nullable.GetUnderlyingType(value) == typeof(DateOnly) ? "date" : null;
        }

        return Task.CompletedTask;
    }
}
