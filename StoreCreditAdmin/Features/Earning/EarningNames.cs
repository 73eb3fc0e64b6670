using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>The words of the HTTP contract for what rules are made of. A method's word is also the source of the credit that it gave.</summary>
public static class EarningNames
{
    public static IReadOnlyList<EarningMethod> Methods { get; } = Enum.GetValues<EarningMethod>();

    public static string Of(EarningMethod method) => method switch
    {
        EarningMethod.FirstOrder => "first-order",
        EarningMethod.OrderPlaced => "order-placed",
        EarningMethod.Registration => "registration",
        EarningMethod.OrderHistory => "order-history",
        EarningMethod.SpendHistory => "spend-history",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    public static EarningMethod? Method(string? text) => Methods.Where(method => Of(method) == text).Select(method => (EarningMethod?)method).FirstOrDefault();
}
