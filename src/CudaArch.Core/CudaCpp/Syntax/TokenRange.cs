namespace CudaArch.CudaCpp.Syntax;

/// <summary>A stretch of tokens, by index.</summary>
/// <param name="Start">The first one.</param>
/// <param name="End">Behind the last one.</param>
internal readonly record struct TokenRange(int Start, int End)
{
    public bool IsEmpty => End <= Start;
}
