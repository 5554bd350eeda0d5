using System.IO.Hashing;
using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Caching;

/// <summary>All that an answer depends on, in a text: the product's own code, what was asked, and the file.</summary>
/// <param name="Text">The text.</param>
internal sealed record CacheKey(string Text)
{
    // Every build of these assemblies has another mark, and both the reading and the rules are in them.
    private static readonly string Code = string.Join(" ", new[] { typeof(CacheKey), typeof(SmArchitecture) }.Select(type => type.Module.ModuleVersionId.ToString("N")));

    /// <summary>The name of the entry's file.</summary>
    public string FileName { get; } = Name(Text);

    /// <summary>The key of a question.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">The targets, in the order in which they are answered.</param>
    /// <param name="options">Of these, what decides what is read; severities and wording do not.</param>
    /// <param name="perPart">Whether each file of a package is answered for.</param>
    /// <returns>Null when the file cannot be told from others.</returns>
    public static CacheKey? Of(string path, IReadOnlyList<SmArchitecture> targets, VerificationOptions options, bool perPart) => ContentIdentity.Of(path) is { } content
        ? new CacheKey(string.Join("\n", Code, string.Join(" ", targets.Select(target => target.RealName)), $"kernels {options.ReadKernels} driver {options.DriverVersion} parts {perPart}", content))
        : null;

    // Two texts may have one name: an entry holds its text, and is of no use to another.
    private static string Name(string text) => BitConverter.ToString(XxHash128.Hash(Encoding.UTF8.GetBytes(text))).Replace("-", "").ToLowerInvariant();
}
