using CudaArch.Rules;

namespace CudaArch.DeviceCode.Verification;

/// <summary>What was found in one file. It holds no open file.</summary>
public sealed record FileVerification
{
    /// <summary>The file, and where it comes from.</summary>
    public required VerificationInput Input { get; init; }

    /// <summary>What kind of file it is; <see cref="DeviceCode.HostFormat.None"/> also when it could not be read.</summary>
    public HostFormat HostFormat { get; init; }

    /// <summary>The host machine, such as <c>x86-64</c> or <c>aarch64</c>; null when the format has none.</summary>
    public string? Machine { get; init; }

    /// <summary>Whether nothing at all could be read. Then there is no coverage, and a finding says why.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Whether it is not a native file at all: empty, text, or in no known format. It is unreadable then, which matters only to who took it for one.</summary>
    public bool IsNotNative { get; init; }

    /// <summary>What stands in place of the file, such as <c>a Git LFS pointer to 31192 bytes in place of the file itself</c>; null when it is what it seems.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Where its modules stand, in file order: those that can be loaded, without the code that must be linked first.</summary>
    public IReadOnlyList<ModulePlace> Modules { get; init; } = [];

    /// <summary>The answer for each target, in the order in which they were asked for; empty when the file could not be read.</summary>
    public IReadOnlyList<TargetVerification> Targets { get; init; } = [];

    /// <summary>Places in the file that could not be read.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The faults, by rule and target.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Whether a module of it holds code that a target could run.</summary>
    public bool HasDeviceCode => Targets.Any(target => target.Coverage != FileCoverage.NoDeviceCode);

    /// <summary>Whether it, or a part of it, could not be read: a finding of <see cref="RuleIds.UnreadableFile"/>.</summary>
    public bool IsDamaged => IsUnreadable || Problems.Count > 0;
}

/// <summary>Where a module stands.</summary>
/// <param name="Offset">Bytes from the start of the file, or of the member.</param>
/// <param name="Location">The section or other part of the file.</param>
/// <param name="Member">The path inside an archive or package; null when it stands in the file itself.</param>
public sealed record ModulePlace(long Offset, string Location, string? Member)
{
    /// <summary>Where a module of an open file stands.</summary>
    public static ModulePlace Of(DeviceCodeModule module) => new(module.Offset, module.Location, module.Member);
}
