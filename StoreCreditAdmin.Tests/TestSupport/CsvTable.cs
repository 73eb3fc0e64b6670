using CsvHelper;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A downloaded list, read without the application's own reader.</summary>
public static class CsvTable
{
    /// <summary>Each row by the names of its columns.</summary>
    public static List<Dictionary<string, string>> RowsOf(byte[] file)
    {
        var lines = new List<string[]>();
        using var reader = CsvReader.Create(new MemoryStream(file), new CsvReaderOptions { HasHeader = false });
        foreach (var record in reader)
            lines.Add(record.ToArray());
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
