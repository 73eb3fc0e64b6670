using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>A list that people take out of the system as a file: what it is called in addresses, who may, its columns and where its rows come from.</summary>
public abstract class ListExport(string name, Permission permission)
{
    public string Name => name;

    public Permission Permission => permission;

    /// <param name="read">The rows of the filter that the address says, one after the other, from the service that the list's page asks. It demands the permission.</param>
    public static ListExport Of<TService, TRow>(
        string name, Permission permission, IReadOnlyList<ExportColumn<TRow>> columns, Func<TService, Caller, ListFilter, IAsyncEnumerable<TRow>> read)
        where TService : notnull =>
        new Typed<TService, TRow>(name, permission, columns, read);

    /// <summary>The file, not begun yet; <paramref name="filter"/> knows from then on what the list was narrowed to.</summary>
    internal abstract IResult Open(IServiceProvider services, Caller caller, ListFilter filter, ExportFormat format, DateTimeOffset now);

    private sealed class Typed<TService, TRow>(
        string name, Permission permission, IReadOnlyList<ExportColumn<TRow>> columns, Func<TService, Caller, ListFilter, IAsyncEnumerable<TRow>> read) : ListExport(name, permission)
        where TService : notnull
    {
        internal override IResult Open(IServiceProvider services, Caller caller, ListFilter filter, ExportFormat format, DateTimeOffset now) => new FileDownload<TRow>(
            Name,
            string.Create(CultureInfo.InvariantCulture, $"{Name}-{now.UtcDateTime:yyyy-MM-dd}"),
            format,
            columns,
            read(services.GetRequiredService<TService>(), caller, filter));
    }
}

/// <summary>The filter of a list as an address says it. Remembers what was asked for and there, which is what the audit keeps.</summary>
public sealed class ListFilter(string? query)
{
    private const int MaxLength = 200;

    private readonly Dictionary<string, Microsoft.Extensions.Primitives.StringValues> values = QueryHelpers.ParseQuery(query);
    private readonly Dictionary<string, string> used = [];

    /// <summary>The part of the address from the question mark on.</summary>
    public string? Query => query;

    public IReadOnlyDictionary<string, string> Used => used;

    /// <summary>Null where the address does not name it.</summary>
    public string? this[string name]
    {
        get
        {
            var value = values.TryGetValue(name, out var found) ? Texts.Clean(found[0]) : null;
            if (value is not null)
            {
                used[name] = Texts.Shortened(value, MaxLength);
            }

            return value;
        }
    }

    /// <summary>The order of the list: the name of a column with a minus sign before it for descending. Lists know their own names and go by their usual order for any other.</summary>
    public PageRequest Order => this["sort"] is { } sort ? new PageRequest(SortBy: sort.TrimStart('-'), Descending: sort.StartsWith('-')) : new PageRequest();

    public DateOnly? Date(string name) =>
        DateOnly.TryParseExact(this[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Remembers these as asked for, where something else reads the address.</summary>
    public void Read(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _ = this[name];
        }
    }

    /// <summary>Says what the list was narrowed to, where something else read the address.</summary>
    public void Note(IEnumerable<KeyValuePair<string, object?>> read)
    {
        foreach (var (name, value) in read)
        {
            if (value is not null)
            {
                used[name] = Texts.Shortened(Convert.ToString(value, CultureInfo.InvariantCulture)!, MaxLength);
            }
        }
    }
}
