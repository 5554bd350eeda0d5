using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Architectures;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>Option text in code, and what its compiler makes of it.</summary>
/// <param name="Root">The expression that gives the text.</param>
/// <param name="Text">The text.</param>
/// <param name="Read">Reads a text as the compiler does that gets this one.</param>
internal sealed record OptionText(SyntaxNode Root, ComposedText Text, Func<string, CompileOptionText> Read)
{
    // compute_121a
    private const int LongestName = 12;

    /// <summary>What the compiler makes of the text.</summary>
    public CompileOptionText Options { get; } = Read(Text.Text);

    /// <summary>Text of which only its own words tell the compiler.</summary>
    public static OptionText Plain(SyntaxNode root, ComposedText text) => new(root, text, options => CompileOptionText.Parse(options));

    /// <summary>An architecture without a prefix, for an image of a known kind.</summary>
    public static OptionText OfBareName(SyntaxNode root, ComposedText text, CompiledKind kind) => new(root, text, name => CompileOptionText.OfBareName(name, kind));

    /// <summary>
    /// A text that is nothing but the name of an architecture (<c>sm_100a</c>); null for other texts. What is done with it is not seen here, so that only a test before it
    /// says that code for it is to run; and without a suffix it may be one generation's name for others, too.
    /// </summary>
    public static OptionText? OfName(SyntaxNode root, ComposedText text) =>
        text.Text.Length <= LongestName && ArchitectureName.TryRead(text.Text, 0, bare: false, out ArchitectureName name) && name.Length == text.Text.Length
            ? OfBareName(root, text, name.Form == NameForm.Virtual ? CompiledKind.Ptx : CompiledKind.Cubin) with { IsName = true, CountsBehindTest = name.Architecture.Variant != ArchitectureVariant.Baseline }
            : null;

    /// <summary>Whether the text is nothing but a name.</summary>
    public bool IsName { get; init; }

    /// <summary>Of a name: whether it is at fault behind a test that lets the target through.</summary>
    public bool CountsBehindTest { get; init; }

    /// <summary>Whether some of what the compiler makes does not run on a target.</summary>
    public bool HasForeignOutput(SmArchitecture target) => !Options.IsOpen && Options.Outputs.Any(output => !output.RunsOn(target));

    /// <summary>The text as it comes about on a target; null when it does not.</summary>
    public OptionText? On(SmArchitecture target, TextReach reach)
    {
        ComposedText? text = reach.On(Text, Root, target);
        return text is null ? null : text == Text ? this : new OptionText(Root, text, Read) { IsName = IsName, CountsBehindTest = CountsBehindTest };
    }

    /// <summary>The same text, read as the compiler does that its use and its surroundings point to.</summary>
    public OptionText For(TextUse use, OptionSurroundings surroundings)
    {
        CompilerKind compiler = use.Compiler != CompilerKind.Unknown ? use.Compiler : Options.Compiler;
        if (compiler == CompilerKind.Unknown)
        {
            compiler = surroundings.CompilerAt(Root);
        }

        bool onlyPtx = compiler is CompilerKind.Nvrtc or CompilerKind.Unknown && surroundings.TakesOnlyPtx(Root);
        return new OptionText(Root, Text, options => CompileOptionText.Parse(options, compiler, onlyPtx));
    }
}
