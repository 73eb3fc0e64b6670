using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Import;

namespace StoreCreditAdmin.Components.Pages.Import;

/// <summary>Takes a file from the browser. One that is too large is refused by its size alone.</summary>
public sealed partial class FileStep(ImportOptions options, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan BetweenPictures = TimeSpan.FromMilliseconds(150);

    private CancellationTokenSource? until;
    private Refusal? refusal;
    private bool receiving;
    private long expected;
    private long received;
    private long lastShown;

    /// <summary>What is wrong with the file as a whole, found later.</summary>
    [Parameter, EditorRequired]
    public Refusal? Refusal { get; set; }

    /// <summary>Another file was chosen, be it good or not: what was known of the one before is over.</summary>
    [Parameter, EditorRequired]
    public EventCallback Chosen { get; set; }

    /// <summary>The file is there. It belongs to whoever listens.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ImportUpload> Received { get; set; }

    private string? Sentence => (refusal ?? Refusal)?.Message;

    private double Share => expected == 0 ? 0 : (double)received / expected;

    public void Dispose() => Stop();

    private async Task ReceiveAsync(InputFileChangeEventArgs change)
    {
        Stop();
        refusal = null;
        await Chosen.InvokeAsync();
        if (change.FileCount == 0)
        {
            return;
        }

        var file = change.File;
        refusal = options.RefusalFor(file.Size);
        if (refusal is not null)
        {
            return;
        }

        using var mine = new CancellationTokenSource();
        (until, receiving, expected, received) = (mine, true, file.Size, 0);
        try
        {
            await using var stream = file.OpenReadStream(options.MaxBytes, mine.Token);
            var result = await ImportUpload.ReceiveAsync(stream, file.Name, file.Size, options, Show, mine.Token);
            refusal = result.Refusal;
            if (result.IsOk)
            {
                await Received.InvokeAsync(result.Value);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Another file was chosen, or none.
        }
        catch (IOException)
        {
            refusal = new Refusal("file-invalid", "The file could not be read to its end. Choose it again.", ImportFields.File);
        }
        finally
        {
            if (until == mine)
            {
                (until, receiving) = (null, false);
            }
        }
    }

    private void Show(long bytes)
    {
        received = bytes;
        if (clock.GetElapsedTime(lastShown) > BetweenPictures)
        {
            lastShown = clock.GetTimestamp();
            StateHasChanged();
        }
    }

    private void Stop() => until?.Cancel();
}
