using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Earning;

/// <summary>How customers of a store earn credit by one method. What it gives stands in its versions; the newest one counts, and only forward.</summary>
public sealed class EarningRule
{
    private readonly List<EarningRuleVersion> versions = [];

    private EarningRule()
    {
    }

    public EarningRule(Guid publicId, Store store, EarningMethod method, bool enabled)
    {
        PublicId = publicId;
        Store = store;
        StoreId = store.Id;
        Method = method;
        Enabled = enabled;
    }

    public int Id { get; private set; }

    public Guid PublicId { get; private set; }

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    public EarningMethod Method { get; private set; }

    public bool Enabled { get; set; }

    /// <summary>A deleted rule gives nothing any more; what it gave stays.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The number of the newest version, from 1.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<EarningRuleVersion> Versions => versions;

    public EarningRuleVersion Current => versions.MaxBy(version => version.Number)!;

    public EarningRuleVersion Revise(Currency currency, CreditType type, RuleTerms terms, Actor actor, DateTimeOffset at)
    {
        Version++;
        var version = new EarningRuleVersion(this, Version, currency, type, terms, actor, at);
        versions.Add(version);
        return version;
    }

    public void MarkDeleted(DateTimeOffset at)
    {
        DeletedAt = at;
        Enabled = false;
    }
}

/// <summary>What a rule gives from a moment on. Never changed; awards point to the version that gave them.</summary>
public sealed class EarningRuleVersion
{
    private EarningRuleVersion()
    {
    }

    internal EarningRuleVersion(EarningRule rule, int number, Currency currency, CreditType type, RuleTerms terms, Actor actor, DateTimeOffset at)
    {
        Rule = rule;
        Number = number;
        CurrencyCode = currency.Code;
        Type = type;
        TypeId = type.Id;
        Terms = terms;
        CreatedBy = actor.Name;
        CreatedAt = at;
    }

    public int Id { get; private set; }

    public int RuleId { get; private set; }

    public EarningRule Rule { get; private set; } = null!;

    public int Number { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    public int TypeId { get; private set; }

    /// <summary>The type of the credit that it gives.</summary>
    public CreditType Type { get; private set; } = null!;

    public RuleTerms Terms { get; private set; } = null!;

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}
