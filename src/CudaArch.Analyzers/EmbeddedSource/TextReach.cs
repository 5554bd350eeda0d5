using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Which texts of a file come about when the program runs on a target: guards fold away what does not.</summary>
internal sealed partial class TextReach(SemanticModel model, SourceIndex sources, CancellationToken cancellation)
{
    private const int DeepestFollowing = 3;

    private readonly Dictionary<SmArchitecture, Run> _runs = [];

    /// <summary>The text as it is put together on a target: without what is added where control does not come; null when the text does not come about or nothing takes it on.</summary>
    /// <param name="text">The text with all that may be added to it.</param>
    /// <param name="root">Where it is put together.</param>
    /// <param name="target">The target.</param>
    public ComposedText? On(ComposedText text, SyntaxNode root, SmArchitecture target)
    {
        Run run = RunFor(target);
        if (!text.Choices.All(run.Reaches) || !(text.Pieces.Any(piece => piece.Map is not null && run.Reaches(piece.Node)) || run.Reaches(root)) || !IsTaken(root, run, 0))
        {
            return null;
        }

        return text.Where(piece => run.Reaches(piece.Node));
    }

    /// <summary>Whether control comes to an expression on a target, and then to something that takes its value on.</summary>
    public bool Comes(SyntaxNode expression, SmArchitecture target)
    {
        Run run = RunFor(target);
        return run.Reaches(expression) && IsTaken(expression, run, 0);
    }

    private Run RunFor(SmArchitecture target)
    {
        if (!_runs.TryGetValue(target, out Run? run))
        {
            _runs.Add(target, run = new Run(sources.Graphs, target, cancellation));
        }

        return run;
    }

    // A variable or member that is read only where control does not come hands nothing on; nor does a member that is called only there.
    private bool IsTaken(SyntaxNode expression, Run run, int depth)
    {
        if (depth >= DeepestFollowing || expression.SyntaxTree != model.SyntaxTree)
        {
            return true;
        }

        (ISymbol? holder, SyntaxNode? declaration) = HolderOf(expression);
        return holder is null || declaration is null || IsUsed(holder, declaration, run, depth);
    }

    private bool IsUsed(ISymbol symbol, SyntaxNode declaration, Run run, int depth)
    {
        // Through an interface or a base class a member is used by another name.
        if (symbol.IsVirtual || symbol.IsOverride || symbol.IsAbstract || symbol is IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.LocalFunction) })
        {
            return true;
        }

        bool any = false;
        foreach (SyntaxNode use in sources.UsesOf(symbol, declaration, model, cancellation))
        {
            any = true;
            if (run.Reaches(use) && IsTaken(use, run, depth + 1))
            {
                return true;
            }
        }

        return !any;
    }

    /// <summary>What holds the value of an expression: the variable that it starts or is assigned to, else the member around it.</summary>
    private (ISymbol? Symbol, SyntaxNode? Declaration) HolderOf(SyntaxNode expression)
    {
        foreach (SyntaxNode node in expression.AncestorsAndSelf())
        {
            switch (node.Parent)
            {
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax or PropertyDeclarationSyntax } initializer:
                    return (model.GetDeclaredSymbol(initializer.Parent!, cancellation), initializer.Parent);
                case AssignmentExpressionSyntax assignment when assignment.Right == node && assignment.Parent is ExpressionStatementSyntax:
                    ISymbol? assigned = model.GetSymbolInfo(assignment.Left, cancellation).Symbol;
                    return assigned is ILocalSymbol ? (assigned, assignment) : MemberAround(assignment);
                case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: { } call } } when !(call is InvocationExpressionSyntax invocation && TextCalls.HandsOn(invocation)):
                case StatementSyntax:
                case ArrowExpressionClauseSyntax:
                case MemberDeclarationSyntax:
                    return MemberAround(node);
            }
        }

        return default;
    }

    private (ISymbol? Symbol, SyntaxNode? Declaration) MemberAround(SyntaxNode node)
    {
        SyntaxNode? member = node.Ancestors().FirstOrDefault(ancestor => ancestor is MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or BaseMethodDeclarationSyntax);
        return member is null ? default : (model.GetDeclaredSymbol(member, cancellation), member);
    }

    /// <summary>The bodies of the compilation on one target.</summary>
    private sealed class Run(BodyGraphs graphs, SmArchitecture target, CancellationToken cancellation)
    {
        /// <summary>Whether control comes to a node within the body around it.</summary>
        public bool Reaches(SyntaxNode node) => Around(node) is not { } flow || flow.IsReached(node) || PartsOf(node).Any(flow.IsReached);

        /// <summary>The body around a node; null when there is none.</summary>
        public BodyFlow? Around(SyntaxNode node) => BodyGraphs.Around(node) is { } body ? graphs.Runs.Of(target, body, cancellation) : null;

        // What an expression is evaluated as a part of, without a choice between. Not every kind of expression has an operation of its own.
        private static IEnumerable<SyntaxNode> PartsOf(SyntaxNode node)
        {
            while (node.Parent is { } parent && parent is not (StatementSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or ConditionalExpressionSyntax or
                SwitchExpressionArmSyntax or ConditionalAccessExpressionSyntax or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }) &&
                !(parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression }))
            {
                yield return parent;
                node = parent;
            }
        }
    }
}
