using System.Runtime.CompilerServices;
using System.Text.Json;

namespace StoreCreditAdmin.Features.Import;

/// <summary>The wrong rows of a check, on disk, so that their number costs no memory. Read by pages or as a whole.</summary>
public sealed class ProblemList : IAsyncDisposable
{
    public const int PageSize = 25;

    private static readonly byte[] LineEnd = [(byte)'\n'];

    private readonly FileStream file = TemporaryFile.Create();
    private readonly List<long> pageStarts = [];

    public Guid Id { get; } = Guid.NewGuid();

    public int Count { get; private set; }

    public async ValueTask AddAsync(RowProblem problem)
    {
        if (Count % PageSize == 0)
        {
            pageStarts.Add(file.Position);
        }

        await JsonSerializer.SerializeAsync(file, problem);
        await file.WriteAsync(LineEnd);
        Count++;
    }

    /// <summary>Says that all problems are in.</summary>
    public Task CompleteAsync() => file.FlushAsync();

    /// <param name="page">Counts from 1.</param>
    public async Task<IReadOnlyList<RowProblem>> ReadPageAsync(int page, CancellationToken cancellationToken = default) =>
        page < 1 || page > pageStarts.Count ? [] : await ReadFromAsync(pageStarts[page - 1], cancellationToken).Take(PageSize).ToListAsync(cancellationToken);

    public IAsyncEnumerable<RowProblem> ReadAllAsync(CancellationToken cancellationToken = default) => ReadFromAsync(0, cancellationToken);

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private async IAsyncEnumerable<RowProblem> ReadFromAsync(long start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = start;
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return JsonSerializer.Deserialize<RowProblem>(line)!;
        }
    }
}
