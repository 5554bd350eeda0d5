using CudaArch.Architectures;

namespace CudaArch.Core.Tests.Architectures;

/// <summary>Every cell of the measured table of <c>.target</c> and <c>--gpu-name</c>.</summary>
public class CompatibilityTests
{
    [Theory]
    [InlineData("13.5.37")]
    [InlineData("13.0.88")]
    [InlineData("12.9.86")]
    [InlineData("12.8.93")]
    [InlineData("11.8.89")]
    public void Text_goes_to_the_devices_the_assembler_takes_it_for(string assembler)
    {
        int cells = 0;
        var wrong = new List<string>();
        foreach (IReadOnlyDictionary<string, string> row in Table.Read("tables/ptx-target-compat.csv").Where(row => row["ptxas"] == assembler))
        {
            SmArchitecture target = SmArchitecture.Parse(row["target"]);
            foreach ((string column, string cell) in row.Where(pair => pair.Value.Length > 0 && pair.Key.Contains('_') && pair.Key != "ptx_version"))
            {
                cells++;
                SmArchitecture gpu = SmArchitecture.Parse(column);
                if (Compatibility.AssemblerAccepts(target, gpu) != (cell == "1") && !IsDocumentedException(assembler, target, gpu))
                {
                    wrong.Add($"{target} for {column}: measured {cell}");
                }
            }
        }

        Assert.True(cells > 100);
        Assert.Empty(wrong);
    }

    // ptx-measured.md, "Surprises": before PTX 8.8 the suffix f does not exist and 12.8 takes it as if it were plain; 11.8 takes sm_90a likewise. The old
    // assemblers also know 10.1 under its own name, which became 11.0 only with CUDA 13.
    private static bool IsDocumentedException(string assembler, SmArchitecture target, SmArchitecture gpu) => assembler switch
    {
        "12.8.93" => target.Variant == ArchitectureVariant.FamilySpecific || target.Number == 101 || gpu.Number == 101,
        "11.8.89" => target == SmArchitecture.Parse("sm_90a"),
        "12.9.86" => target.Number == 101 || gpu.Number == 101,
        _ => false,
    };
}
