using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>Credit that came into an account, or can be spent again. Without a store and a currency, all of the account's.</summary>
public sealed record Arrival(long AccountId, int? StoreId, Currency? Currency);

/// <summary>What follows in the same transaction at the end of each write, when all that moved is known. Features add theirs to the services.</summary>
public sealed record ClosingHandler(Func<WriteScope, Task> HandleAsync);

/// <summary>What follows in the same transaction when credit arrives. It answers what it took. Features add theirs to the services.</summary>
public sealed record ArrivalHandler(Func<WriteScope, Arrival, Task<IReadOnlyList<Authorization>>> HandleAsync);
