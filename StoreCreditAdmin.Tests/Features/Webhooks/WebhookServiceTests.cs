using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Webhooks;

public sealed class WebhookServiceTests
{
    private const string Url = "https://shop.example/credit-messages";

    [Fact]
    public async Task The_secret_is_given_with_the_webhook_and_lies_nowhere_in_the_clear()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<WebhookService>();
        var key = OperationKey.ForForm();

        var added = await service.AddAsync(TestDatabase.Robot, key, new AddWebhookRequest { Url = " " + Url + "#top " });
        var again = await service.AddAsync(TestDatabase.Robot, key, new AddWebhookRequest { Url = " " + Url + "#top " });
        var rotated = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), added.Value.Id, new ChangeWebhookRequest { RotateSecret = true });

        Assert.Matches("^scw_[A-Za-z0-9_-]{43}$", added.Value.Secret);
        Assert.Equal((Url, true), (added.Value.Url, added.Value.Active));
        Assert.Equal((added.Value, true), (again.Value, again.Replayed));
        Assert.Matches("^scw_[A-Za-z0-9_-]{43}$", rotated.Value.Secret);
        Assert.NotEqual(added.Value.Secret, rotated.Value.Secret);
        Assert.Null(Assert.Single((await service.ListAsync(TestDatabase.Robot, new KeysetRequest())).Items).Secret);
        var file = Encoding.Latin1.GetString(await DatabaseFile.ReadAllAsync(database.Path));
        Assert.DoesNotContain(added.Value.Secret![4..], file);
        Assert.DoesNotContain(rotated.Value.Secret![4..], file);
        Assert.Equal(["webhook.add", "webhook.change"], (await database.ReadAuditAsync()).Select(line => line.Action));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("shop.example")]
    [InlineData("/hooks")]
    [InlineData("ftp://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://ada:secret@shop.example/")]
    [InlineData("https://shop.example/\u0000x")]
    [InlineData("http://shop.example/")]
    [InlineData("https://localhost/")]
    [InlineData("https://api.LOCALHOST./")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    public async Task An_address_that_messages_may_not_go_to_is_refused_at_its_field(string? url)
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Get<IOptions<WebhookOptions>>().Value.AllowPrivateAddresses = false;
        var service = database.Get<WebhookService>();
        var fine = await database.AddWebhookAsync(Url);

        var added = await service.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), new AddWebhookRequest { Url = url });
        var changed = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), fine.Id, new ChangeWebhookRequest { Url = url ?? "" });

        Assert.Equal(("webhook-address-invalid", "url"), (added.Refusal?.Code, added.Refusal?.Field));
        Assert.Equal(("webhook-address-invalid", "url"), (changed.Refusal?.Code, changed.Refusal?.Field));
        Assert.Equal(Url, Assert.Single((await service.ListAsync(TestDatabase.Robot, new KeysetRequest())).Items).Url);
    }

    [Fact]
    public async Task An_address_is_there_once_and_no_longer_than_addresses_may_be_and_there_are_only_so_many()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<WebhookService>();
        for (var number = 1; number <= WebhookService.MaxWebhooks; number++)
        {
            await database.AddWebhookAsync($"{Url}/{number}");
        }

        async Task<string?> RefusalOfAsync(string url) => (await service.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), new AddWebhookRequest { Url = url })).Refusal?.Code;
        Assert.Equal("webhook-address-taken", await RefusalOfAsync(Url + "/7"));
        Assert.Equal("text-too-long", await RefusalOfAsync(Url + "/" + new string('x', 500)));
        Assert.Equal("too-many-webhooks", await RefusalOfAsync(Url + "/new"));
        var seventh = (await service.ListAsync(TestDatabase.Robot, new KeysetRequest())).Items[6];
        Assert.True((await service.RemoveAsync(TestDatabase.Robot, OperationKey.ForForm(), seventh.Id)).IsOk);
        Assert.Null(await RefusalOfAsync(Url + "/7"));
        var other = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), (await service.ListAsync(TestDatabase.Robot, new KeysetRequest(1))).Items[0].Id, new ChangeWebhookRequest { Url = Url + "/7" });
        Assert.Equal("webhook-address-taken", other.Refusal?.Code);
    }

    [Fact]
    public async Task A_removed_webhook_takes_along_what_it_has_not_got_and_is_found_no_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await Receiver.StartAsync();
        var service = database.Get<WebhookService>();
        var webhook = await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync("one.delivered");
        await database.SendDueAsync();
        receiver.Answer = Receiver.Say(500);
        await database.SendAsync("one.waiting");
        await database.SendDueAsync();

        Assert.True((await service.RemoveAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id)).IsOk);

        Assert.Equal(
            [("one.delivered", MessageState.Delivered, 1), ("one.waiting", MessageState.Unsent, 0)],
            (await database.ReadMessagesAsync()).Select(message => (message.Kind, message.State, message.Deliveries.Count)));
        Assert.Empty((await service.ListAsync(TestDatabase.Robot, new KeysetRequest())).Items);
        Assert.Equal("not-found", (await service.RemoveAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id)).Refusal?.Code);
        Assert.Equal("not-found", (await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest())).Refusal?.Code);
        Assert.Equal("not-found", (await service.SendTestAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id)).Refusal?.Code);
        database.Clock.Now += TimeSpan.FromDays(1);
        await database.SendDueAsync();
        Assert.Equal(2, receiver.Rest().Count);
    }

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Manager)]
    [InlineData(Roles.Accountant)]
    public async Task Only_administrators_see_and_change_webhooks(string role)
    {
        await using var database = await TestDatabase.CreateAsync();
        var webhook = await database.AddWebhookAsync(Url);
        var service = database.Get<WebhookService>();
        var person = await database.SignInNewAsync("Ida", role);

        Assert.Equal("forbidden", (await service.AddAsync(person, OperationKey.ForForm(), new AddWebhookRequest { Url = Url })).Refusal?.Code);
        Assert.Equal("forbidden", (await service.ChangeAsync(person, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest())).Refusal?.Code);
        Assert.Equal("forbidden", (await service.RemoveAsync(person, OperationKey.ForForm(), webhook.Id)).Refusal?.Code);
        Assert.Equal("forbidden", (await service.SendTestAsync(person, OperationKey.ForForm(), webhook.Id)).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.ListAsync(person, new KeysetRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.OverviewAsync(person));
    }

    [Fact]
    public async Task A_change_is_audited_with_what_it_changed_and_one_that_changes_nothing_is_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<WebhookService>();
        var webhook = await database.AddWebhookAsync(Url);

        await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest { Active = true, Url = Url });
        await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest { Active = false, Url = Url + "/2" });

        var line = (await database.ReadAuditAsync()).Single(one => one.Action == "webhook.change");
        Assert.Equal(("{\"url\":\"" + Url + "\",\"active\":true}", "{\"url\":\"" + Url + "/2\",\"active\":false}"), (line.OldValues, line.NewValues));
        await using var db = database.Open();
        Assert.Equal((Url + "/2", false), await db.Webhooks.Select(one => ValueTuple.Create(one.Url, one.Active)).SingleAsync());
    }
}
