using System.Collections.Concurrent;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

/// <summary>The lists of wrong rows that open pages show, so that a download finds the one that it is asked for.</summary>
public sealed class ProblemLists
{
    private readonly ConcurrentDictionary<Guid, (string OwnerId, ProblemList List)> lists = new();

    public ProblemList Open(Caller owner)
    {
        var list = new ProblemList();
        lists[list.Id] = (owner.Actor.Id, list);
        return list;
    }

    /// <summary>Null when there is none or it is somebody else's.</summary>
    public ProblemList? Find(Caller caller, Guid id) => lists.TryGetValue(id, out var found) && found.OwnerId == caller.Actor.Id ? found.List : null;

    public async ValueTask CloseAsync(ProblemList list)
    {
        lists.TryRemove(list.Id, out _);
        await list.DisposeAsync();
    }
}
