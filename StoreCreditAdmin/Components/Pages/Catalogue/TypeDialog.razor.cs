using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Components.Pages.Catalogue;

/// <summary>Adds a type, or changes the one it is given. Closes with the type as it is then.</summary>
public sealed partial class TypeDialog(CreditTypeService types, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase
{
    private const string PaidFor = "paid-for";
    private const string Promotional = "promotional";

    private static readonly SelectField.Choice[] Kinds = [new(Promotional, "Promotional"), new(PaidFor, "Paid for by the customer")];

    private readonly Submission submission = new();
    private string? name;
    private string? code;
    private string? kind = Promotional;
    private string? priority = "0";
    private bool mayExpire = true;
    private bool requiresReason;
    private ExpiryPolicyInput expiry = new() { Kind = ExpiryPolicyInput.NeverKind };

    /// <summary>Null to add one.</summary>
    [Parameter]
    public CreditTypeView? Type { get; set; }

    private Dialogs Dialogs => dialogs;

    private ExpiryPolicyInput Expiry => mayExpire ? expiry : new() { Kind = ExpiryPolicyInput.NeverKind };

    protected override void OnInitialized()
    {
        if (Type is not null)
        {
            (name, code, kind, priority) = (Type.Name, Type.Code, Type.PaidFor ? PaidFor : Promotional, WholeNumber.Text(Type.Priority));
            (mayExpire, requiresReason, expiry) = (Type.MayExpire, Type.RequiresReason, Type.DefaultExpiry);
        }
    }

    private void Rename(string? value)
    {
        code = Type is null && (code is null || code == CodeFrom.Name(name)) ? CodeFrom.Name(value) : code;
        name = value;
    }

    private void AllowExpiry(bool allow) => mayExpire = allow;

    private async Task SaveAsync()
    {
        if (WholeNumber.Read(priority) is not { } rank)
        {
            submission.Refuse(new Refusal("invalid-request", $"Write a whole number from 0 to {CreditType.MaxPriority}.", "priority"));
            return;
        }

        var caller = await currentCaller.GetAsync();
        var saved = await submission.SendAsync(key => Type is null
            ? types.AddAsync(caller, key, new AddCreditTypeRequest
            {
                Code = code,
                Name = name,
                Priority = rank,
                PaidFor = kind == PaidFor,
                MayExpire = mayExpire,
                DefaultExpiry = Expiry,
                RequiresReason = requiresReason,
            })
            : types.ChangeAsync(caller, key, Type.Code, new ChangeCreditTypeRequest
            {
                Name = name,
                Priority = rank,
                PaidFor = kind == PaidFor,
                MayExpire = mayExpire,
                DefaultExpiry = Expiry,
                RequiresReason = requiresReason,
                Version = Type.Version,
            }));
        if (saved is { IsOk: true, Value: var type })
        {
            dialogs.Close(type);
        }
    }
}
