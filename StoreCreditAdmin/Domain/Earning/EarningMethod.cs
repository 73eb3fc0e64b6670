namespace StoreCreditAdmin.Domain.Earning;

/// <summary>The five ways in which customers earn credit (decisions.md, "Earning"). A store has at most one rule for each.</summary>
public enum EarningMethod
{
    /// <summary>The customer's first paid order ever seen.</summary>
    FirstOrder,

    /// <summary>Every order, once it is paid.</summary>
    OrderPlaced,

    /// <summary>The customer registers.</summary>
    Registration,

    /// <summary>The customer's number of paid orders, or their value, reaches a step.</summary>
    OrderHistory,

    /// <summary>What the customer spent adds up.</summary>
    SpendHistory,
}
