using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Webhooks;

public sealed class WebhookSenderTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Receiver receiver = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        receiver = await Receiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await receiver.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_balance_that_changes_is_told_signed_and_once()
    {
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "5.00");
        var webhook = await database.AddWebhookAsync(receiver.Url);
        await database.IssueAsync(account, "12.50");

        await database.SendDueAsync();
        await database.SendDueAsync();

        var received = Assert.Single(receiver.Rest());
        var body = JsonDocument.Parse(received.Body).RootElement;
        var message = (await database.ReadMessagesAsync())[^1];
        Assert.Equal((message.PublicId.ToString(), "balance.changed"), (received.Id, received.Kind));
        Assert.Equal((received.Id, received.Kind, message.Id), (body.GetProperty("id").GetString(), body.GetProperty("kind").GetString(), body.GetProperty("sequence").GetInt64()));
        Assert.Equal("2026-11-22T12:00:00Z", body.GetProperty("createdAt").GetString());
        Assert.Equal(("17.50", account.PublicId.ToString()), (body.GetProperty("data").GetProperty("available").GetString(), body.GetProperty("data").GetProperty("accountId").GetString()));
        var digest = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(webhook.Secret!), Encoding.UTF8.GetBytes("1795348800." + received.Body)));
        Assert.Equal($"t=1795348800,v1={digest}", received.Signature);
        Assert.Equal((DeliveryState.Delivered, 1, database.Clock.Now), (message.Deliveries[0].State, message.Deliveries[0].Tries, message.Deliveries[0].DeliveredAt));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_twelve_times_at_growing_distances_and_then_given_up_until_a_person_sends_it_again()
    {
        await database.AddWebhookAsync(receiver.Url);
        receiver.Answer = Receiver.Say(500, "<h1>Out of \u0000 order</h1>\n\n" + new string('y', 5000));
        await database.SendAsync();
        var jobs = database.Get<DueJobs>();
        var minutes = new List<double>();
        DateTimeOffset? before = null;
        while (await jobs.NextDueAsync() is { } due && due < database.Clock.Now.AddDays(2))
        {
            database.Clock.Now = due > database.Clock.Now ? due : database.Clock.Now;
            await database.SendDueAsync();
            minutes.Add((database.Clock.Now - (before ?? database.Clock.Now)).TotalMinutes);
            before = database.Clock.Now;
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 480, 480], minutes);
        var tries = receiver.Rest();
        Assert.Equal((12, 1, 1), (tries.Count, tries.Select(one => one.Id).Distinct().Count(), tries.Select(one => one.Body).Distinct().Count()));
        Assert.Equal(12, tries.Select(one => one.Signature).Distinct().Count());
        var delivery = await database.ReadDeliveryAsync();
        Assert.Equal((DeliveryState.Dead, 12), (delivery.State, delivery.Tries));
        Assert.StartsWith("The receiver answered 500: <h1>Out of order</h1> yyy", delivery.LastError);
        Assert.InRange(delivery.LastError!.Length, 200, 240);

        receiver.Answer = Receiver.Say(200);
        database.Clock.Now += TimeSpan.FromDays(3);
        await database.SendDueAsync();
        Assert.Empty(receiver.Rest());
        var message = Assert.Single(await database.ReadMessagesAsync());
        Assert.True((await database.Get<StoreCreditAdmin.Features.Messages.MessageService>().SendAgainAsync(TestDatabase.Robot, OperationKey.ForForm(), message.PublicId)).IsOk);
        await database.SendDueAsync();
        Assert.Equal(message.PublicId.ToString(), Assert.Single(receiver.Rest()).Id);
        Assert.Equal(DeliveryState.Delivered, (await database.ReadDeliveryAsync()).State);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_and_keeps_no_other_waiting()
    {
        await using var hanging = await Receiver.StartAsync();
        hanging.Answer = Receiver.HangAsync;
        database.Get<IOptions<WebhookOptions>>().Value.Timeout = TimeSpan.FromSeconds(5);
        await database.AddWebhookAsync(hanging.Url);
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync();
        await database.SendAsync();

        var sending = database.SendDueAsync();
        await hanging.NextAsync();
        await receiver.NextAsync();
        await receiver.NextAsync();
        Assert.False(sending.IsCompleted);
        await database.SendAsync("written.meanwhile");
        await sending;
        Assert.Equal(
            ["No answer within 5 seconds.", "No answer within 5 seconds.", "", ""],
            (await database.ReadMessagesAsync()).Take(2).SelectMany(message => message.Deliveries).OrderBy(one => one.WebhookId).Select(one => one.LastError ?? ""));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inside = await Receiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.Redirect(inside.Url);
            return Task.CompletedTask;
        };
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync();

        await database.SendDueAsync();

        Assert.Empty(inside.Rest());
        Assert.Equal("The receiver answered 302, a redirect. Redirects are not followed: give the webhook the final address.", (await database.ReadDeliveryAsync()).LastError);
    }

    [Theory]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to(string url)
    {
        var connected = false;
        receiver.Answer = _ =>
        {
            connected = true;
            return Task.CompletedTask;
        };
        await database.AddWebhookAsync(string.Format(url, new Uri(receiver.Url).Port));
        await database.SendAsync();
        database.Get<IOptions<WebhookOptions>>().Value.AllowPrivateAddresses = false;

        await database.SendDueAsync();

        Assert.False(connected);
        Assert.Matches("^The address leads to .*, which is this machine or in a private network. That is refused.$", (await database.ReadDeliveryAsync()).LastError);
    }

    [Fact]
    public async Task What_was_allowed_over_http_is_sent_no_more_when_it_is_not()
    {
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync();
        database.Get<IOptions<WebhookOptions>>().Value.AllowPrivateAddresses = false;

        await database.SendDueAsync();

        Assert.Empty(receiver.Rest());
        Assert.Equal("The address begins with http://. Messages do not travel unencrypted.", (await database.ReadDeliveryAsync()).LastError);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_without_end_is_not_read_to_its_end(int status)
    {
        receiver.Answer = async context =>
        {
            context.Response.StatusCode = status;
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)'z');
            try
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
            }
        };
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync();

        await database.SendDueAsync();

        var delivery = await database.ReadDeliveryAsync();
        Assert.Equal(status == 200 ? DeliveryState.Delivered : DeliveryState.Waiting, delivery.State);
        Assert.Equal(status == 200 ? null : "The receiver answered 400: " + new string('z', 200) + "…", delivery.LastError);
    }

    [Fact]
    public async Task Nobody_at_the_address_and_no_such_host_say_so()
    {
        var gone = await Receiver.StartAsync();
        var url = gone.Url;
        await gone.DisposeAsync();
        await database.AddWebhookAsync(url);
        await database.AddWebhookAsync("https://no-such-host.invalid/");
        await database.SendAsync();

        await database.SendDueAsync();

        var errors = Assert.Single(await database.ReadMessagesAsync()).Deliveries.OrderBy(one => one.WebhookId).Select(one => one.LastError ?? "").ToArray();
        Assert.Equal(["No connection: Connection refused.", "There is no such host."], errors);
    }

    [Fact]
    public async Task Messages_go_out_in_their_order_and_one_that_fails_lets_the_others_pass()
    {
        await database.AddWebhookAsync(receiver.Url);
        receiver.Answer = context => Receiver.Say(context.Request.Headers["StoreCredit-Message-Kind"] == "kind.3" ? 500 : 204)(context);
        for (var number = 1; number <= 5; number++)
        {
            await database.SendAsync($"kind.{number}");
        }

        await database.SendDueAsync();
        receiver.Answer = Receiver.Say(204);
        database.Clock.Now += TimeSpan.FromMinutes(1);
        await database.SendAsync("kind.6");
        await database.SendDueAsync();

        Assert.Equal(["kind.1", "kind.2", "kind.3", "kind.4", "kind.5", "kind.3", "kind.6"], receiver.Rest().Select(one => one.Kind));
    }

    [Fact]
    public async Task A_webhook_gets_what_happens_after_it_was_added_and_after_a_pause_what_happened_meanwhile()
    {
        var service = database.Get<WebhookService>();
        await database.SendAsync("before.added");
        var webhook = await database.AddWebhookAsync(receiver.Url);
        await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest { Active = false });
        await database.SendAsync("during.pause");
        await database.SendDueAsync();
        Assert.Empty(receiver.Rest());

        await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest { Active = true });
        await database.SendDueAsync();

        Assert.Equal(["during.pause"], receiver.Rest().Select(one => one.Kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_switched_off_or_removed_while_messages_go_out_gets_no_more_of_them(bool removed)
    {
        var webhook = await database.AddWebhookAsync(receiver.Url);
        var service = database.Get<WebhookService>();
        receiver.Answer = context => removed
            ? service.RemoveAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id)
            : service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest { Active = false });
        for (var number = 0; number < 3; number++)
        {
            await database.SendAsync();
        }

        await database.SendDueAsync();

        var first = Assert.Single(receiver.Rest());
        Assert.Equal((await database.ReadMessagesAsync())[0].PublicId.ToString(), first.Id);
    }

    [Fact]
    public async Task A_test_message_goes_to_its_webhook_alone_and_not_to_one_that_is_off()
    {
        await using var other = await Receiver.StartAsync();
        var service = database.Get<WebhookService>();
        var webhook = await database.AddWebhookAsync(receiver.Url);
        var off = await database.AddWebhookAsync(other.Url);
        Assert.True((await service.SendTestAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id)).IsOk);
        await database.SendDueAsync();
        await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), off.Id, new ChangeWebhookRequest { Active = false });

        Assert.Equal("webhook-off", (await service.SendTestAsync(TestDatabase.Robot, OperationKey.ForForm(), off.Id)).Refusal?.Code);
        Assert.Equal("webhook.test", Assert.Single(receiver.Rest()).Kind);
        Assert.Empty(other.Rest());
    }

    [Fact]
    public async Task For_a_day_after_a_change_the_old_secret_signs_too()
    {
        var webhook = await database.AddWebhookAsync(receiver.Url);
        var rotated = await database.Get<WebhookService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), webhook.Id, new ChangeWebhookRequest { RotateSecret = true });
        await database.SendAsync();
        await database.SendDueAsync();
        var during = Assert.Single(receiver.Rest());
        var signedAt = database.Clock.Now;
        database.Clock.Now += WebhookService.OldSecretSigns;
        await database.SendAsync();
        await database.SendDueAsync();
        var after = Assert.Single(receiver.Rest());

        Assert.Equal(WebhookSignature.Of(signedAt, Encoding.UTF8.GetBytes(during.Body), [rotated.Value.Secret!, webhook.Secret!]), during.Signature);
        Assert.Equal(WebhookSignature.Of(database.Clock.Now, Encoding.UTF8.GetBytes(after.Body), [rotated.Value.Secret!]), after.Signature);
    }

    [Fact]
    public async Task Two_senders_at_once_send_each_message_once_and_in_order()
    {
        await database.AddWebhookAsync(receiver.Url);
        for (var number = 0; number < 60; number++)
        {
            await database.SendAsync($"kind.{number:00}");
        }

        using var second = ActivatorUtilities.CreateInstance<WebhookSender>(database.Services);
        await Task.WhenAll(database.SendDueAsync(), database.SendDueAsync(second));
        await Task.WhenAll(database.SendDueAsync(), database.SendDueAsync(second));

        Assert.Equal(Enumerable.Range(0, 60).Select(number => $"kind.{number:00}"), receiver.Rest().Select(one => one.Kind));
        Assert.All(await database.ReadMessagesAsync(), message => Assert.Equal(MessageState.Delivered, message.State));
    }

    [Fact]
    public async Task What_a_sender_that_died_had_begun_another_sends_when_its_time_is_over_under_the_same_id()
    {
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync();
        var due = await database.Get<DeliveryQueue>().NextAsync(1, Guid.NewGuid(), null);

        await database.SendDueAsync();
        Assert.Empty(receiver.Rest());
        Assert.Null(await database.Get<DeliveryQueue>().NextDueAsync(CancellationToken.None));
        database.Clock.Now += TimeSpan.FromMinutes(1);
        await database.SendDueAsync();

        Assert.Equal(due!.MessageId.ToString(), Assert.Single(receiver.Rest()).Id);
    }

    [Fact]
    public async Task A_sender_that_stops_leaves_what_it_is_about_to_send_to_the_next_at_once()
    {
        await database.AddWebhookAsync(receiver.Url);
        await database.SendAsync();
        receiver.Answer = Receiver.HangAsync;
        using var first = ActivatorUtilities.CreateInstance<WebhookSender>(database.Services);
        await first.StartAsync(CancellationToken.None);
        var begun = await receiver.NextAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await first.StopAsync(limit.Token);
        receiver.Answer = Receiver.Say(204);
        await database.SendDueAsync();

        Assert.Equal(begun.Id, Assert.Single(receiver.Rest()).Id);
        Assert.Equal((DeliveryState.Delivered, 1), ((await database.ReadDeliveryAsync()).State, (await database.ReadDeliveryAsync()).Tries));
    }
}
