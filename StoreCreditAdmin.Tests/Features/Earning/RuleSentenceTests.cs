using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>What managers read of a rule, figure by figure.</summary>
public sealed class RuleSentenceTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly Currency Usd = Currency.Of("USD");

    [Fact]
    public void A_fixed_amount_for_the_first_order() => Says(
        EarningMethod.FirstOrder,
        new FixedTerms(1000),
        "Gives 10.00 USD for the customer's first paid order.",
        "An order of 40.00 USD earns 10.00 USD, one of 400.00 USD 10.00 USD.");

    [Fact]
    public void An_amount_for_every_so_much_of_the_first_order() => Says(
        EarningMethod.FirstOrder,
        new PerAmountTerms(3000, 300),
        "Gives 3.00 USD for every 30.00 USD of the customer's first paid order.",
        "An order of 95.00 USD earns 9.00 USD, one of 29.99 USD nothing.");

    [Fact]
    public void A_minimum_spend() => Says(
        EarningMethod.OrderPlaced,
        new FixedTerms(500, 5000),
        "Gives 5.00 USD for each paid order that comes to 50.00 USD or more.",
        "An order of 50.00 USD earns 5.00 USD, one of 49.99 USD nothing.");

    [Fact]
    public void A_minimum_above_the_multiple() => Says(
        EarningMethod.OrderPlaced,
        new PerAmountTerms(2000, 100, 10000),
        "Gives 1.00 USD for every 20.00 USD of each paid order that comes to 100.00 USD or more.",
        "An order of 100.00 USD earns 5.00 USD, one of 99.99 USD nothing.");

    [Fact]
    public void Registering() => Says(
        EarningMethod.Registration, new FixedTerms(500), "Gives 5.00 USD when a customer registers.", "A customer who registers earns 5.00 USD, once.");

    [Fact]
    public void Steps_of_the_number_of_orders() => Says(
        EarningMethod.OrderHistory,
        new StepTerms(StepMeasure.Count, [new(1, 200), new(3, 500), new(12, 1000)]),
        "Gives 2.00 USD with the 1st paid order, 5.00 USD with the 3rd and 10.00 USD with the 12th.",
        "A customer's 1st order earns 2.00 USD, the 2nd nothing.");

    [Fact]
    public void Steps_of_what_was_spent() => Says(
        EarningMethod.SpendHistory,
        new StepTerms(StepMeasure.Amount, [new(10000, 400), new(20000, 900), new(50000, 3000)]),
        "Gives 4.00 USD once a customer has spent 100.00 USD, 9.00 USD at 200.00 USD and 30.00 USD at 500.00 USD.",
        "A first order of 200.00 USD earns 13.00 USD, for two steps at once, of 99.99 USD nothing yet.");

    [Fact]
    public void What_is_spent_over_all_orders() => Says(
        EarningMethod.SpendHistory,
        new EverySpentTerms(10000, 800),
        "Gives 8.00 USD for every 100.00 USD that a customer spends over all orders. What is left over counts for the next order.",
        "An order of 150.00 USD earns 8.00 USD and leaves 50.00 USD over. The next one of 150.00 USD then earns 16.00 USD.");

    [Theory]
    [InlineData("JPY", "Gives 1,000 JPY for the customer's first paid order.")]
    [InlineData("KWD", "Gives 1.000 KWD for the customer's first paid order.")]
    public void Amounts_have_the_digits_of_their_currency(string currency, string sentence) =>
        Assert.Equal(sentence, RuleSentence.Of(EarningMethod.FirstOrder, new FixedTerms(1000), Currency.Of(currency), English));

    /// <summary>Whatever may be saved can be shown, from the smallest amount to the largest.</summary>
    [Fact]
    public void The_smallest_and_the_largest_terms_have_an_example_too()
    {
        RuleTerms[] terms =
        [
            new FixedTerms(1, 1), new FixedTerms(Money.MaxMinor, Money.MaxMinor), new PerAmountTerms(1, 1), new PerAmountTerms(Money.MaxMinor, Money.MaxMinor), new PerAmountTerms(1, Money.MaxMinor),
            new EverySpentTerms(1, 1), new EverySpentTerms(Money.MaxMinor, Money.MaxMinor), new EverySpentTerms(1, Money.MaxMinor),
            new StepTerms(StepMeasure.Amount, [new(1, Money.MaxMinor), new(2, Money.MaxMinor)]), new StepTerms(StepMeasure.Amount, [new(Money.MaxMinor, 1)]),
            new StepTerms(StepMeasure.Count, [new(StepTerms.MaxCount, 1)]),
        ];

        Assert.All(terms, one => Assert.EndsWith(".", RuleSentence.Example(EarningMethod.OrderPlaced, one, Usd, English), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "2 of 3 orders. 1 more earns 5.00 USD.", 2, 3)]
    [InlineData(7, "All steps are reached. Nothing more comes of this rule.", null, null)]
    public void How_far_a_customer_is_with_steps(long orders, string words, int? reached, int? at)
    {
        var progress = Progress(EarningMethod.OrderHistory, new StepTerms(StepMeasure.Count, [new(1, 200), new(3, 500)])) with { Orders = orders };

        Assert.Equal(words, progress.Words(English));
        Assert.Equal((reached, at), ((int?)progress.Next?.Reached, (int?)progress.Next?.At));
    }

    [Fact]
    public void How_far_a_customer_is_with_what_adds_up()
    {
        var steps = Progress(EarningMethod.SpendHistory, new StepTerms(StepMeasure.Amount, [new(10000, 400)])) with { SpentMinor = 8000 };
        var every = Progress(EarningMethod.SpendHistory, new EverySpentTerms(10000, 800)) with { CarryMinor = 5000 };

        Assert.Equal("80.00 USD of 100.00 USD spent. 20.00 USD more earns 4.00 USD.", steps.Words(English));
        Assert.Equal("50.00 USD left over. 50.00 USD more earns 8.00 USD.", every.Words(English));
    }

    /// <summary>As after a change to smaller multiples.</summary>
    [Fact]
    public void What_is_left_over_may_already_be_enough_for_the_next_order()
    {
        var every = Progress(EarningMethod.SpendHistory, new EverySpentTerms(4000, 300)) with { CarryMinor = 9000 };

        Assert.Equal("90.00 USD left over. The next order earns 6.00 USD or more.", every.Words(English));
        Assert.Equal((4000L, 4000L), every.Next);
    }

    private static RuleProgress Progress(EarningMethod method, RuleTerms terms) => new("main", method, 1, terms, Usd, 0, 0, 0, Registered: false);

    private static void Says(EarningMethod method, RuleTerms terms, string sentence, string example)
    {
        Assert.Equal(sentence, RuleSentence.Of(method, terms, Usd, English));
        Assert.Equal(example, RuleSentence.Example(method, terms, Usd, English));
    }
}
