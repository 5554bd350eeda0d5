namespace CudaArch.DeviceCode.Verification;

/// <summary>Turns a kernel's symbol into the name that its author wrote.</summary>
public static class KernelName
{
    // As they are mangled: "thrust", "cub" with its inline namespaces, "cooperative_groups".
    private static readonly string[] GeneralLibraries = ["_ZN6thrust", "_ZN3cub", "_ZN18cooperative_groups", "_ZN4cuda3std"];

    /// <summary>Whether a kernel is of a library that many programs have a copy of (CUB, Thrust): its name tells little of what is missing.</summary>
    /// <param name="symbol">The symbol of a cubin or PTX entry.</param>
    public static bool IsOfGeneralLibrary(string symbol) => GeneralLibraries.Any(library => symbol.StartsWith(library, StringComparison.Ordinal));

    /// <summary>The name for a reader: <c>scale&lt;float&gt;</c> of <c>_Z5scaleIfEvPT_S0_i</c>, without parameters.</summary>
    /// <param name="symbol">The symbol of a cubin or PTX entry. nvcc mangles by the Itanium C++ ABI on every host, Windows included.</param>
    /// <returns>The symbol itself when it is not mangled, or in a way that is not understood.</returns>
    public static string Display(string symbol)
    {
        if (symbol is null)
        {
            throw new ArgumentNullException(nameof(symbol));
        }

        return symbol.StartsWith("_Z", StringComparison.Ordinal) ? new MangledNameReader(symbol).ReadFunctionName() ?? symbol : symbol;
    }
}
