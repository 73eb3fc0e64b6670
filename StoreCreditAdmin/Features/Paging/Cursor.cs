using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace StoreCreditAdmin.Features.Paging;

/// <summary>
/// Where a list goes on: the list's name and the sort keys of the last item shown. Opaque to callers, fit for an address.
/// </summary>
public sealed class Cursor
{
    private readonly string list;
    private readonly IReadOnlyList<string> keys;

    private Cursor(string list, IReadOnlyList<string> keys)
    {
        this.list = list;
        this.keys = keys;
    }

    public static Cursor After(string list, params object[] keys) =>
        new(list, [.. keys.Select(key => Convert.ToString(key, CultureInfo.InvariantCulture)!)]);

    /// <summary>Null where the text is no cursor at all.</summary>
    public static Cursor? Parse(string text)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            return parts is { Length: > 1 } && !parts.Contains(null!) ? new Cursor(parts[0], parts[1..]) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <exception cref="BadCursorException">It is not a cursor of this list.</exception>
    public string Text(string ofList, int position = 0) =>
        list == ofList && position < keys.Count ? keys[position] : throw new BadCursorException();

    /// <inheritdoc cref="Text"/>
    public long Number(string ofList, int position = 0) =>
        long.TryParse(Text(ofList, position), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new BadCursorException();

    /// <summary>An instant that was given as its UTC ticks.</summary>
    /// <inheritdoc cref="Text"/>
    public DateTimeOffset Instant(string ofList, int position = 0)
    {
        var ticks = Number(ofList, position);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw new BadCursorException();
    }

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string[])[list, .. keys]));
}

/// <summary>A caller's cursor belongs to another list or was made up.</summary>
public sealed class BadCursorException() : Exception("The cursor is not one of this list. Leave it out to begin at the start.");
