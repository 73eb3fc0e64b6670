using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Tests.Domain.Messages;

public sealed class OutboxDeliveryTests
{
    [Fact]
    public void The_delay_doubles_from_a_minute_up_to_eight_hours_and_the_twelfth_try_is_the_last() =>
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 64, 128, 256, 480, 480, null],
            Enumerable.Range(1, OutboxDelivery.MaxTries).Select(tries => (int?)OutboxDelivery.DelayAfter(tries)?.TotalMinutes));

    [Fact]
    public void A_message_stands_as_the_worst_of_its_deliveries()
    {
        var at = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var message = new OutboxMessage(Guid.NewGuid(), "balance.changed", "{}", at);
        Assert.Equal(MessageState.Unsent, message.State);

        message.HandTo(new Webhook(Guid.NewGuid(), "https://a.example/", "", 0, "Ada", at), at);
        message.HandTo(new Webhook(Guid.NewGuid(), "https://b.example/", "", 0, "Ada", at), at);
        Assert.Single(message.Deliveries);
        Assert.Equal(MessageState.Waiting, message.State);

        var delivery = message.Deliveries[0];
        for (var tries = 0; tries < OutboxDelivery.MaxTries; tries++)
        {
            Assert.Equal(MessageState.Waiting, message.State);
            delivery.Fail(new string('x', 600), at);
        }

        Assert.Equal((MessageState.Dead, DeliveryState.Dead, 500), (message.State, delivery.State, delivery.LastError!.Length));
        Assert.True(message.SendAgain(at.AddDays(1)));
        Assert.Equal((MessageState.Waiting, 0, at.AddDays(1)), (message.State, delivery.Tries, delivery.NextTryAt));
        delivery.Succeed(at.AddDays(2));
        Assert.Equal((MessageState.Delivered, 1, null), (message.State, delivery.Tries, delivery.LastError));
    }
}
