using System.Text.Json;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>What staff read of something that was done to an account or its contacts.</summary>
public static class AccountEventTexts
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["name"] = "name",
        ["email"] = "e-mail",
        ["phone"] = "phone",
        ["externalId"] = "external id",
        ["kind"] = "kind",
        ["language"] = "language",
        ["mayUseCredit"] = "may use credit",
        ["cardNumberEnd"] = "card number ending",
    };

    /// <summary>The contact to whom something was done; null where it was done to the account.</summary>
    /// <param name="kind">The name of what was done.</param>
    public static string? ContactOf(string kind, AccountEvent done) =>
        kind.StartsWith("contact.", StringComparison.Ordinal) ? done.Note ?? Values(done.NewValues).GetValueOrDefault("name") ?? done.Subject : null;

    /// <summary>What was changed, and of which contact: <c>Ada: e-mail a@example.com → b@example.com</c>.</summary>
    /// <inheritdoc cref="ContactOf"/>
    public static string ChangesOf(string kind, AccountEvent done)
    {
        var contact = ContactOf(kind, done);
        var before = Values(done.OldValues);
        var after = Values(done.NewValues);
        var changes = after.Keys.Union(before.Keys).Where(Fields.ContainsKey)
            .Select(field => (Name: Fields[field], Old: before.GetValueOrDefault(field), New: after.GetValueOrDefault(field)))
            .Where(change => (change.Old is not null || change.New is not null) && (change.Old is not null || change.New != contact))
            .Select(change => change.Old is null ? $"{change.Name} {change.New}" : $"{change.Name} {change.Old} → {change.New ?? "none"}");
        return string.Join(": ", new[] { contact, string.Join(", ", changes) }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static Dictionary<string, string?> Values(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => one.Value.ToString(),
        });
    }
}
