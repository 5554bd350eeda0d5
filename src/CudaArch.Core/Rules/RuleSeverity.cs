namespace CudaArch.Rules;

/// <summary>How much a finding weighs. The words are those of MSBuild, Roslyn and SARIF.</summary>
public enum RuleSeverity
{
    /// <summary>Worth knowing; asks for nothing.</summary>
    Info,

    /// <summary>Worth acting on; the build goes on.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}
