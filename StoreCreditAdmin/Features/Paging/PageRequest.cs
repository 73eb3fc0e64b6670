namespace StoreCreditAdmin.Features.Paging;

/// <summary>Which part of a list a page shows, and by what it is sorted: a name from the list's own allow-list, or null for its usual order.</summary>
public sealed record PageRequest(int Skip = 0, int Take = PageRequest.DefaultSize, string? SortBy = null, bool Descending = false)
{
    public const int DefaultSize = 50;
    public const int MaxSize = 200;

    /// <summary>The number of rows to read, never more than <see cref="MaxSize"/>.</summary>
    public int Rows => Math.Clamp(Take, 1, MaxSize);
}

/// <summary>One page of a list and the number of items in the whole of it.</summary>
public record Page<T>(IReadOnlyList<T> Items, int TotalCount);

/// <summary>What the HTTP API asks for: at most <see cref="Limit"/> items after the one that <see cref="After"/> names.</summary>
public sealed record KeysetRequest(int Limit = PageRequest.DefaultSize, Cursor? After = null);

/// <summary>A list as the HTTP API answers it.</summary>
public record KeysetPage<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <param name="rows">One more than <paramref name="limit"/> where the list goes on.</param>
    /// <param name="cursorAfter">The cursor that goes on after an item.</param>
    public static KeysetPage<T> Of<TRow>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> show, Func<TRow, Cursor> cursorAfter)
    {
        var shown = rows.Take(limit).ToList();
        return new KeysetPage<T>([.. shown.Select(show)], rows.Count > limit ? cursorAfter(shown[^1]).ToString() : null);
    }
}
