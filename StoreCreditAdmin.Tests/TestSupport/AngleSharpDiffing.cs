using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// Hands bUnit the AngleSharp.Diffing that lies beside the tests. It is a version older than bUnit asks for (the project file
/// says why), so the runtime does not load it by itself.
/// </summary>
internal static class AngleSharpDiffing
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must run before the first test of any class.")]
    internal static void Register() =>
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
            wanted.Name == Name
                ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"))
                : null;
}
