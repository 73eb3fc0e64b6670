using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Messages;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Messages;

public sealed class MessageServiceTests
{
    [Fact]
    public async Task A_message_that_nobody_got_is_sent_by_hand_once_somebody_is_there()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await Receiver.StartAsync();
        var service = database.Get<MessageService>();
        await database.SendAsync("card-refund.requested", "A-1");
        var id = Assert.Single(await database.ReadMessagesAsync()).PublicId;

        Assert.Equal("no-receiver", (await service.SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), id)).Refusal?.Code);
        Assert.Equal("not-found", (await service.SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), Guid.NewGuid())).Refusal?.Code);
        await database.AddWebhookAsync(receiver.Url);
        Assert.True((await service.SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), id)).IsOk);
        await database.SendDueAsync();

        Assert.Equal(id.ToString(), Assert.Single(receiver.Rest()).Id);
        var line = (await database.ReadAuditAsync())[^1];
        Assert.Equal(("message.send-again", "card-refund.requested, order A-1"), (line.Action, line.Subject));
    }

    [Fact]
    public async Task Only_those_who_have_not_got_it_get_it_again_and_all_when_all_have()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var one = await Receiver.StartAsync();
        await using var two = await Receiver.StartAsync();
        await database.AddWebhookAsync(one.Url);
        await database.AddWebhookAsync(two.Url);
        two.Answer = Receiver.Say(503);
        await database.SendAsync();
        await database.SendDueAsync();
        var id = Assert.Single(await database.ReadMessagesAsync()).PublicId;
        two.Answer = Receiver.Say(200);

        await database.Get<MessageService>().SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), id);
        await database.SendDueAsync();
        Assert.Equal((1, 2), (one.Rest().Count, two.Rest().Count));
        await database.Get<MessageService>().SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), id);
        await database.SendDueAsync();
        Assert.Equal((1, 1), (one.Rest().Count, two.Rest().Count));
    }

    [Fact]
    public async Task Messages_are_found_by_state_kind_order_and_account()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await Receiver.StartAsync();
        var account = await database.AddAccountAsync("Zoë 王");
        await database.SendAsync("kind.unsent", "A/1");
        var webhook = await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync("kind.delivered", accountId: account.Id);
        await database.SendDueAsync();
        receiver.Answer = Receiver.Say(410);
        await database.SendAsync("kind.failing", "A/2", account.Id);
        await database.SendDueAsync();
        await database.SendAsync("kind.new");
        var queries = database.Get<MessageQueries>();

        async Task<string[]> FindAsync(MessageFilter filter) =>
            [.. (await queries.ListAsync(TestDatabase.Robot, filter, new PageRequest())).Items.Select(message => message.Kind)];
        Assert.Equal(["kind.new", "kind.failing", "kind.delivered", "kind.unsent"], await FindAsync(new MessageFilter()));
        Assert.Equal(["kind.new", "kind.failing"], await FindAsync(new MessageFilter { State = MessageState.Waiting }));
        Assert.Equal(["kind.unsent"], await FindAsync(new MessageFilter { State = MessageState.Unsent }));
        Assert.Equal(["kind.delivered"], await FindAsync(new MessageFilter { State = MessageState.Delivered }));
        Assert.Empty(await FindAsync(new MessageFilter { State = MessageState.Dead }));
        Assert.Equal(["kind.failing"], await FindAsync(new MessageFilter { Kind = "kind.failing" }));
        Assert.Equal(["kind.unsent"], await FindAsync(new MessageFilter { About = " A/1 " }));
        Assert.Equal(["kind.failing", "kind.delivered"], await FindAsync(new MessageFilter { About = account.PublicId.ToString() }));
        Assert.Empty(await FindAsync(new MessageFilter { About = "nobody" }));
        Assert.Equal(["kind.delivered", "kind.failing", "kind.new", "kind.unsent"], await queries.KindsAsync(TestDatabase.Robot));

        var failing = (await queries.ListAsync(TestDatabase.Robot, new MessageFilter(), new PageRequest())).Items[1];
        var delivery = Assert.Single(failing.Deliveries);
        Assert.Equal((account.PublicId, "Zoë 王", "A/2"), (failing.AccountId, failing.AccountName, failing.OrderNumber));
        Assert.Equal((new Uri(webhook.Url).Authority + "/messages", 1, database.Clock.Now.AddMinutes(1), "The receiver answered 410."), (delivery.To, delivery.Tries, delivery.NextTryAt, delivery.LastError));
    }

    [Fact]
    public async Task Lists_of_messages_read_no_table_from_end_to_end()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await database.AddWebhookAsync("https://shop.example/");
        await database.SendAsync();
        plans.Start();

        var queries = database.Get<MessageQueries>();
        foreach (var state in Enum.GetValues<MessageState>().Where(state => state != MessageState.Waiting))
        {
            await queries.ListAsync(TestDatabase.Robot, new MessageFilter { State = state }, new PageRequest());
        }

        await queries.ListAsync(TestDatabase.Robot, new MessageFilter { Kind = "stock.counted" }, new PageRequest());
        await queries.ListAsync(TestDatabase.Robot, new MessageFilter { About = "A-1" }, new PageRequest());
        await queries.CountDeadAsync(TestDatabase.Robot);
        await database.Get<DeliveryQueue>().NextDueAsync(CancellationToken.None);

        // Of webhooks there are only a few.
        Assert.NotEmpty(plans.Queries);
        Assert.All(plans.Scans, scan => Assert.StartsWith("SCAN w in", scan));
    }

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Accountant)]
    public async Task Only_managers_and_administrators_see_messages_and_send_them_again(string role)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SendAsync();
        var person = await database.SignInNewAsync("Ida", role);
        var queries = database.Get<MessageQueries>();

        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.ListAsync(person, new MessageFilter(), new PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.CountDeadAsync(person));
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.KindsAsync(person));
        Assert.Equal("forbidden", (await database.Get<MessageService>().SendAgainAsync(person, OperationKey.ForForm(), (await database.ReadMessagesAsync())[0].PublicId)).Refusal?.Code);
    }
}
