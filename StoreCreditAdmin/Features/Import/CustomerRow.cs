using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Import;

/// <summary>A customer as a row of a file gives it, right by itself; whether it is new is for the database to say.</summary>
public sealed record CustomerRow(int Line, string? ExternalId, string Name, AccountKind Kind, string? Email, string? Phone);

/// <summary>Why a row cannot be imported: its line in the file, what it calls its customer, and a sentence that says what to do.</summary>
public sealed record RowProblem(int Line, string Customer, string Message);
