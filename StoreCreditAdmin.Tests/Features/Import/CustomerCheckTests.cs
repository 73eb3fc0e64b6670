using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Import;

public sealed class CustomerCheckTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_dry_run_counts_every_row_names_each_fault_and_writes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ImportAsync(await files.SourceAsync("external_id,name,email\n1,Ada,ada@example.com\n,Bob,bob@example.com\n"));
        var before = await CountsAsync(database);

        var (counts, problems) = await database.CheckAsync(await files.SourceAsync(
            $"""
            external_id,name,kind,email,phone
            1,Ada under another name,,new@example.com,
            3,Carla,,ADA@example.com,
            2,Bob,,Bob@Example.com,
            4,,,d@example.com,
            5,Eve,,eve at example,
            6,{new string('x', 201)},,f@example.com,
            7,Gus,,g@example.com,{new string('1', 51)}
            8,"Two
            lines",,h@example.com,
            9,Ina,,g@example.com,
            10,Joe,,j@example.com,
            10,Joe,,j2@example.com,
            11,Kim,,J@EXAMPLE.com,
            13,Max
            """));

        Assert.Equal(new ImportCounts(13, 2, 2, 9), counts.Value);
        Assert.Equal(
        [
            (3, "The e-mail address belongs to another account, with the external id 1. Correct the address or the external id."),
            (5, "There is no name. Write one."),
            (6, "E-mail: Write an e-mail address such as ada@example.com."),
            (7, "Name: Write at most 200 characters; this has 201."),
            (8, "Phone: Write at most 50 characters; this has 51."),
            (9, "Name: Write it on one line, without control characters."),
            (13, "Line 12 has the same external id. Keep one of the two."),
            (14, "Line 12 has the same e-mail address. An address belongs to one person."),
            (15, "The row has 2 cells, the header 5: a part of the row is missing."),
        ],
        problems.Select(problem => (problem.Line, problem.Message)));
        Assert.Equal(before, await CountsAsync(database));
    }

    [Theory]
    [InlineData("external_id,name,email\n", "The file has a header but no rows. Choose another one.")]
    [InlineData("external_id,name\n1,Ada\n2,Bob\n3,Cy\n4,\"Dan\n", "The quotation mark opened on line 5 is never closed. Close it, or choose the whole file.")]
    [InlineData("external_id,email\n1,a@example.com\n", "Choose the column that holds the name.")]
    public async Task A_file_that_cannot_be_read_to_its_end_is_refused_as_a_whole(string text, string message)
    {
        await using var database = await TestDatabase.CreateAsync();

        var (counts, _) = await database.CheckAsync(await files.SourceAsync(text));

        Assert.Equal(message, counts.Refusal?.Message);
    }

    [Fact]
    public async Task A_file_with_more_rows_than_the_limit_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Get<ImportOptions>().MaxRows = 9;

        var (counts, _) = await database.CheckAsync(await files.SourceAsync(ImportFiles.Customers(10)));

        Assert.Equal("The file has more than 9 rows. Split it, and give each part the header.", counts.Refusal?.Message);
    }

    [Theory]
    [InlineData("", "The file is empty. Choose another one.")]
    [InlineData("\n \n,,\n", "The file is empty. Choose another one.")]
    [InlineData("name,email,NAME\n1,2,3\n", "Two columns are named 'NAME'. Rename or remove one of them.")]
    public async Task A_file_without_a_proper_header_is_refused(string text, string message)
    {
        var opened = await ImportFile.OpenAsync(files.Write(text), new ImportOptions());
        var refusal = opened.Refusal ?? (await opened.Value.InspectAsync()).Refusal;

        Assert.Equal(message, refusal?.Message);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_before_a_byte_of_it_is_read()
    {
        var refused = await ImportUpload.ReceiveAsync(Stream.Null, "customers.csv", 200L * 1024 * 1024, new ImportOptions());

        Assert.Equal(("file", "The file has 200 MB; at most 50 MB are taken. Split it, and give each part the header."), (refused.Refusal?.Field, refused.Refusal?.Message));
    }

    private static async Task<(int Accounts, int Contacts, int Operations, int AuditLines, int Runs)> CountsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Accounts.CountAsync(), await db.Contacts.CountAsync(), await db.Operations.CountAsync(), await db.AuditEntries.CountAsync(), await db.ImportRuns.CountAsync());
    }
}
