using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Watches the queries that services send: counts them, and asks the database how it would run each.</summary>
public sealed partial class QueryPlans : DbCommandInterceptor
{
    private readonly List<string> queries = [];
    private readonly List<string> scans = [];
    private readonly List<string> steps = [];
    private bool watching;

    public IReadOnlyList<string> Queries => queries;

    /// <summary>Tables that a query reads from end to end without an index, each with the query.</summary>
    public IReadOnlyList<string> Scans => scans;

    /// <summary>Every step of every query, as the database says it.</summary>
    public IReadOnlyList<string> Steps => steps;

    /// <summary>Begins anew, from the next query on.</summary>
    public void Start()
    {
        queries.Clear();
        scans.Clear();
        steps.Clear();
        watching = true;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (watching)
        {
            queries.Add(command.CommandText);
            Explain(command);
        }

        return ValueTask.FromResult(result);
    }

    private void Explain(DbCommand command)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            copy.ParameterName = parameter.ParameterName;
            copy.Value = parameter.Value;
            explain.Parameters.Add(copy);
        }

        using var reader = explain.ExecuteReader();
        while (reader.Read())
        {
            var step = reader.GetString(3);
            steps.Add(step);
            if (EndToEnd().Match(step) is { Success: true } scan && IsTable(scan.Groups[1].Value, command.CommandText))
            {
                scans.Add($"{scan.Value} in {command.CommandText}");
            }
        }
    }

    /// <summary>Not the name of a list of values or of a part of the query.</summary>
    private static bool IsTable(string name, string query) =>
        Regex.IsMatch(query, $"""(FROM|JOIN)\s+("?\w+"?\s+(AS\s+)?)?"?{Regex.Escape(name)}"?\b""");

    [GeneratedRegex(@"^SCAN (\w+)$")]
    private static partial Regex EndToEnd();
}
