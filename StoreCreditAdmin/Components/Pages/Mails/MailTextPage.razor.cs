using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Components.Pages.Mails;

/// <summary>What one e-mail says in a language: to be edited, seen as a customer would, and brought back as it was. The language is in the address.</summary>
public sealed partial class MailTextPage(MailTextService texts, MailPreviews previews, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase
{
    private static readonly PageHeader.Crumb[] Way = [new("Messages", "messages"), new("E-mail texts", "messages/texts")];

    private LoadView<Shown>? view;
    private int choices;

    /// <summary>The mail's word, as in <see cref="MailNames"/>.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "language")]
    private string? Asked { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private MailKind? Kind => MailNames.Kind(Name);

    private string Tag => Language.Find(Asked) ?? Language.English;

    private async Task<Shown> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        var kind = Kind!.Value;
        var lines = await texts.ListAsync(caller, cancellationToken);
        var others = lines.Where(line => line.Kind == kind).Select(line => line.Language).Concat(Stores.All.Select(store => store.Language)).Append(Tag).Distinct();
        return new Shown(
            await texts.GetAsync(caller, kind, Tag, cancellationToken),
            await previews.CustomerAsync(caller, kind, cancellationToken: cancellationToken),
            [.. others.OrderBy(tag => Language.NameOf(tag), StringComparer.Ordinal)]);
    }

    /// <summary>The field is made anew, so that it says where one is when the person chooses to stay.</summary>
    private void ChooseLanguage(ChangeEventArgs change)
    {
        choices++;
        navigation.NavigateTo(MailTexts.AddressOf(Kind!.Value, (string)change.Value!));
    }

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;

    private sealed record Shown(MailTextView View, MailPreviewCustomer Customer, IReadOnlyList<string> Others);
}
