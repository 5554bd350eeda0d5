namespace CudaArch.DeviceCode.Verification;

/// <summary>Turns a kernel's symbol into the name that its author wrote.</summary>
public static class KernelName
{
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
