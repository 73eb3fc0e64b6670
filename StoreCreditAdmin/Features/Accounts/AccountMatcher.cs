using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>
/// Asks the index of three-letter pieces for the accounts that match and puts them in order. Where more than a few thousand match, as with one letter, it
/// does not sort them all but walks the accounts by name, which meets the next match soon.
/// </summary>
internal sealed class AccountMatcher(StoreCreditDbContext db, SearchTerms terms, CancellationToken cancellationToken)
{
    /// <summary>Up to so many are sorted and counted exactly.</summary>
    private const int Few = 2000;

    private const int MaxOrderEntries = 5000;
    private const int MinOrderPrefix = 3;

    /// <summary>Follows every text that begins with the text before it.</summary>
    private const string Last = "\U0010FFFF";

    private const string NameBeginsSo = "a.NameKey >= @key AND a.NameKey < @keyEnd";

    public async Task<AccountMatches> FindAsync(int skip, int take)
    {
        var exact = await ExactAsync();
        var candidates = await IdsAsync($"SELECT rowid AS Value FROM AccountSearch WHERE AccountSearch MATCH @match LIMIT {Few + 1}", ("@match", MatchExpression()));
        if (candidates.Count > Few)
        {
            return new AccountMatches(await ManyAsync(exact, skip, take), Few, true);
        }

        List<long> all = [.. exact.Concat(candidates).Concat(await OfOrdersThatBeginSoAsync()).Distinct()];
        return new AccountMatches(await SortedAsync(all, exact, skip, take), all.Count, false);
    }

    /// <summary>Accounts of which something is the text typed: the name, external id, card number, a contact's e-mail address, an order.</summary>
    private Task<List<long>> ExactAsync() => IdsAsync(
        $"""
        SELECT Id AS Value FROM Accounts WHERE ExternalId = @text
        UNION SELECT Id FROM Accounts WHERE CardNumber = @card
        UNION SELECT AccountId FROM Contacts WHERE EmailKey = @email
        UNION SELECT AccountId FROM LedgerEntries WHERE OrderNumber IN (@text, @upper)
        UNION SELECT AccountId FROM Authorizations WHERE OrderNumber IN (@text, @upper)
        UNION SELECT AccountId FROM Orders WHERE Number IN (@text, @upper) AND AccountId IS NOT NULL
        UNION SELECT Id FROM Accounts WHERE NameKey = @key
        LIMIT {Few}
        """,
        ("@text", terms.Text),
        ("@upper", terms.Text.ToUpperInvariant()),
        ("@card", CardNumber.Normalize(terms.Text)),
        ("@email", Contact.EmailKeyOf(terms.Text)),
        ("@key", terms.SortKey));

    private async Task<List<long>> OfOrdersThatBeginSoAsync() => terms.Text.Length < MinOrderPrefix ? [] : await IdsAsync(
        $"""
        SELECT DISTINCT AccountId AS Value FROM (
            SELECT AccountId FROM LedgerEntries WHERE OrderNumber >= @text AND OrderNumber < @textEnd
            UNION ALL SELECT AccountId FROM LedgerEntries WHERE OrderNumber >= @upper AND OrderNumber < @upperEnd
            UNION ALL SELECT AccountId FROM Authorizations WHERE OrderNumber >= @text AND OrderNumber < @textEnd
            UNION ALL SELECT AccountId FROM Authorizations WHERE OrderNumber >= @upper AND OrderNumber < @upperEnd
            UNION ALL SELECT AccountId FROM Orders WHERE Number >= @text AND Number < @textEnd AND AccountId IS NOT NULL
            UNION ALL SELECT AccountId FROM Orders WHERE Number >= @upper AND Number < @upperEnd AND AccountId IS NOT NULL
            LIMIT {MaxOrderEntries})
        LIMIT {Few}
        """,
        ("@text", terms.Text),
        ("@textEnd", terms.Text + Last),
        ("@upper", terms.Text.ToUpperInvariant()),
        ("@upperEnd", terms.Text.ToUpperInvariant() + Last));

    private Task<List<long>> SortedAsync(List<long> ids, List<long> exact, int skip, int take) => IdsAsync(
        $"""
        SELECT a.Id AS Value FROM json_each(@ids) one CROSS JOIN Accounts a ON a.Id = one.value
        ORDER BY
            CASE
                WHEN a.Id IN (SELECT value FROM json_each(@exact)) THEN 0
                WHEN {NameBeginsSo} THEN 1
                WHEN instr(a.SearchText, @word) > 0 THEN 2
                ELSE 3
            END,
            a.NameKey, a.Id
        LIMIT @take OFFSET @skip
        """,
        ("@ids", JsonSerializer.Serialize(ids)),
        ("@exact", JsonSerializer.Serialize(exact)),
        ("@key", terms.SortKey),
        ("@keyEnd", terms.SortKey + Last),
        ("@word", SearchText.WordStart + terms.Alternatives[0][0].TrimStart(' ')),
        ("@take", take),
        ("@skip", skip));

    private async Task<List<long>> ManyAsync(List<long> exact, int skip, int take)
    {
        var page = await SortedAsync(exact, exact, skip, take);
        skip = Math.Max(0, skip - exact.Count);
        (string, object)[] parameters =
        [
            ("@exact", JsonSerializer.Serialize(exact)), ("@key", terms.SortKey), ("@keyEnd", terms.SortKey + Last),
        ];
        const string NotExact = "a.Id NOT IN (SELECT value FROM json_each(@exact))";
        const string OnePage = "ORDER BY a.NameKey, a.Id LIMIT @take OFFSET @skip";
        if (page.Count < take)
        {
            page.AddRange(await IdsAsync(
                $"SELECT a.Id AS Value FROM Accounts a WHERE {NameBeginsSo} AND {NotExact} {OnePage}",
                [.. parameters, ("@take", take - page.Count), ("@skip", skip)]));
        }

        if (page.Count < take)
        {
            var beginSo = (await IdsAsync($"SELECT COUNT(*) AS Value FROM Accounts a WHERE {NameBeginsSo} AND {NotExact}", parameters))[0];
            var (matches, matchParameters) = MatchesAlongTheNames();
            page.AddRange(await IdsAsync(
                $"SELECT a.Id AS Value FROM Accounts a WHERE NOT ({NameBeginsSo}) AND {NotExact} AND ({matches}) {OnePage}",
                [.. parameters, .. matchParameters, ("@take", take - page.Count), ("@skip", Math.Max(0, skip - beginSo))]));
        }

        return page;
    }

    /// <summary>The terms in the index's own language: quoted, so that nothing in them is an operator.</summary>
    private string MatchExpression() => string.Join(" OR ", terms.Alternatives.Select(alternative =>
        $"({string.Join(" AND ", alternative.Select(term => $"{(MayBeCard(term) ? "" : "Text : ")}\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))})"));

    private static bool MayBeCard(string term) => term.Length >= SearchTerms.MinCardLength;

    /// <summary>The same question to the texts from which the index is made.</summary>
    private (string Sql, List<(string, object)> Parameters) MatchesAlongTheNames()
    {
        var parameters = new List<(string, object)>();
        var sql = string.Join(" OR ", terms.Alternatives.Select(alternative => $"({string.Join(" AND ", alternative.Select(Contains))})"));
        return (sql, parameters);

        string Contains(string term)
        {
            var name = $"@term{parameters.Count}";
            parameters.Add((name, term));
            var card = MayBeCard(term) ? $"OR instr(lower(a.CardNumber), {name}) > 0 " : "";
            return $"(instr(a.SearchText, {name}) > 0 {card}OR EXISTS (SELECT 1 FROM Contacts c WHERE c.AccountId = a.Id AND instr(c.SearchText, {name}) > 0))";
        }
    }

    private Task<List<long>> IdsAsync(string sql, params (string Name, object Value)[] parameters) =>
        db.Database.SqlQueryRaw<long>(sql, [.. parameters.Select(one => new SqliteParameter(one.Name, one.Value))]).ToListAsync(cancellationToken);
}

/// <summary>The accounts of one page of a search, in order, and how many there are in all, or at least.</summary>
internal sealed record AccountMatches(IReadOnlyList<long> Ids, int Total, bool MoreThanTotal);
