using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>The product's pure ledger alone: wallets in memory, as the services load them.</summary>
internal sealed class WalletHarness : ILedgerUnderTest
{
    private static readonly Reason Reason = new("correction", "Correction", ReasonPurposes.All);
    private static readonly Actor Actor = new(ActorKind.System, "test", "test");
    private static readonly Store[] Stores = [.. World.Stores.Select(store => new Store(store.Code, store.Code, store.Currency, store.TimeZone) { CapPerAccountMinor = store.Cap, ReturnedValueDays = store.ReturnedDays })];

    private static readonly Dictionary<string, CreditType> Types = World.Types.ToDictionary(type => type.Code, type => new CreditType(type.Code, type.Code)
    {
        Priority = type.Priority,
        PaidFor = type.PaidFor,
        MayExpire = type.MayExpire,
        DefaultExpiry = type.Code == World.RefundType ? ExpiryPolicy.AfterDays(World.RefundDays) : ExpiryPolicy.Never,
    });

    private readonly Account[] accounts = [.. Enumerable.Range(0, World.Accounts).Select(i => new Account(new Guid(i, 0, 0, new byte[8]), $"Customer {i}", AccountKind.Person, null, $"{i}", World.Start))];
    private readonly Dictionary<(int Account, int Store, string Currency), Wallet> wallets = [];
    private readonly List<LedgerEntry>[] entries = [.. Enumerable.Range(0, World.Accounts).Select(_ => new List<LedgerEntry>())];
    private readonly List<Credit> credits = [];
    private readonly Dictionary<Credit, (int Index, Wallet Wallet)> creditIndex = [];
    private readonly List<(Authorization Authorization, Wallet Wallet)> authorizations = [];
    private readonly Dictionary<Authorization, int> authorizationIndex = [];
    private readonly Dictionary<Wallet, int> collected = [];
    private DateTimeOffset now = World.Start;
    private int ids;

    public bool HasServices => false;

    public Task<Outcome> RunAsync(Command command, string key)
    {
        var refusal = Run(command);
        Collect();
        return Task.FromResult(new Outcome(refusal?.Code ?? Outcome.Ok));
    }

    public Task<Picture> ReadAsync(int account, int seen) => Task.FromResult(new Picture(
        [.. credits.Where(credit => credit.Account == accounts[account]).Select(Text)],
        [.. authorizations.Where(one => one.Authorization.Account == accounts[account]).Select(one => Text(one.Authorization))],
        [],
        [.. entries[account].Skip(seen).Select(Text)]));

    public Task VerifyAsync()
    {
        foreach (var (account, own) in accounts.Zip(entries))
        {
            var hash = EntryHash.Genesis;
            for (var i = 0; i < own.Count; i++)
            {
                Assert.Equal(i + 1, own[i].Sequence);
                Assert.Equal(hash, own[i].PreviousHash);
                Assert.True(i == 0 || own[i].RecordedAt >= own[i - 1].RecordedAt);
                hash = EntryHash.Of(own[i], account.PublicId, own[i].Operation.PublicId, own[i].Credit.PublicId, own[i].Reason?.Code, own[i].Authorization?.Code);
                Assert.Equal(hash, own[i].Hash);
            }

            Assert.Equal((own.Count, Convert.ToHexString(hash)), ((int)account.LastSequence, Convert.ToHexString(account.LastHash)));
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Refusal? Run(Command command)
    {
        switch (command)
        {
            case Issue issue:
                var into = Wallet(issue.Account, issue.Store, issue.Currency);
                var terms = new CreditTerms { Source = "test", EffectiveOn = issue.EffectiveOn, ExpiresOn = issue.ExpiresOn };
                return into.Issue(Posting(into, null), Types[issue.Type], issue.Amount, terms, into.Store.CapIn(into.Currency)).Refusal;
            case AdjustBy adjust:
                return OnCredit(adjust.Credit, (wallet, credit) => wallet.AdjustBy(Posting(wallet, adjust.WithReason), credit, adjust.Delta, wallet.Store.CapIn(wallet.Currency)).Refusal);
            case AdjustTo adjust:
                return OnCredit(adjust.Credit, (wallet, credit) => wallet.AdjustTo(Posting(wallet, adjust.WithReason), credit, adjust.Amount, wallet.Store.CapIn(wallet.Currency)).Refusal);
            case Debit debit:
                var from = Wallet(debit.Account, debit.Store, debit.Currency);
                return from.Debit(Posting(from, debit.WithReason), debit.Amount).Refusal;
            case Invalidate invalidate:
                return OnCredit(invalidate.Credit, (wallet, credit) => wallet.Invalidate(Posting(wallet, invalidate.WithReason), credit).Refusal);
            case Delete delete:
                return OnCredit(delete.Credit, (wallet, credit) => wallet.Delete(Posting(wallet, true), credit).Refusal);
            case ChangeExpiry change:
                return OnCredit(change.Credit, (wallet, credit) => wallet.ChangeExpiry(Posting(wallet, change.WithReason), credit, change.ExpiresOn).Refusal);
            case Hold hold:
                accounts[hold.Account].Hold(Reason, null, Actor, now);
                return null;
            case LiftHold lift:
                accounts[lift.Account].LiftHold();
                return null;
            case Authorize authorize:
                return Authorize(authorize);
            case Capture capture:
                return OnAuthorization(capture.Authorization, (wallet, one) => wallet.Capture(Posting(wallet, null), one, capture.Amount, capture.KeepRest).Refusal);
            case VoidHeld voided:
                return OnAuthorization(voided.Authorization, (wallet, one) => wallet.Void(Posting(wallet, null), one).Refusal);
            case Refund refund:
                return OnAuthorization(refund.Authorization, (wallet, one) => wallet.Refund(Posting(wallet, null), one, refund.Amount, refund.ToNewCredit, Types[World.RefundType]).Refusal);
            case RunExpiry:
                credits.ForEach(credit => creditIndex[credit].Wallet.Expire(Posting(creditIndex[credit].Wallet, null), credit));
                return null;
            case ReleaseStale:
                foreach (var (authorization, wallet) in authorizations.OrderBy(one => one.Authorization.ExpiresAt))
                {
                    wallet.ReleaseStale(Posting(wallet, null), authorization);
                    Collect();
                }

                return null;
            case MoveClock move:
                now += move.By;
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(command));
        }
    }

    private Refusal? Authorize(Authorize command)
    {
        var wallet = Wallet(command.Account, command.Store, command.Currency);
        var ofOrder = authorizations.Select(one => one.Authorization)
            .Where(one => one.OrderNumber == command.Order && one.Store == wallet.Store && one.CurrencyCode == command.Currency).ToList();
        var replaced = ofOrder.Find(one => one.IsOpen && one.Account == wallet.Account);
        var terms = new AuthorizationTerms
        {
            Code = $"code-{++ids}",
            OrderNumber = command.Order,
            OrderTotalMinor = command.Total,
            TakenMinor = ofOrder.Sum(one => one.CapturedMinor - one.RefundedMinor + (one == replaced ? 0 : one.OpenMinor)),
            AmountMinor = command.Amount,
            ExpiresAt = now.AddHours(24),
        };
        return wallet.Authorize(Posting(wallet, null), terms, replaced).Refusal;
    }

    private Refusal? OnCredit(int index, Func<Wallet, Credit, Refusal?> deed) =>
        index < 0 ? new Refusal("not-found", "") : deed(creditIndex[credits[index]].Wallet, credits[index]);

    private Refusal? OnAuthorization(int index, Func<Wallet, Authorization, Refusal?> deed) =>
        index < 0 ? new Refusal("not-found", "") : deed(authorizations[index].Wallet, authorizations[index].Authorization);

    private Posting Posting(Wallet wallet, bool? withReason)
    {
        var operation = new Operation(NewId(), "test", $"test:{ids}", [], Actor, now);
        return new Posting(operation, Actor, wallet.Store.MomentAt(now), new EntryDetails { Reason = withReason == true ? Reason : null }, NewId);
    }

    private Guid NewId() => new(++ids, 0, 0, new byte[8]);

    private Wallet Wallet(int account, int store, string currency)
    {
        if (!wallets.TryGetValue((account, store, currency), out var wallet))
        {
            var (owner, shop, money) = (accounts[account], Stores[store], Currency.Of(currency));
            wallet = new Wallet(owner, shop, money, new AccountBalance(owner, shop, money), []);
            wallets.Add((account, store, currency), wallet);
        }

        return wallet;
    }

    /// <summary>Files what the last command made: entries by account, new credits and authorizations by number.</summary>
    private void Collect()
    {
        var fresh = wallets.SelectMany(one => one.Value.Entries.Skip(collected.GetValueOrDefault(one.Value)).Select(entry => (one.Key.Account, one.Value, entry)));
        foreach (var (account, wallet, entry) in fresh.OrderBy(one => one.entry.Sequence).ToList())
        {
            collected[wallet] = collected.GetValueOrDefault(wallet) + 1;
            entries[account].Add(entry);
            if (creditIndex.TryAdd(entry.Credit, (credits.Count, wallet)))
            {
                credits.Add(entry.Credit);
            }

            if (entry.Authorization is { } authorization && authorizationIndex.TryAdd(authorization, authorizations.Count))
            {
                authorizations.Add((authorization, wallet));
            }
        }
    }

    private string Text(Credit credit) => NaiveLedger.CreditText(
        creditIndex[credit].Index, Array.IndexOf(Stores, credit.Store), credit.CurrencyCode, credit.Type.Code, credit.OpeningMinor,
        [credit.Buckets.Available, credit.Buckets.Authorized, credit.Buckets.Used, credit.Buckets.Expired, credit.Buckets.Reclaimed, credit.Buckets.Invalidated],
        credit.EffectiveOn, credit.ExpiresOn, credit.IsInvalidated, credit.IsDeleted, credit.WasEverDrawn, credit.OriginCredit is { } origin ? creditIndex[origin].Index : null);

    private string Text(Authorization authorization) => NaiveLedger.AuthorizationText(
        authorizationIndex[authorization], authorization.OrderNumber, Named.Status(authorization.Status),
        authorization.Lines.Select(line => (creditIndex[line.Credit].Index, line.AuthorizedMinor, line.CapturedMinor, line.ReleasedMinor, line.RefundedMinor)));

    private string Text(LedgerEntry entry) => NaiveLedger.EntryText(
        entry.Sequence, Named.Lower(entry.Kind), creditIndex[entry.Credit].Index, Named.Lower(entry.From), Named.Lower(entry.To), entry.AmountMinor, entry.EffectiveOn,
        entry.AvailableAfter, entry.AccountAvailableAfter, entry.AccountAuthorizedAfter, entry.OrderNumber, entry.Authorization is { } authorization ? authorizationIndex[authorization] : null);
}

/// <summary>The product's words as the model writes them.</summary>
internal static class Named
{
    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static string Status(AuthorizationStatus status) => status switch
    {
        AuthorizationStatus.PartlyCaptured => "partly-captured",
        _ => Lower(status),
    };
}
