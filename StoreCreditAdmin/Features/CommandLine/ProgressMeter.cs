namespace StoreCreditAdmin.Features.CommandLine;

/// <summary>Says on one line how far it is; on a line of its own where the output is a file.</summary>
internal sealed class ProgressMeter(TextWriter error) : IDisposable
{
    private readonly bool rewrites = !Console.IsErrorRedirected;
    private int shown;

    public IProgress<T> Of<T>(Func<T, string> say) => new Report<T>(progress => Show(say(progress)));

    public void Clear()
    {
        if (shown > 0)
        {
            error.Write('\r' + new string(' ', shown) + '\r');
            shown = 0;
        }
    }

    public void Dispose() => Clear();

    private void Show(string text)
    {
        if (!rewrites)
        {
            error.WriteLine(text);
            return;
        }

        Clear();
        error.Write(text);
        shown = text.Length;
    }

    private sealed class Report<T>(Action<T> show) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => show(value);
    }
}
