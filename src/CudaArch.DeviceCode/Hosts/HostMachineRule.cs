using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Hosts;

/// <summary>CUDA2006: a file that no machine of its runtime identifier loads. On such a machine the library is simply missing, whatever device code it has.</summary>
internal static class HostMachineRule
{
    /// <summary>The fault of a file; null when it has none, or nothing says where it is to run.</summary>
    public static Finding? Check(FileVerification file, VerificationOptions options)
    {
        if (file.Input.RuntimeIdentifier is not { } name || !RuntimeIdentifier.TryParse(name, out RuntimeIdentifier host)
            || file.HostFormat is not (HostFormat.Elf or HostFormat.PeCoff) || file.Machine is null
            || FormatOf(host.System) is not { } format || MachineOf(host.Machine) is not { } machine
            || (file.HostFormat == format && file.Machine == machine))
        {
            return null;
        }

        string remedy = file.Input.PackageId is { } package ? $"Use a version of {package} with a file that is built for {name}" : $"Ship one that is built for {name}";
        string message = $"{FindingMessages.Subject(file.Input)} cannot be loaded on {name}: it is {Describe(file.HostFormat, file.Machine)}, and {name} loads {Describe(format, machine)} only. "
            + $"{remedy}, or suppress {RuleIds.HostMachineMismatch}.";
        return new Finding(RuleIds.HostMachineMismatch, RuleCatalog.Get(RuleIds.HostMachineMismatch).Severity(options.GapsAreErrors), target: null, Printable.Text(message), []);
    }

    private static string Describe(HostFormat format, string machine) => $"{(format == HostFormat.Elf ? "Linux (ELF)" : "Windows (PE)")} code for {machine}";

    private static HostFormat? FormatOf(string system) => system switch
    {
        "linux" => HostFormat.Elf,
        "win" => HostFormat.PeCoff,
        _ => null,
    };

    private static string? MachineOf(string machine) => machine switch
    {
        "x64" => "x86-64",
        "arm64" => "aarch64",
        _ => null,
    };
}
