namespace CudaArch.Architectures;

/// <summary>
/// Which image runs on which device. The rules are NVIDIA's (CUDA C++ Programming Guide, binary and PTX compatibility; feature set
/// compiler targets) and predict every cell of the measured table <c>ptx-target-compat.csv</c>.
/// A device is given by its compute capability: the suffix of <c>device</c> parameters is ignored.
/// </summary>
public static class Compatibility
{
    /// <summary>Whether the driver loads a cubin on a device.</summary>
    /// <param name="cubin">The architecture that the cubin was built for, with its suffix.</param>
    /// <param name="device">The device.</param>
    public static bool CubinLoads(SmArchitecture cubin, SmArchitecture device)
    {
        int built = Renamed(cubin.Number), present = Renamed(device.Number);
        return cubin.Variant switch
        {
            ArchitectureVariant.ArchitectureSpecific => built == present,
            ArchitectureVariant.FamilySpecific => SameFamily(built, present) && built <= present,

            // Within a major, upwards; a Tegra device promises nothing but its own number.
            _ => built == present || (built / 10 == present / 10 && built < present && ArchitectureCatalog.Find(device) is not { IsTegra: true }),
        };
    }

    /// <summary>Whether the driver may compile PTX with this <c>.target</c> for a device. The text must still use only what its target has.</summary>
    /// <param name="ptx">The <c>.target</c> of the text.</param>
    /// <param name="device">The device.</param>
    public static bool PtxLoads(SmArchitecture ptx, SmArchitecture device) =>
        AssemblerAccepts(ptx, device.With(ArchitectureVariant.ArchitectureSpecific));

    /// <summary>
    /// Whether <c>ptxas --gpu-name=gpu</c> accepts text with this <c>.target</c>. It differs from <see cref="PtxLoads"/> in that architecture-specific text
    /// needs an architecture-specific name (rule 1 of the measurements).
    /// </summary>
    /// <param name="ptx">The <c>.target</c> of the text.</param>
    /// <param name="gpu">The value of the option, with its suffix.</param>
    public static bool AssemblerAccepts(SmArchitecture ptx, SmArchitecture gpu) => ptx.Variant switch
    {
        ArchitectureVariant.ArchitectureSpecific =>
            gpu.Variant == ArchitectureVariant.ArchitectureSpecific && Renamed(ptx.Number) == Renamed(gpu.Number),
        ArchitectureVariant.FamilySpecific => SameFamily(Renamed(ptx.Number), Renamed(gpu.Number)) && Renamed(ptx.Number) <= Renamed(gpu.Number),

        // Plain text keeps the old number: 101 sorts between 100 and 103.
        _ => ptx.Number <= gpu.Number,
    };

    /// <summary>Whether two architectures belong to one family, whose members share the features of the <c>f</c> suffix.</summary>
    public static bool SameFamily(SmArchitecture left, SmArchitecture right) => SameFamily(Renamed(left.Number), Renamed(right.Number));

    // Families are majors from 10 on, once 10.1 goes by the name it got in CUDA 13.
    private static bool SameFamily(int left, int right) => left >= 100 && left / 10 == right / 10;

    private static int Renamed(int number) => number == 101 ? 110 : number;
}
