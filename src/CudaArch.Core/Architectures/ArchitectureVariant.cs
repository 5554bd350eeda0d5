namespace CudaArch.Architectures;

/// <summary>Which feature set an architecture name asks for (CUDA Programming Guide, "feature set compiler targets").</summary>
public enum ArchitectureVariant
{
    /// <summary>No suffix (<c>sm_121</c>): only what every later architecture has as well.</summary>
    Baseline,

    /// <summary>Suffix <c>f</c> (<c>sm_120f</c>): what the members of one family share, from PTX ISA 8.8 on.</summary>
    FamilySpecific,

    /// <summary>Suffix <c>a</c> (<c>sm_121a</c>): everything that exactly one architecture has, from PTX ISA 8.0 on.</summary>
    ArchitectureSpecific,
}
