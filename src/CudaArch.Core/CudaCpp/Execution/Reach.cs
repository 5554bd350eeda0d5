using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <summary>An <c>asm</c> statement that is compiled.</summary>
/// <param name="Token">The index of the word among the tokens.</param>
/// <param name="Text">The PTX, operands as they are written.</param>
/// <param name="Places">Where each character of it stands in the source.</param>
internal sealed record ReachedAssembly(int Token, string Text, IReadOnlyList<int> Places);

/// <summary>Something of a header that is used in what is compiled.</summary>
/// <param name="Name">Its full name, <c>cuda::ptx::tcgen05_wait_ld</c>.</param>
/// <param name="Written">As it is written.</param>
/// <param name="Token">The first token of it.</param>
/// <param name="Kind">How it is used.</param>
/// <param name="Arguments">The arguments of a call, as words.</param>
internal sealed record ReachedName(string Name, string Written, CppToken Token, ReachedNameKind Kind, IReadOnlyList<string> Arguments);

/// <summary>How a name of a header is used.</summary>
internal enum ReachedNameKind
{
    Call,
    Type,
    Construction,
}

/// <summary>A variable in shared memory.</summary>
/// <param name="Token">The word <c>__shared__</c>.</param>
/// <param name="Bytes">Its size; 0 when it is not known.</param>
/// <param name="Alignment">Its alignment.</param>
internal sealed record SharedVariable(CppToken Token, long Bytes, int Alignment);

/// <summary>One instance of a function: what its own body brings, and what it calls.</summary>
internal sealed class ReachedFunction
{
    public HashSet<ReachedFunction> Calls { get; } = [];

    public List<SharedVariable> Shared { get; } = [];

    public CppValue? Result { get; set; }
}
