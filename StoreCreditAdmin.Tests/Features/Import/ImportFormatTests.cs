using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Import.Files;

namespace StoreCreditAdmin.Tests.Features.Import;

public sealed class ImportFormatTests
{
    private const string Shopify =
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2," +
        "Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone," +
        "Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags";

    private const string OlderShopify =
        "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone," +
        "Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt";

    [Theory]
    [InlineData("external_id,name,kind,email,phone", "own")]
    [InlineData("PHONE, Email ,Name,EXTERNAL_ID,favourite colour", "own")]
    [InlineData(Shopify, "shopify")]
    [InlineData(Shopify + ",Accepts WhatsApp Marketing,Birth date (customer.metafields.facts.birth_date)", "shopify")]
    [InlineData(OlderShopify, "shopify")]
    [InlineData("customer_id,first_name,last_name,display_name,email,country,first_seen,case", "online-retail")]
    [InlineData("Customer number,Surname,E-mail", "other")]
    public void A_format_is_recognised_by_the_names_in_the_header_in_any_case_and_order(string header, string format) =>
        Assert.Equal(format, ImportFormat.Recognise(Header(header)).Code);

    [Fact]
    public void A_Shopify_row_loses_its_text_marks_and_keeps_the_rest()
    {
        var customer = Read(
            Shopify,
            "'7210448301122,Siân,O’Neil,sian@example.com,yes,,1 High St,,Bath,,GB,BA1,'+441234,'+44 1225 000000,no,12.50,3,,no,\"vip, wholesale\"").Customer!;

        Assert.Equal(new CustomerRow(2, "7210448301122", "Siân O’Neil", AccountKind.Person, "sian@example.com", "+44 1225 000000"), customer);
    }

    [Fact]
    public void A_name_may_begin_with_an_apostrophe() =>
        Assert.Equal("'t Hooft", Read("external_id,name", "7,'t Hooft").Customer!.Name);

    [Theory]
    [InlineData("Anna,Smith,Smith & Co", AccountKind.Person, "Anna Smith")]
    [InlineData(",Smith,Smith & Co", AccountKind.Person, "Smith")]
    [InlineData(",,Smith & Co", AccountKind.Company, "Smith & Co")]
    public void A_Shopify_row_is_a_company_only_where_it_names_no_person(string cells, AccountKind kind, string name)
    {
        var (first, last, company) = cells.Split(',') switch { [var one, var two, var three] => (one, two, three), _ => default };

        var customer = Read(OlderShopify, $"{first},{last},a@example.com,no,{company},,,,,,,,,,no,0,0,,,no").Customer!;

        Assert.Equal((kind, name), (customer.Kind, customer.Name));
    }

    [Fact]
    public void A_row_of_the_sample_takes_the_display_name()
    {
        var customer = Read("customer_id,first_name,last_name,display_name,email,country,first_seen,case", "12350,Hanako,山田,山田 花子,h@example.org,Japan,2011-02-02T16:01:00,cjk").Customer!;

        Assert.Equal(new CustomerRow(2, "12350", "山田 花子", AccountKind.Person, "h@example.org", null), customer);
    }

    [Theory]
    [InlineData("1,Ada,,ada@example.com,1,2", "The row has 6 cells, the header 5. Put quotation marks round a cell that holds the separator.")]
    [InlineData("1,Ada", "The row has 2 cells, the header 5: a part of the row is missing.")]
    [InlineData("1,,,ada@example.com,", "There is no name. Write one.")]
    [InlineData(",Ada,,,", "There is neither an external id nor an e-mail address, so the customer could not be recognised again. Write one of them.")]
    [InlineData("1,Ada,robot,,", "The kind is neither person nor company. Write one of the two, or nothing for a person.")]
    public void A_wrong_row_says_what_to_do(string row, string message)
    {
        var (customer, problem) = Read("external_id,name,kind,email,phone", row);

        Assert.Null(customer);
        Assert.Equal((2, message), (problem!.Line, problem.Message));
    }

    [Fact]
    public void A_row_with_two_faults_names_both() =>
        Assert.Equal(
            "The kind is neither person nor company. Write one of the two, or nothing for a person. There is no name. Write one.",
            Read("external_id,name,kind", "1,,robot").Problem!.Message);

    [Fact]
    public void Blank_cells_after_the_last_column_are_nothing() =>
        Assert.NotNull(Read("external_id,name", "1,Ada,, ").Customer);

    [Theory]
    [InlineData("name,E-mail,NAME")]
    [InlineData("Email, email")]
    public void Two_columns_of_one_name_are_refused(string header)
    {
        var refused = FileHeader.Of(header.Split(','));

        Assert.StartsWith("Two columns are named '", refused.Refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("city,email", "Choose the column that holds the name.")]
    [InlineData("name,city", "Choose the column of the external id or of the e-mail address: customers are recognised by them.")]
    [InlineData("name,email", null)]
    public void A_mapping_needs_a_name_and_something_to_recognise_customers_by(string header, string? message)
    {
        var columns = Header(header);

        Assert.Equal(message, ImportFormat.Recognise(columns).MappingFor(columns).Refusal()?.Message);
    }

    [Fact]
    public void The_same_id_or_address_twice_in_a_file_is_found_without_regard_to_case()
    {
        var check = new RepeatCheck();
        CustomerRow Person(int line, string? id, string? email) => new(line, id, "Ada", AccountKind.Person, email, null);

        Assert.Null(check.Problem(Person(2, "1", "ada@example.com")));
        Assert.Equal("Line 2 has the same external id. Keep one of the two.", check.Problem(Person(3, "1", null)));
        Assert.Equal("Line 2 has the same e-mail address. An address belongs to one person.", check.Problem(Person(4, "2", "ADA@example.com")));
        Assert.Null(check.Problem(Person(5, "A1", null)));
        Assert.Null(check.Problem(Person(6, "a1", null)));
    }

    [Fact]
    public void Companies_may_share_an_address()
    {
        var check = new RepeatCheck();
        CustomerRow Company(int line, string? id, string name) => new(line, id, name, AccountKind.Company, "office@example.com", null);

        Assert.Null(check.Problem(Company(2, "1", "North")));
        Assert.Null(check.Problem(Company(3, "2", "South")));
        Assert.Null(check.Problem(Company(4, null, "East")));
        Assert.Equal("Line 4 has the same company with the same e-mail address. Keep one of the two.", check.Problem(Company(5, null, "EAST")));
    }

    private static FileHeader Header(string names) => FileHeader.Of(names.Split(',')).Value;

    private static (CustomerRow? Customer, RowProblem? Problem) Read(string header, string row)
    {
        var columns = Header(header);
        var parser = new CsvParser(',');
        var parsed = parser.Feed($"\n{row}\n".AsMemory()).Single();
        return new CustomerRowReader(columns, ImportFormat.Recognise(columns).MappingFor(columns)).Read(parsed);
    }
}
