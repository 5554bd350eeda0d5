using System.Globalization;
using CudaArch.Architectures;

namespace CudaArch.CudaCpp;

/// <summary>The sentences about findings in CUDA C++.</summary>
internal static class CudaCppWording
{
    /// <summary>What is wrong and what to do.</summary>
    /// <param name="finding">What the compiler refuses.</param>
    /// <param name="needs">Which target of the device takes it.</param>
    /// <param name="device">The device.</param>
    public static string Detail(CudaCppFinding finding, CudaCppVerdict needs, SmArchitecture device)
    {
        SmArchitecture? suffixed = needs switch
        {
            CudaCppVerdict.NeedsFamilySuffix => device.With(ArchitectureVariant.FamilySpecific),
            CudaCppVerdict.NeedsArchitectureSuffix => device.With(ArchitectureVariant.ArchitectureSpecific),
            _ => null,
        };
        string remedy = suffixed is { } target ? $"; compile with --gpu-architecture={target.RealName}" : "";
        switch (finding.Kind)
        {
            case CudaCppFindingKind.Error:
                return $"#error stops the text on {device.RealName} ({finding.Text}){remedy}";
            case CudaCppFindingKind.StaticAssert:
                return $"This static_assert fails on {device.RealName}{remedy}";
            case CudaCppFindingKind.SharedMemory:
                string bytes = finding.Bytes.ToString(CultureInfo.InvariantCulture);
                int most = ArchitectureCatalog.Find(device)?.SharedMemoryPerBlock ?? 0;
                return suffixed is null
                    ? $"A kernel declares {bytes} bytes of static shared memory; a block of {device.RealName} has at most {most}"
                    : $"A kernel declares {bytes} bytes of static shared memory, of which {device.RealName} takes more than 49152 only under the target {suffixed.Value.RealName}{remedy}";
        }

        if (finding.Feature is not { } feature)
        {
            return $"'{finding.Token}' is refused for {device.RealName}{remedy}";
        }

        return suffixed is { } better
            ? $"'{finding.Token}' needs {feature.Title}, which {device.RealName} has only under the target {better.RealName}{remedy}"
            : $"'{finding.Token}' needs {feature.Title}, which {device.RealName} lacks ({feature.Architectures})" + (feature.Remedy.Length == 0 ? "" : $"; {feature.Remedy}");
    }
}
