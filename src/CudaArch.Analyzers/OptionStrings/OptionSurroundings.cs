using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>What the code around an option text tells of its compiler, where the text itself and its use do not.</summary>
internal sealed class OptionSurroundings(SemanticModel model, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxNode, CompilerKind> _compilers = [];
    private readonly Dictionary<SyntaxNode, bool> _onlyPtx = [];

    /// <summary>The compiler that a member names as a program ("nvcc"), calls, or is named after.</summary>
    public CompilerKind CompilerAt(SyntaxNode node)
    {
        SyntaxNode? member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (member is null)
        {
            return CompilerKind.Unknown;
        }

        if (!_compilers.TryGetValue(member, out CompilerKind compiler))
        {
            compiler = OfMember(member);
            _compilers.Add(member, compiler);
        }

        return compiler;
    }

    /// <summary>Whether the type around an option text asks NVRTC for PTX and never for a cubin: then <c>sm_90</c> stands for PTX, too.</summary>
    public bool TakesOnlyPtx(SyntaxNode node)
    {
        SyntaxNode type = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? node.SyntaxTree.GetRoot(cancellation);
        if (!_onlyPtx.TryGetValue(type, out bool only))
        {
            string[] calls = [.. type.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(TextShapes.NameOf)];
            only = calls.Any(name => Has(name, "GetPTX")) && !calls.Any(name => Has(name, "GetCubin"));
            _onlyPtx.Add(type, only);
        }

        return only;
    }

    private CompilerKind OfMember(SyntaxNode member)
    {
        foreach (SyntaxNode node in member.DescendantNodes())
        {
            cancellation.ThrowIfCancellationRequested();
            CompilerKind kind = node switch
            {
                LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => CompileOptionText.CompilerOfProgram(literal.Token.ValueText),
                InvocationExpressionSyntax call when CompilerSinks.MayCompile(TextShapes.NameOf(call)) => OfCall(call),
                IdentifierNameSyntax name => CompilerSinks.CompilerOf(name.Identifier.ValueText, ""),
                _ => CompilerKind.Unknown,
            };
            if (kind != CompilerKind.Unknown)
            {
                return kind;
            }
        }

        ISymbol? symbol = model.GetDeclaredSymbol(member, cancellation);
        string type = (symbol as INamedTypeSymbol ?? symbol?.ContainingType)?.Name ?? member.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText ?? "";
        return CompilerSinks.CompilerOf(symbol?.Name ?? "", type);
    }

    private CompilerKind OfCall(InvocationExpressionSyntax call)
    {
        var name = CallName.Of(call, model, cancellation);
        return CompilerSinks.CompilerOf(name.Method, name.Type);
    }

    private static bool Has(string name, string word) => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
