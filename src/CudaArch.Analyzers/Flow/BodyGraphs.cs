using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>The control-flow graphs of methods, accessors and initializers of a compilation, made when they are asked for and kept while it is analysed.</summary>
internal sealed class BodyGraphs
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<SyntaxNode, ControlFlowGraph?> _graphs = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<SyntaxNode, HashSet<string>> _written = new();

    public BodyGraphs(Compilation compilation)
    {
        _compilation = compilation;
        Runs = new BodyRuns(this);
    }

    /// <summary>The bodies on each device.</summary>
    public BodyRuns Runs { get; }

    /// <summary>The body of a method, constructor or accessor; null when it has none in source.</summary>
    public ControlFlowGraph? Of(IMethodSymbol method, CancellationToken cancellation)
    {
        method = method.PartialImplementationPart ?? method;
        foreach (SyntaxReference reference in method.DeclaringSyntaxReferences)
        {
            SyntaxNode node = reference.GetSyntax(cancellation);
            bool hasBody = node switch
            {
                BaseMethodDeclarationSyntax declaration => declaration.Body is not null || declaration.ExpressionBody is not null,
                AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
                ArrowExpressionClauseSyntax => true,
                _ => false,
            };
            if (hasBody)
            {
                return Of(node, cancellation);
            }
        }

        return null;
    }

    /// <summary>The initializer of a field or property; null when it has none.</summary>
    public ControlFlowGraph? OfInitializer(ISymbol member, CancellationToken cancellation)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            EqualsValueClauseSyntax? initializer = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax field => field.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null)
            {
                return Of(initializer, cancellation);
            }
        }

        return null;
    }

    /// <summary>The constructors of a member's type that do not hand over to another one, and its methods that may write the member.</summary>
    /// <returns>Each with its body, and whether an assignment to the member's name stands in it.</returns>
    public IEnumerable<(IMethodSymbol Method, ControlFlowGraph Graph, bool Writes)> Writers(ISymbol member, CancellationToken cancellation)
    {
        foreach (ISymbol candidate in member.ContainingType.GetMembers())
        {
            if (candidate is not IMethodSymbol { IsImplicitlyDeclared: false } method)
            {
                continue;
            }

            bool constructs = method.MethodKind == (member.IsStatic ? MethodKind.StaticConstructor : MethodKind.Constructor);
            bool writes = method.DeclaringSyntaxReferences.Any(reference => WrittenIn(reference.GetSyntax(cancellation)).Contains(member.Name));
            bool relevant = constructs
                ? method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is not ConstructorDeclarationSyntax { Initializer.RawKind: (int)SyntaxKind.ThisConstructorInitializer })
                : writes;
            if (relevant && Of(method, cancellation) is { } graph)
            {
                yield return (method, graph, writes);
            }
        }
    }

    // The names to which something is assigned in a body, or that it hands on by reference. Each body is looked through once, for all members of its type.
    private HashSet<string> WrittenIn(SyntaxNode body) => _written.GetOrAdd(body, static key =>
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in key.DescendantNodes())
        {
            ExpressionSyntax? target = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Expression,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } prefix => prefix.Operand,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix => postfix.Operand,
                _ => null,
            };
            if (target is not null)
            {
                names.UnionWith(target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText));
            }
        }

        return names;
    });

    /// <summary>The method, accessor or initializer around a place; null when there is none.</summary>
    public static SyntaxNode? Around(SyntaxNode place)
    {
        foreach (SyntaxNode node in place.AncestorsAndSelf())
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } }:
                    return node;
                case GlobalStatementSyntax global:
                    return global.Parent;
                case AttributeSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The graph of a declaration with a body, or of an initializer; null when broken code has none.</summary>
    public ControlFlowGraph? Of(SyntaxNode node, CancellationToken cancellation)
    {
        if (_graphs.TryGetValue(node, out ControlFlowGraph? known))
        {
            return known;
        }

        ControlFlowGraph? graph = null;
        try
        {
            graph = ControlFlowGraph.Create(node, ModelOf(node.SyntaxTree), cancellation);
        }
        catch (ArgumentException)
        {
            // Broken code may have no operations.
        }

        return _graphs[node] = graph;
    }

    // A body of another file than the one under analysis is needed only when a use was found that it may guard; no file-by-file analysis is triggered by it.
#pragma warning disable RS1030 // Do not invoke Compilation.GetSemanticModel() method within a diagnostic analyzer
    /// <summary>The meaning of a file of the compilation.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, key => _compilation.GetSemanticModel(key));
#pragma warning restore RS1030
}
