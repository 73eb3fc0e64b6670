using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Exports;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>A file of the journal, written while the ledger is read, in one snapshot.</summary>
public sealed class JournalDownload : IResult
{
    private readonly IDbContextFactory<StoreCreditDbContext> contexts;
    private readonly JournalScope scope;
    private readonly AccountMapping mapping;
    private readonly JournalHead head;
    private readonly JournalFormat format;
    private readonly JournalFile? file;

    /// <param name="file">What the file must be, where it was exported before.</param>
    internal JournalDownload(
        IDbContextFactory<StoreCreditDbContext> contexts, JournalScope scope, AccountMapping mapping, JournalHead head, JournalFormat format, JournalFile? file)
    {
        this.contexts = contexts;
        this.scope = scope;
        this.mapping = mapping;
        this.head = head;
        this.format = format;
        this.file = file;
    }

    public string FileName => JournalFileWriter.FileName(head, format);

    /// <exception cref="InvalidOperationException">The journal does not add up, or an exported file is not what it was.</exception>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var reader = new JournalReader(db, scope, mapping);
        var proven = await reader.TotalsAsync(cancellationToken);
        await using var hash = new HashingStream(output);
        await JournalFileWriter.WriteAsync(hash, format, head, proven, reader.ReadAsync(head.Layout, cancellationToken), cancellationToken);
        if (file is not null && hash.End() != file.Sha256)
        {
            throw new InvalidOperationException($"The file {FileName} is not the one that was exported. Verify the ledger.");
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.BecomeFile(JournalFileWriter.ContentType(format), FileName);
        await WriteAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
