using System.Collections.Concurrent;
using CudaArch.Analyzers.Flow;
using CudaArch.Analyzers.Presence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Finds where a variable is read: by its symbol in the file under analysis, by its name in the others. The answers for other files are kept.</summary>
internal sealed class SourceIndex(Compilation compilation)
{
    private readonly ConcurrentDictionary<(SyntaxTree, string), SyntaxNode[]> _byName = new();

    /// <summary>The bodies of the compilation.</summary>
    public BodyGraphs Graphs { get; } = new(compilation);

    /// <summary>The expressions that read a variable. Its declaration, what is written to it and <c>nameof</c> do not count.</summary>
    public IEnumerable<SyntaxNode> UsesOf(ISymbol variable, SyntaxNode declaration, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode? scope = ScopeOf(variable, declaration);
        if (scope is not null)
        {
            foreach (SyntaxNode use in Named(scope, variable.Name))
            {
                if (IsRead(use) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol?.OriginalDefinition, variable.OriginalDefinition))
                {
                    yield return use;
                }
            }
        }

        if (variable is ILocalSymbol or IParameterSymbol)
        {
            yield break;
        }

        foreach (SyntaxTree tree in OtherTrees(variable, model.SyntaxTree))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (SyntaxNode use in _byName.GetOrAdd((tree, variable.Name), key => Find(key.Item1, key.Item2, cancellation)))
            {
                yield return use;
            }
        }
    }

    // A private member is read by its type only, which may be spread over files.
    private IEnumerable<SyntaxTree> OtherTrees(ISymbol variable, SyntaxTree here)
    {
        IEnumerable<SyntaxTree> trees = variable.DeclaredAccessibility == Accessibility.Private
            ? variable.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct()
            : compilation.SyntaxTrees;
        return trees.Where(tree => tree != here);
    }

    private static SyntaxNode? ScopeOf(ISymbol variable, SyntaxNode declaration)
    {
        bool isLocal = variable is ILocalSymbol or IParameterSymbol;
        if (isLocal)
        {
            return declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? declaration.SyntaxTree.GetRoot();
        }

        // The outermost type, for nested types see private members, too.
        return variable.DeclaredAccessibility == Accessibility.Private
            ? declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault()
            : declaration.SyntaxTree.GetRoot();
    }

    private static SyntaxNode[] Find(SyntaxTree tree, string name, CancellationToken cancellation)
    {
        // Most files do not have the word; the automaton knows ASCII words only.
        bool mayHave = name.Any(c => c >= 128) || new WordAutomaton([name]).IsIn(tree.GetText(cancellation), cancellation);
        return mayHave ? [.. Named(tree.GetRoot(cancellation), name).Where(IsRead)] : [];
    }

    private static IEnumerable<SyntaxNode> Named(SyntaxNode scope, string name)
    {
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name)
            {
                yield return identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier ? access : identifier;
            }
        }
    }

    private static bool IsRead(SyntaxNode use) => use.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left != use,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => false,
        NameColonSyntax or NameEqualsSyntax => false,
        TypeSyntax => false,
        _ => true,
    };
}
