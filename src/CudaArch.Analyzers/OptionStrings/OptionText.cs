using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>Option text in code, and what its compiler makes of it.</summary>
internal sealed record OptionText(SyntaxNode Root, ComposedText Text, CompileOptionText Options)
{
    /// <summary>The same text, read as the compiler does that its use and its surroundings point to.</summary>
    public OptionText For(TextUse use, OptionSurroundings surroundings)
    {
        CompilerKind compiler = use.Compiler != CompilerKind.Unknown ? use.Compiler : Options.Compiler;
        if (compiler == CompilerKind.Unknown)
        {
            compiler = surroundings.CompilerAt(Root);
        }

        bool onlyPtx = compiler is CompilerKind.Nvrtc or CompilerKind.Unknown && surroundings.TakesOnlyPtx(Root);
        return this with { Options = CompileOptionText.Parse(Text.Text, compiler, onlyPtx) };
    }
}
