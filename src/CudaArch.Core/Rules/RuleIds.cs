namespace CudaArch.Rules;

/// <summary>The ids of all rules. 1xxx are found in C# source, 2xxx in the files that a build ships.</summary>
public static class RuleIds
{
    /// <summary>A call or reference needs a feature that the target lacks.</summary>
    public const string FeatureNotOnTarget = "CUDA1001";

    /// <summary>Narrow formats: which of the three truths applies.</summary>
    public const string NarrowFormat = "CUDA1002";

    /// <summary>An option string or JIT-target value names an architecture whose code cannot run on the target.</summary>
    public const string ArchitectureOption = "CUDA1003";

    /// <summary>Device source in a literal needs what the target lacks.</summary>
    public const string EmbeddedDeviceSource = "CUDA1004";

    /// <summary>A capability test that lets the target through, or shuts it out, by mistake.</summary>
    public const string CapabilityTest = "CUDA1005";

    /// <summary>A shared-memory opt-in above the target's limit.</summary>
    public const string SharedMemoryOptIn = "CUDA1006";

    /// <summary>An annotated member used without annotation or guard.</summary>
    public const string AnnotatedMember = "CUDA1007";

    /// <summary>An import of a native library that the build found not to cover the target.</summary>
    public const string UncoveredImport = "CUDA1008";

    /// <summary>Malformed analyzer configuration or catalog entry.</summary>
    public const string MalformedConfiguration = "CUDA1009";

    /// <summary>A piece of code on which an analyzer failed.</summary>
    public const string NotJudged = "CUDA1010";

    /// <summary>A native file in which nothing runs on the target.</summary>
    public const string NothingRuns = "CUDA2001";

    /// <summary>A native file that runs on the target only by JIT compilation.</summary>
    public const string JitOnly = "CUDA2002";

    /// <summary>A native file of which some modules cannot run.</summary>
    public const string SomeModulesCannotRun = "CUDA2003";

    /// <summary>A native file that is unreadable or damaged.</summary>
    public const string UnreadableFile = "CUDA2004";

    /// <summary>No native asset for a host of the target.</summary>
    public const string MissingRuntimeIdentifier = "CUDA2005";

    /// <summary>A file whose host machine does not fit its runtime identifier.</summary>
    public const string HostMachineMismatch = "CUDA2006";

    /// <summary>An image that needs a feature or shared memory that the target lacks.</summary>
    public const string ImageNeedsFeature = "CUDA2007";

    /// <summary>A shipped CUDA library too old to know the target.</summary>
    public const string LibraryTooOld = "CUDA2008";

    /// <summary>Malformed build configuration.</summary>
    public const string MalformedBuildConfiguration = "CUDA2009";

    /// <summary>The documentation page of a rule.</summary>
    public static string HelpLink(string id) => $"https://github.com/cudaarch/cudaarch/blob/main/docs/rules/{id}.md";
}
