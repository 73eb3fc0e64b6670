using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Accounts;

public sealed record CreateAccountRequest
{
    public string? ExternalId { get; init; }

    public string? Name { get; init; }

    /// <summary><c>person</c> or <c>company</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>An e-mail address or a telephone number makes a first contact.</summary>
    public string? Email { get; init; }

    public string? Phone { get; init; }
}

public sealed record RenameAccountRequest
{
    public string? Name { get; init; }
}

public sealed record AddContactRequest
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>Absent: yes for the first contact of a person, otherwise no.</summary>
    public bool? MayUseCredit { get; init; }
}

public sealed record ChangeContactRequest
{
    public Optional<string?> Name { get; init; }

    public Optional<string?> Email { get; init; }

    public Optional<string?> Phone { get; init; }

    /// <summary>"Allow this contact to use Account Credit".</summary>
    public Optional<bool?> MayUseCredit { get; init; }
}

public sealed record MonthlyStatementRequest
{
    public bool Send { get; init; }
}

public sealed record HoldRequest
{
    /// <summary>The code of a reason for holds.</summary>
    public string? Reason { get; init; }

    public string? Note { get; init; }
}
