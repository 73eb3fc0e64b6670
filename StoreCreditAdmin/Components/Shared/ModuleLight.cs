namespace StoreCreditAdmin.Components.Shared;

/// <summary>Whether the module is on, as the person's pages know it: a page that switches it tells the menu.</summary>
public sealed class ModuleLight
{
    public event Action? Changed;

    /// <summary>Null where it is not shown to the person.</summary>
    public bool? On { get; private set; }

    public void Set(bool? on)
    {
        if (On != on)
        {
            On = on;
            Changed?.Invoke();
        }
    }
}
