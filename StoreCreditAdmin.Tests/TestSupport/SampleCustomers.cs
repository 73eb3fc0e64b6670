using System.Text;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>The customers of <c>samples/online-retail/customers.csv</c>, read without the application's own reader.</summary>
public static class SampleCustomers
{
    public sealed record Customer(string Id, string FirstName, string LastName, string Name, string Email, string Case);

    public static IReadOnlyList<Customer> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "online-retail", "customers.csv"));
        return [.. lines.Skip(1).Select(Fields).Select(fields => new Customer(fields[0], fields[1], fields[2], fields[3], fields[4], fields[7]))];
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] == '"' && quoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                field.Append(line[index++]);
            }
            else if (line[index] == '"')
            {
                quoted = !quoted;
            }
            else if (line[index] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[index]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
