using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.SignIn;

public sealed class FirstSetUpTests
{
    private static readonly NewPassword Password = new(StaffOfTests.Password, StaffOfTests.Password);

    [Fact]
    public async Task The_first_start_opens_one_way_in_and_it_closes_behind_the_first_administrator()
    {
        await using var database = await TestDatabase.CreateAsync();
        var setUp = database.Get<FirstSetUp>();
        var token = (await setUp.OpenAsync())!.Split('/')[^1];

        Assert.True(await setUp.IsOpenAsync(token));
        Assert.False(await setUp.IsOpenAsync(token + "x"));
        Assert.Equal(FirstSetUp.LinkDead, (await setUp.SetUpAsync("made-up", "Eve", "eve@shop.example", Password)).Refusal);
        Assert.Equal("email", (await setUp.SetUpAsync(token, "Eve", "eve", Password)).Refusal?.Field);
        Assert.Equal("name", (await setUp.SetUpAsync(token, " ", "eve@shop.example", Password)).Refusal?.Field);
        Assert.Equal("password", (await setUp.SetUpAsync(token, "Eve", "eve@shop.example", new NewPassword("short", "short"))).Refusal?.Field);
        Assert.True((await setUp.SetUpAsync(token, "Eve", "eve@shop.example", Password)).Value.IsInRole(Roles.Administrator));

        Assert.False(await setUp.IsOpenAsync(token));
        Assert.Equal(FirstSetUp.LinkDead, (await setUp.SetUpAsync(token, "Mallory", "mallory@shop.example", Password)).Refusal);
        Assert.Null(await setUp.OpenAsync());
        Assert.True((await database.Get<SignInService>().SignInAsync("eve@shop.example", StaffOfTests.Password, "")).IsOk);
    }

    [Fact]
    public async Task It_closes_too_when_somebody_was_added_by_another_way()
    {
        await using var database = await TestDatabase.CreateAsync();
        var setUp = database.Get<FirstSetUp>();
        var token = (await setUp.OpenAsync())!.Split('/')[^1];
        await database.InviteAsync("Ada", Roles.Administrator);

        Assert.False(await setUp.IsOpenAsync(token));
        Assert.Equal(FirstSetUp.LinkDead, (await setUp.SetUpAsync(token, "Eve", "eve@shop.example", Password)).Refusal);
    }
}
