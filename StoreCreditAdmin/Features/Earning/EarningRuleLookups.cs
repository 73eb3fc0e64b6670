using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Features.Earning;

internal static class EarningRuleLookups
{
    /// <summary>The newest version of each rule that was not deleted, with the rule, its store and the type that it gives.</summary>
    /// <remarks>From the versions, since from the rules the database would read all versions that there ever were.</remarks>
    public static IQueryable<EarningRuleVersion> CurrentVersions(this StoreCreditDbContext db) => db.EarningRuleVersions
        .Include(version => version.Rule).ThenInclude(rule => rule.Store)
        .Include(version => version.Type)
        .Where(version => version.Rule.DeletedAt == null && version.Number == version.Rule.Version);

    public static async Task<List<EarningRule>> RulesAsync(this IQueryable<EarningRuleVersion> versions, CancellationToken cancellationToken = default) =>
        [.. (await versions.ToListAsync(cancellationToken)).Select(version => version.Rule)];
}
