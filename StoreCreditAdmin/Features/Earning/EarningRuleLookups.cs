using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Features.Earning;

internal static class EarningRuleLookups
{
    /// <summary>The rules that were not deleted, each with its store, its newest version alone, and the type that it gives.</summary>
    public static IQueryable<EarningRule> CurrentRules(this StoreCreditDbContext db) => db.EarningRules
        .Include(rule => rule.Store)
        .Include(rule => rule.Versions.Where(version => version.Number == version.Rule.Version)).ThenInclude(version => version.Type)
        .Where(rule => rule.DeletedAt == null);
}
