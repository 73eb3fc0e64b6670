using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Messages;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Messages;

public sealed class MessageRetentionTests
{
    [Fact]
    public async Task Messages_go_when_they_have_had_their_time_and_the_ledger_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await Receiver.StartAsync();
        var job = database.Services.GetServices<IDueJob>().OfType<MessageRetention>().Single();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "5.00");
        await database.SendAsync("of.order", "A-1");
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync("delivered");
        await database.SendDueAsync();
        receiver.Answer = Receiver.Say(500);
        await database.SendAsync("dead");
        var sent = database.Clock.Now;
        for (var tries = 0; tries < OutboxDelivery.MaxTries; tries++)
        {
            await database.SendDueAsync();
            database.Clock.Now += TimeSpan.FromHours(8);
        }

        Assert.Equal(MessageState.Dead, (await database.ReadMessagesAsync())[^1].State);
        Assert.Equal(sent.AddDays(30), await job.NextDueAsync(CancellationToken.None));
        database.Clock.Now = sent.AddDays(30).AddTicks(-1);
        await job.RunAsync(CancellationToken.None);
        Assert.Equal(4, (await database.ReadMessagesAsync()).Length);
        database.Clock.Now = sent.AddDays(30);
        await job.RunAsync(CancellationToken.None);
        Assert.Equal(["of.order", "dead"], (await database.ReadMessagesAsync()).Select(message => message.Kind));
        Assert.Equal(sent.AddDays(180), await job.NextDueAsync(CancellationToken.None));
        database.Clock.Now = sent.AddDays(180);
        await job.RunAsync(CancellationToken.None);
        Assert.Equal(["of.order"], (await database.ReadMessagesAsync()).Select(message => message.Kind));
        Assert.Null(await job.NextDueAsync(CancellationToken.None));
        Assert.True((await database.VerifyAsync()).Ok);
        Assert.Single(await database.ReadEntriesAsync(account));
    }

    [Fact]
    public async Task What_a_webhook_has_yet_to_get_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await Receiver.StartAsync();
        var job = database.Services.GetServices<IDueJob>().OfType<MessageRetention>().Single();
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync("late");
        database.Clock.Now += TimeSpan.FromDays(60);

        await job.RunAsync(CancellationToken.None);
        await database.SendDueAsync();
        Assert.Equal("late", Assert.Single(receiver.Rest()).Kind);
        await job.RunAsync(CancellationToken.None);

        Assert.Empty(await database.ReadMessagesAsync());
    }

    [Fact]
    public async Task A_thousand_and_more_go_in_one_run()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            db.OutboxMessages.AddRange(Enumerable.Range(0, 1203).Select(_ => new OutboxMessage(Guid.NewGuid(), "old", "{}", database.Clock.Now)));
            await db.SaveChangesAsync();
        }

        database.Clock.Now += TimeSpan.FromDays(31);
        await database.Services.GetServices<IDueJob>().OfType<MessageRetention>().Single().RunAsync(CancellationToken.None);

        Assert.Empty(await database.ReadMessagesAsync());
    }
}
