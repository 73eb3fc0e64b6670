using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Catalogue;

public sealed class ReasonServiceTests
{
    [Fact]
    public async Task An_inactive_reason_is_no_longer_offered_and_old_lines_still_show_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        var credits = database.Get<CreditService>();
        var fraud = new InvalidateCreditRequest { Reason = "fraud" };
        _ = (await credits.InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, fraud)).Value;

        _ = (await ChangeAsync(database, "fraud", new() { Active = false })).Value;
        var offered = await OfferedAsync(database, ReasonPurposes.Invalidate);
        var other = await database.IssueAsync(account, "5");
        var refused = await credits.InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), other.Id, fraud);

        Assert.DoesNotContain("fraud", offered);
        Assert.Contains("correction", offered);
        Assert.Equal(("reason-unknown", "reason"), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Contains(await database.ReadEntriesAsync(account), entry => entry.Reason?.Name == "Fraud");
        Assert.Equal("Fraud", (await database.ReadCreditAsync(credit.Id)).InvalidationReason);
    }

    [Fact]
    public async Task A_reason_is_offered_for_its_purposes_only()
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Wrong with { Purposes = ["refund", "hold", "refund"] });

        Assert.Equal(["hold", "refund"], added.Value.Purposes);
        Assert.Contains("wrong-item", await OfferedAsync(database, ReasonPurposes.Refund));
        Assert.Contains("wrong-item", await OfferedAsync(database, ReasonPurposes.Hold));
        Assert.DoesNotContain("wrong-item", await OfferedAsync(database, ReasonPurposes.Issue));
    }

    public static TheoryData<AddReasonRequest, string, string> BadRequests => new()
    {
        { Wrong with { Purposes = null }, "invalid-request", "purposes" },
        { Wrong with { Purposes = [] }, "invalid-request", "purposes" },
        { Wrong with { Purposes = ["refund", "revenge"] }, "invalid-request", "purposes" },
        { Wrong with { Purposes = [null] }, "invalid-request", "purposes" },
        { Wrong with { Code = "Wrong item" }, "invalid-request", "code" },
        { Wrong with { Code = "fraud" }, "code-taken", "code" },
        { Wrong with { Name = " " }, "invalid-request", "name" },
        { Wrong with { Name = new string('n', 101) }, "text-too-long", "name" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Bad_input_is_refused_at_its_field(AddReasonRequest request, string code, string field)
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, request);

        Assert.Equal((code, field), (added.Refusal?.Code, added.Refusal?.Field));
        Assert.Equal(6, (await database.Get<ReasonService>().ListAsync(TestDatabase.Robot)).Count);
    }

    [Fact]
    public async Task A_change_is_audited_and_the_second_of_two_people_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();

        var first = await ChangeAsync(database, "fraud", new() { Purposes = ["invalidate"], Version = 0 });
        var second = await ChangeAsync(database, "fraud", new() { Name = "Abuse", Version = 0 });
        var none = await ChangeAsync(database, "fraud", new() { Purposes = [], Version = 1 });

        Assert.Equal((1, "Fraud"), (first.Value.Version, first.Value.Name));
        Assert.Equal("changed-meanwhile", second.Refusal?.Code);
        Assert.Equal("purposes", none.Refusal?.Field);
        await using var db = database.Open();
        var line = Assert.Single(db.AuditEntries.Where(entry => entry.Action == "reason.change" && entry.RefusalCode == null));
        Assert.Equal("""{"purposes":["invalidate"]}""", line.NewValues);
    }

    private static AddReasonRequest Wrong { get; } = new() { Code = "wrong-item", Name = "Wrong item", Purposes = ["refund"] };

    private static async Task<IEnumerable<string>> OfferedAsync(TestDatabase database, ReasonPurposes purpose) =>
        (await database.Get<ReasonService>().ListForAsync(TestDatabase.Robot, purpose)).Select(reason => reason.Code);

    private static Task<StoreCreditAdmin.Domain.Result<ReasonView>> AddAsync(TestDatabase database, AddReasonRequest request) =>
        database.Get<ReasonService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), request);

    private static Task<StoreCreditAdmin.Domain.Result<ReasonView>> ChangeAsync(TestDatabase database, string code, ChangeReasonRequest request) =>
        database.Get<ReasonService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), code, request);
}
