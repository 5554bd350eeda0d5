using CudaArch.Architectures;

namespace CudaArch.Bridge;

/// <summary>
/// What the build found of one native library for one target: a line of <c>CudaArch.Coverage.txt</c>, which the build hands to the compiler. Fields are separated by tabs.
/// </summary>
/// <param name="Library">The library as an import names it; see <see cref="Libraries.LibraryName.Logical"/>.</param>
/// <param name="Target">The target.</param>
/// <param name="Coverage">A word of the contract: <c>Native</c>, <c>JitFallback</c>, <c>Partial</c>, <c>None</c>.</param>
/// <param name="RuntimeIdentifier">The runtime identifier of the file; empty when it has none.</param>
/// <param name="File">What messages call the file, with its package.</param>
public readonly record struct LibraryCoverage(string Library, SmArchitecture Target, string Coverage, string RuntimeIdentifier, string File)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "CudaArch.Coverage.txt";

    /// <summary>The first line of the file.</summary>
    public const string Header = "# CudaArch coverage 1: library, target, coverage, runtime identifier, file";

    /// <summary>Whether the library runs there, if only by JIT compilation.</summary>
    public bool Runs => Coverage is "Native" or "JitFallback";

    /// <summary>Reads a line.</summary>
    /// <returns>False for a comment, and for a line of another version.</returns>
    public static bool TryParse(string line, out LibraryCoverage coverage)
    {
        coverage = default;
        string[] fields = line.Split('\t');
        if (fields.Length != 5 || line[0] == '#' || fields[0].Length == 0 || !SmArchitecture.TryParse(fields[1].AsSpan(), out SmArchitecture target)
            || fields[2] is not ("Native" or "JitFallback" or "Partial" or "None"))
        {
            return false;
        }

        coverage = new LibraryCoverage(fields[0], target, fields[2], fields[3], fields[4]);
        return true;
    }

    /// <summary>The line.</summary>
    public override string ToString() => string.Join("\t", Library, Target.RealName, Coverage, RuntimeIdentifier, File);
}
