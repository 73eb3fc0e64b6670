namespace StoreCreditAdmin.Features;

/// <summary>The fields that a change changes, with their values before and after, as the audit keeps them.</summary>
public sealed class FieldChanges
{
    private readonly Dictionary<string, object?> before = [];
    private readonly Dictionary<string, object?> after = [];

    public bool Any => after.Count > 0;

    public IReadOnlyDictionary<string, object?> Before => before;

    public IReadOnlyDictionary<string, object?> After => after;

    public FieldChanges Note<T>(string field, T from, T to)
    {
        if (!EqualityComparer<T>.Default.Equals(from, to))
        {
            before[field] = from;
            after[field] = to;
        }

        return this;
    }
}
