using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Finds the text that a literal is a part of. Each text is given once, whichever of its literals is asked first.</summary>
internal sealed class TextUnits(SemanticModel model, TextComposer composer, CancellationToken cancellation)
{
    private readonly HashSet<(object, string)> _seen = [];

    /// <summary>The text around a literal or an interpolated string; null when it was given before.</summary>
    public TextUnit? Around(ExpressionSyntax literal)
    {
        ExpressionSyntax root = RootOf(literal, out TextAccumulator? accumulator);
        if (accumulator is { } added)
        {
            return _seen.Add(added.Key) ? added.Read(composer) : null;
        }

        if (RestOfParams(root) is { } list)
        {
            // Compile("-arch", "sm_90"): the arguments of params are a list.
            return _seen.Add((list[0], "params")) ? new TextUnit(list[0], composer.ComposeLines(list, list[0]), null) : null;
        }

        return _seen.Add((root, "")) ? new TextUnit(root, composer.Compose(root), null) : null;
    }

    private IReadOnlyList<ExpressionSyntax>? RestOfParams(ExpressionSyntax root)
    {
        if (root.Parent is not ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Parent: { } call } list } argument ||
            model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { Parameters: [.., { IsParams: true } rest] })
        {
            return null;
        }

        bool isRest = list.Arguments.IndexOf(argument) >= rest.Ordinal && TextShapes.ElementsOf(root) is null;
        return isRest ? [.. list.Arguments.Skip(rest.Ordinal).Select(other => other.Expression)] : null;
    }

    /// <summary>The largest expression of which an expression is a part as text.</summary>
    private ExpressionSyntax RootOf(ExpressionSyntax literal, out TextAccumulator? accumulator)
    {
        accumulator = null;
        ExpressionSyntax root = literal;
        while (true)
        {
            switch (root.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax:
                    root = (ExpressionSyntax)root.Parent;
                    continue;
                case BinaryExpressionSyntax binary when binary.Kind() is SyntaxKind.AddExpression or SyntaxKind.CoalesceExpression:
                    root = binary;
                    continue;
                case InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax interpolated }:
                    root = interpolated;
                    continue;
                case ConditionalExpressionSyntax conditional when conditional.Condition != root:
                    root = conditional;
                    continue;
                case SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } arm when arm.Expression == root:
                    root = choice;
                    continue;
                case InitializerExpressionSyntax initializer when initializer.Kind() is SyntaxKind.ArrayInitializerExpression or SyntaxKind.CollectionInitializerExpression:
                    root = initializer.Parent is ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or StackAllocArrayCreationExpressionSyntax or
                        ImplicitStackAllocArrayCreationExpressionSyntax or BaseObjectCreationExpressionSyntax
                        ? (ExpressionSyntax)initializer.Parent
                        : initializer;
                    continue;
                case CollectionElementSyntax { Parent: CollectionExpressionSyntax collection }:
                    root = collection;
                    continue;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invocation } access when access.Expression == root && TextShapes.KeepsText(access.Name.Identifier.ValueText):
                    root = invocation;
                    continue;
                case ArgumentSyntax { Parent.Parent: { } call } argument:
                    if (WithinCall(call, argument) is { } outer)
                    {
                        root = outer;
                        continue;
                    }

                    accumulator = CompilerSinks.IsInlinePtx(call) ? null : TextAccumulator.Of(call, model, cancellation);
                    return root;
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment when assignment.Right == root:
                    accumulator = TextAccumulator.Of(assignment, model, cancellation);
                    return root;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declarator }:
                    accumulator = TextAccumulator.Of(declarator, model, cancellation);
                    return root;
                default:
                    return root;
            }
        }
    }

    // A call that gives the text of its argument again, alone or with others.
    private static ExpressionSyntax? WithinCall(SyntaxNode call, ArgumentSyntax argument)
    {
        if (call is BaseObjectCreationExpressionSyntax creation)
        {
            // What is added later belongs to it, too.
            return creation.ArgumentList?.Arguments is [_] && TextShapes.IsTextHolder(creation) ? creation : null;
        }

        if (call is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } invocation)
        {
            return null;
        }

        bool keeps = access.Name.Identifier.ValueText switch
        {
            "Concat" or "Join" => TextShapes.IsStringType(access.Expression),
            "Format" => TextShapes.IsStringType(access.Expression),
            { } name => TextShapes.TakesText(name) && invocation.ArgumentList.Arguments[0] == argument,
        };
        return keeps ? invocation : null;
    }
}
