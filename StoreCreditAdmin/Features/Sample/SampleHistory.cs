using System.Globalization;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What happened in the sample's shops until now: planned as deeds at instants, then done oldest first.</summary>
internal sealed partial class SampleHistory(SampleDesk desk, SampleClock clock, DateTimeOffset now)
{
    private const int FirstDay = 340;

    /// <summary>In the first months nothing expires that a day more or less would matter for.</summary>
    private const int DaysBetweenFirstJobs = 20;
    private const int DailyJobsFrom = 40;

    private readonly List<(DateTimeOffset At, Func<Task> Deed)> deeds = [];
    private readonly DateTimeOffset midnight = new(now.UtcDateTime.Date, TimeSpan.Zero);

    private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

    public async Task HappenAsync()
    {
        OpenStores();
        OpenAccounts();
        GiveCredit();
        ShowEveryState();
        TellOfOrders();
        TellOfInvoices();
        await ReplayRetailAsync();
        RunJobsNowAndThen();
        foreach (var (at, deed) in deeds.OrderBy(one => one.At))
        {
            clock.MoveTo(at);
            await deed();
        }
    }

    /// <summary>At an hour of the day that lies so many days back; at most 17, so that it is over today.</summary>
    private void On(int daysAgo, int hour, int minute, Func<Task> deed) => deeds.Add((midnight.AddDays(-daysAgo).AddHours(hour).AddMinutes(minute), deed));

    private void Ago(TimeSpan time, Func<Task> deed) => deeds.Add((now - time, deed));

    private void OpenStores()
    {
        On(FirstDay, 8, 0, () => desk.ChangeStoreAsync("main", new ChangeStoreRequest { Name = "UK shop", Currency = "GBP", TimeZone = "Europe/London", ApplyAfterCheckout = true }));
        On(FirstDay, 8, 5, () => desk.AddStoreAsync(new AddStoreRequest { Code = "us", Name = "US shop", Currency = "USD", TimeZone = "America/New_York", CapPerAccount = "5000" }));
        On(FirstDay, 8, 10, () => desk.AddStoreAsync(new AddStoreRequest { Code = "jp", Name = "Japan shop", Currency = "JPY", TimeZone = "Asia/Tokyo" }));
    }

    private void OpenAccounts()
    {
        foreach (var (number, customer) in SampleCustomers.People.Index())
        {
            On(OpenedDay(number), 9, number, () => desk.OpenAsync(
                AgentFor(number),
                new CreateAccountRequest { ExternalId = customer.ExternalId, Name = customer.Name, Kind = "person", Email = customer.Email, Phone = customer.Phone }));
        }

        foreach (var (number, company) in SampleCustomers.Companies.Index())
        {
            var day = OpenedDay(number * 9);
            On(day, 10, 0, () => desk.OpenAsync(
                AgentFor(number), new CreateAccountRequest { ExternalId = company.ExternalId, Name = company.Name, Kind = "company", Email = company.Email }));
            foreach (var (place, contact) in company.Contacts.Index())
            {
                On(day, 10, 10 + place, async () =>
                {
                    var id = await desk.AddContactAsync(
                        AgentFor(number), company.ExternalId, new AddContactRequest { Name = contact.Name, Email = contact.Email, MayUseCredit = contact.MayUseCredit });
                    if (contact.MayUseCredit)
                    {
                        buyers.TryAdd(company.ExternalId, id);
                    }
                });
            }
        }
    }

    private void RunJobsNowAndThen()
    {
        for (var day = FirstDay; day > 0; day -= day > DailyJobsFrom ? DaysBetweenFirstJobs : 1)
        {
            On(day, 0, 30, desk.RunJobsAsync);
        }

        Ago(TimeSpan.FromMinutes(1), desk.RunJobsAsync);
    }

    private Caller AgentFor(int number) => desk.Staff.Agents[number % desk.Staff.Agents.Count];

    private static int OpenedDay(int number) => FirstDay - 5 - (4 * number);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
