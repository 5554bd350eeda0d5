using System.Collections.Immutable;
using System.Globalization;
using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>The words of CUDA1005 about a test before something, and what its fix must know.</summary>
internal static class TestReport
{
    /// <summary>The property of a diagnostic that lists the devices that should pass the test (<c>100;103;110</c>).</summary>
    public const string OwnersProperty = "Owners";

    /// <summary>The property of a diagnostic that lists the targets that pass it by mistake.</summary>
    public const string TargetsProperty = "Targets";

    /// <summary>A test that lets targets through by mistake.</summary>
    /// <param name="test">The test.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="to">What stands behind it, and why that is wrong.</param>
    /// <param name="can">Whether what stands behind it works on a device.</param>
    /// <param name="behind">Where it stands.</param>
    public static Diagnostic LetsThrough(SyntaxNode test, IReadOnlyList<SmArchitecture> targets, string to, Func<SmArchitecture, bool> can, Location behind) => Diagnostic.Create(
        Descriptors.CapabilityTest,
        test.GetLocation(),
        [behind],
        ImmutableDictionary<string, string?>.Empty.Add(OwnersProperty, Numbers(DeviceOrder.Devices.Where(can))).Add(TargetsProperty, Numbers(targets)),
        $"'{Shortened(test)}' lets {TargetNames.Sentence(targets)} through to {to}");

    /// <summary>A test that shuts targets out by mistake.</summary>
    public static Diagnostic ShutsOut(SyntaxNode test, IReadOnlyList<SmArchitecture> targets, string from, Location behind) => Diagnostic.Create(
        Descriptors.CapabilityTest, test.GetLocation(), [behind], ImmutableDictionary<string, string?>.Empty, $"'{Shortened(test)}' shuts {TargetNames.Sentence(targets)} out from {from}");

    /// <summary>The devices on which something runs: <c>it runs on sm_100 and sm_103 only</c>.</summary>
    public static string Owners(Func<SmArchitecture, bool> can) => $"it runs on {TargetNames.Sentence([.. DeviceOrder.Devices.Where(can)])} only";

    /// <summary>Devices as a property of a diagnostic holds them.</summary>
    public static string Numbers(IEnumerable<SmArchitecture> devices) => string.Join(";", devices.Select(device => device.Number.ToString(CultureInfo.InvariantCulture)));

    private static string Shortened(SyntaxNode test)
    {
        string text = test.ToString();
        return text.Length <= 80 ? text : text.Substring(0, 79) + "…";
    }
}
