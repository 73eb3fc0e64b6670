using FsCheck;
using FsCheck.Fluent;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Tests.Domain.Earning;

public sealed class RuleTermsTests
{
    [Fact]
    public void What_is_spent_earns_the_same_into_whichever_orders_it_is_split() =>
        Prop.ForAll<NonEmptyArray<NonNegativeInt>, PositiveInt, PositiveInt>((orders, every, give) =>
        {
            var terms = new EverySpentTerms(every.Get, give.Get);
            var (earned, carry) = (0L, 0L);
            foreach (var order in orders.Get)
            {
                var one = terms.For(new OrderBasis(order.Get, CarryMinor: carry));
                earned += one.AmountMinor;
                carry = one.CarryMinor;
            }

            var total = orders.Get.Sum(order => (long)order.Get);
            Assert.Equal(total / every.Get * give.Get, earned);
            Assert.Equal(total % every.Get, carry);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Steps_pay_the_same_into_whichever_orders_the_spending_is_split_and_each_once() =>
        Prop.ForAll<NonEmptyArray<NonNegativeInt>, PositiveInt>((orders, first) =>
        {
            var terms = new StepTerms(StepMeasure.Amount, [new(first.Get, 3), new(first.Get * 3L, 5), new(first.Get * 4L, 7)]);
            var (earned, spent) = (0L, 0L);
            foreach (var order in orders.Get)
            {
                earned += terms.For(new OrderBasis(order.Get, SpentBeforeMinor: spent))?.AmountMinor ?? 0;
                spent += order.Get;
            }

            Assert.Equal(terms.Steps.Where(step => step.At <= spent).Sum(step => step.GiveMinor), earned);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_award_is_never_more_than_the_share_of_the_order_that_the_rule_promises() =>
        Prop.ForAll<NonNegativeInt, PositiveInt, PositiveInt>((order, every, give) =>
        {
            var earned = new PerAmountTerms(every.Get, give.Get).For(new OrderBasis(order.Get)).AmountMinor;

            Assert.True((Int128)earned * every.Get <= (Int128)order.Get * give.Get);
            Assert.True((Int128)(earned + give.Get) * every.Get > (Int128)order.Get * give.Get);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_award_beyond_the_largest_amount_gives_nothing_and_says_so()
    {
        var earned = new PerAmountTerms(1, Money.MaxMinor).For(new OrderBasis(Money.MaxMinor));

        Assert.Equal((0L, EarningReasons.TooLarge), (earned.AmountMinor, earned.Reason));
    }

    [Theory]
    [InlineData(0, 0, EarningReasons.NothingPaid)]
    [InlineData(4999, 0, EarningReasons.BelowMinimum)]
    [InlineData(5000, 500, null)]
    public void An_order_earns_from_the_minimum_spend_on(long baseMinor, long earned, string? reason)
    {
        var one = new FixedTerms(500, MinimumMinor: 5000).For(new OrderBasis(baseMinor));

        Assert.Equal((earned, reason), (one.AmountMinor, one.Reason));
    }
}
