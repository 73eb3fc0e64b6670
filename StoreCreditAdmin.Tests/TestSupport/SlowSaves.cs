using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Waits before each save, between what a write has read and what it writes. Where a lock is missing, others come in there.</summary>
internal sealed class SlowSaves : SaveChangesInterceptor
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(3);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Wait, cancellationToken);
        return result;
    }
}
