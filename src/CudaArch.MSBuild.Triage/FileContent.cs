namespace CudaArch.MSBuild.Triage;

/// <summary>What the first bytes of a file say: whether it is worth handing to the verifier.</summary>
internal enum FileContent
{
    /// <summary>Native code, or PTX.</summary>
    Native,

    /// <summary>Native code for a 32-bit host. CUDA has had none since version 9, so there is nothing to verify.</summary>
    Native32,

    /// <summary>A .NET assembly without native code.</summary>
    Managed,

    /// <summary>A text file in the place of a library that tells the linker where the library is.</summary>
    LinkerScript,

    /// <summary>Anything else.</summary>
    Other,

    /// <summary>No byte at all.</summary>
    Empty,
}
