using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Journal;

namespace StoreCreditAdmin.Components.Pages.Journal;

public sealed partial class AccountMappingForm(AccountMappingService mappings, CurrentCaller currentCaller, Toasts toasts) : ComponentBase
{
    private const string PaidFor = "paidFor";
    private const string Promotional = "promotional";

    private readonly Submission submission = new();
    private readonly Dictionary<(string Set, GlRole Role), string?> accounts = [];
    private string? chosen;

    [Parameter, EditorRequired]
    public AccountMappingView Accounts { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<CreditTypeView> Types { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private string? this[string set, GlRole role]
    {
        get => accounts.GetValueOrDefault((set, role));
        set => accounts[(set, role)] = value;
    }

    protected override void OnInitialized()
    {
        var mapping = Accounts.Mapping;
        foreach (var (set, named) in mapping.ByType.Append(new(PaidFor, mapping.PaidFor)).Append(new(Promotional, mapping.Promotional)))
        {
            foreach (var role in GlAccounts.Roles)
            {
                accounts[(set, role)] = named[role];
            }
        }

        chosen = Types.Count > 0 ? Types[0].Code : null;
    }

    private bool HasOwn(string type) => GlAccounts.Roles.Any(role => !string.IsNullOrWhiteSpace(this[type, role]));

    private async Task SaveAsync()
    {
        var request = new ChangeAccountMappingRequest
        {
            PaidFor = GlAccounts.From(role => this[PaidFor, role]),
            Promotional = GlAccounts.From(role => this[Promotional, role]),
            ByType = Types.Where(type => HasOwn(type.Code)).ToDictionary(type => type.Code, type => GlAccounts.From(role => this[type.Code, role])),
            Version = Accounts.Number,
        };
        var caller = await currentCaller.GetAsync();
        var saved = await submission.SendAsync(key => mappings.ChangeAsync(caller, key, request));
        if (saved is { IsOk: true, Value: var version })
        {
            submission.Reset();
            toasts.Done($"The accounts are saved as version {version.Number}.");
            await Changed.InvokeAsync();
        }
        else if (saved?.Refusal?.Field is { } field && Types.FirstOrDefault(type => field.StartsWith(type.Code + ".", StringComparison.Ordinal)) is { } type)
        {
            chosen = type.Code;
        }
    }

    private Task ShowAgainAsync()
    {
        submission.Reset();
        return Changed.InvokeAsync();
    }
}
