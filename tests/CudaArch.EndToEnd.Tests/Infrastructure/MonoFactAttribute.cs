namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>A test that runs a program for .NET Framework. Left out, with the reason, where nothing can run one.</summary>
public sealed class MonoFactAttribute : FactAttribute
{
    /// <summary>Takes the test in where <c>mono</c> is found.</summary>
    public MonoFactAttribute() => Skip = Mono.Program is null ? "There is no mono here, which runs programs for .NET Framework (Debian: mono-runtime)." : null;
}
