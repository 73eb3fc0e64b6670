using System.Text;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Import;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Files to import, in a folder that goes with the test.</summary>
public sealed class ImportFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("storecredit-files-");

    /// <summary>A file of our own format with customers c1, c2 …, each with an e-mail address.</summary>
    public static string Customers(int count) =>
        "external_id,name,kind,email,phone\n" + string.Concat(Enumerable.Range(1, count).Select(number => $"c{number},Customer {number},,c{number}@example.com,\n"));

    public string Write(string text, string name = "customers.csv") => Write(Encoding.UTF8.GetBytes(text), name);

    public string Write(byte[] bytes, string name = "customers.csv")
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public async Task<CustomerSource> SourceAsync(string text) => await OpenAsync(Write(text));

    /// <summary>As the file's own header maps it.</summary>
    public static async Task<CustomerSource> OpenAsync(string path)
    {
        var file = (await ImportFile.OpenAsync(path, new ImportOptions())).Value;
        var inspection = (await file.InspectAsync()).Value;
        return new CustomerSource(file, inspection.Header, inspection.Format, inspection.Format.MappingFor(inspection.Header));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>Checks and imports as a page or the command line would.</summary>
public static class ImportSteps
{
    public static async Task<(Result<ImportCounts> Counts, List<RowProblem> Problems)> CheckAsync(this TestDatabase database, CustomerSource source)
    {
        var problems = new List<RowProblem>();
        var counts = await database.Get<CustomerCheck>().RunAsync(TestDatabase.Robot, source, problem =>
        {
            problems.Add(problem);
            return ValueTask.CompletedTask;
        });
        return (counts, problems);
    }

    public static async Task<ImportRunView> ImportAsync(this TestDatabase database, CustomerSource source, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var run = await database.BeginImportAsync(source);
        return (await database.Get<CustomerImport>().RunAsync(TestDatabase.Robot, run, source, progress, cancellationToken)).Value;
    }

    public static async Task<ImportRunView> BeginImportAsync(this TestDatabase database, CustomerSource source)
    {
        var (counts, _) = await database.CheckAsync(source);
        return (await database.Get<CustomerImport>().BeginAsync(TestDatabase.Robot, StoreCreditAdmin.Features.Ledger.OperationKey.ForForm(), source, counts.Value.Rows)).Value;
    }
}
