using System.Globalization;
using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.Libraries;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Hosts;

/// <summary>CUDA2008: a compiler or linker of the CUDA toolkit that is shipped and does not know the target. It refuses the architecture when it is asked for it.</summary>
internal static class ToolkitVersionRule
{
    private const int Chunk = 1 << 20;

    /// <summary>The faults of a file.</summary>
    public static IEnumerable<Finding> Check(FileVerification file, IReadOnlyList<SmArchitecture> targets, VerificationOptions options)
    {
        string name = file.Input.DisplayName.Substring(file.Input.DisplayName.LastIndexOf('/') + 1);
        if (file.IsUnreadable || file.HostFormat is not (HostFormat.Elf or HostFormat.PeCoff) || ToolkitLibrary.Find(name) is not { } library)
        {
            yield break;
        }

        (int? major, int? minor) = library.VersionIsInText ? VersionInText(file.Input) : library.VersionOf(name);
        foreach (SmArchitecture target in targets)
        {
            if (major is { } known && ToolkitLibrary.FirstToolkitFor(target) is { } first && IsOlder(known, minor, first) && !IsSaidOfAnother(library, known, first))
            {
                string version = minor is null ? $"{known}.x" : $"{known}.{minor}";
                string message = $"{FindingMessages.Subject(file.Input)} is {library.Product} of CUDA {version}, which does not know {target}: CUDA {first.Major}.{first.Minor} is the first that does. "
                    + $"{Remedy(file.Input, first)}, or suppress {RuleIds.LibraryTooOld}.";
                yield return new Finding(RuleIds.LibraryTooOld, RuleCatalog.Get(RuleIds.LibraryTooOld).Severity(options.GapsAreErrors), target, Printable.Text(message), []);
            }
        }
    }

    private static bool IsOlder(int major, int? minor, (int Major, int Minor) first) => major < first.Major || (major == first.Major && minor < first.Minor);

    // NVRTC itself tells its major version; its builtins are asked only where that is not enough.
    private static bool IsSaidOfAnother(ToolkitLibrary library, int major, (int Major, int Minor) first) =>
        library.Product.EndsWith(" builtins", StringComparison.Ordinal) && major < first.Major;

    private static string Remedy(VerificationInput input, (int Major, int Minor) first) => input.PackageId is null
        ? $"Ship the one of CUDA {first.Major}.{first.Minor} or later"
        : $"Use a version of {input.PackageId} with CUDA {first.Major}.{first.Minor} or later";

    private static (int? Major, int? Minor) VersionInText(VerificationInput input)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(ToolkitLibrary.VersionText);
        try
        {
            using Stream stream = input.OpenStream?.Invoke() ?? new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] buffer = new byte[Chunk + 64];
            int kept = 0;
            for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
            {
                Span<byte> filled = buffer.AsSpan(0, kept + read);
                int offset = 0;
                for (int at; (at = filled.Slice(offset).IndexOf(wanted)) >= 0; offset += at + 1)
                {
                    if (Parse(filled.Slice(offset + at + wanted.Length)) is { } version)
                    {
                        return version;
                    }
                }

                // A text may lie across two chunks.
                kept = Math.Min(filled.Length, wanted.Length + 16);
                filled.Slice(filled.Length - kept).CopyTo(buffer);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the version stays unknown, and nothing is said.
        }

        return (null, null);
    }

    // 13.5, V13.5.37
    private static (int? Major, int? Minor)? Parse(ReadOnlySpan<byte> text)
    {
        string start = Encoding.ASCII.GetString(text.Slice(0, Math.Min(text.Length, 8)).ToArray());
        string[] parts = start.Split(',')[0].Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? (major, minor)
            : null;
    }
}
