using System.Text.RegularExpressions;
using CudaArch.DeviceCode;
using CudaArch.Libraries;

namespace CudaArch.MSBuild.Files;

/// <summary>Native libraries that the project's own assembly calls and that nothing ships: they must be on the machine already, and what is in them cannot be checked here.</summary>
internal static class UnshippedImports
{
    // What every system has, what a driver brings, and the runtime's own. Of CUDA only the driver is never shipped.
    private static readonly Regex OfTheSystem = new(
        @"^(__internal|kernel32|user32|gdi32|advapi32|ntdll|ole32|oleaut32|shell32|ws2_32|bcrypt|crypt32|psapi|dbghelp|version|msvcrt|ucrtbase|api-ms-.*|c|dl|m|pthread|rt|system|libsystem|objc|coreclr|clrjit|hostfxr|system\.native|cuda|nvcuda|nvidia-ml|nvml)$",
        RegexOptions.CultureInvariant);

    /// <summary>Their names as the code has them, each once, in order.</summary>
    /// <param name="assembly">The project's assembly. When it cannot be read, nothing is known of it.</param>
    /// <param name="shipped">The names of the shipped files.</param>
    public static IReadOnlyList<string> Of(string? assembly, IEnumerable<string> shipped)
    {
        if (string.IsNullOrEmpty(assembly) || !File.Exists(assembly))
        {
            return [];
        }

        try
        {
            using DeviceCodeFile file = DeviceCodeReader.Open(assembly!);
            var known = new HashSet<string>(shipped.Select(LibraryName.Logical), StringComparer.Ordinal);
            return [.. file.ImportedLibraries.Where(name => !known.Contains(LibraryName.Logical(name)) && !OfTheSystem.IsMatch(LibraryName.Logical(name)))
                .Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
        }
        catch (DeviceCodeException)
        {
            return [];
        }
    }
}
