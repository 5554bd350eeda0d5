using CudaArch.Analyzers.Flow;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Says what becomes of a text: of an expression by where it stands, of a variable by all the places that read it.</summary>
internal sealed class TextUses(SemanticModel model, SourceIndex sources, CancellationToken cancellation)
{
    private const int DeepestFollowing = 3;

    /// <summary>What becomes of the value of an expression.</summary>
    public TextUse Of(SyntaxNode expression) => Of(expression, 0);

    /// <summary>What becomes of a variable that text is added to.</summary>
    public TextUse OfBuilder(SyntaxNode firstAddition, ISymbol? builder)
    {
        if (firstAddition is InvocationExpressionSyntax call && OfCall(call) is { Role: TextRole.Shown or TextRole.Compared } quiet)
        {
            return quiet;
        }

        return builder is ILocalSymbol ? OfVariable(builder, firstAddition, 0) : TextUse.Free;
    }

    private TextUse Of(SyntaxNode expression, int depth)
    {
        if (IsExpectedByTest(expression))
        {
            return TextUse.Compared;
        }

        SyntaxNode node = expression;
        while (true)
        {
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or AwaitExpressionSyntax or RefExpressionSyntax:
                    node = node.Parent;
                    continue;
                case BinaryExpressionSyntax binary:
                    if (binary.Kind() is SyntaxKind.AddExpression or SyntaxKind.CoalesceExpression)
                    {
                        node = binary;
                        continue;
                    }

                    return TextUse.Compared;
                case IsPatternExpressionSyntax or PatternSyntax or SwitchLabelSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or AttributeArgumentSyntax or RangeExpressionSyntax:
                    return node.Parent is SwitchExpressionSyntax choice && choice.GoverningExpression != node ? TextUse.Free : TextUse.Compared;
                case InterpolationSyntax { Parent: { } interpolated }:
                    node = interpolated;
                    continue;
                case ConditionalExpressionSyntax conditional:
                    if (conditional.Condition == node)
                    {
                        return TextUse.Compared;
                    }

                    node = conditional;
                    continue;
                case SwitchExpressionArmSyntax { Parent: { } choice2 } arm when arm.Expression == node:
                    node = choice2;
                    continue;
                case InitializerExpressionSyntax initializer:
                    // The first of { key, value } is looked up.
                    if (initializer.IsKind(SyntaxKind.ComplexElementInitializerExpression))
                    {
                        return initializer.Expressions[0] == node ? TextUse.Compared : TextUse.Free;
                    }

                    node = initializer.Parent is ExpressionSyntax created ? created : initializer;
                    continue;
                case CollectionElementSyntax { Parent: { } collection }:
                    node = collection;
                    continue;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == node:
                    string method = access.Name.Identifier.ValueText;
                    if (TextCalls.Compares(method) || (TextCalls.Searches(method) && call.ArgumentList.Arguments.Count > 0))
                    {
                        return TextUse.Compared;
                    }

                    node = call;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" }:
                    return TextUse.Compared;
                case MemberAccessExpressionSyntax member when member.Expression == node:
                    return TextUse.Free;
                case ElementAccessExpressionSyntax element when element.Expression == node:
                    node = element;
                    continue;
                case ArgumentSyntax argument:
                    if (argument.Parent is BracketedArgumentListSyntax)
                    {
                        return TextUse.Compared;
                    }

                    if (argument.Parent?.Parent is not { } target || argument.Parent is not ArgumentListSyntax)
                    {
                        return TextUse.Free;
                    }

                    // What a call makes of its text goes on: string.Join, Encoding.GetBytes.
                    if (target is InvocationExpressionSyntax made && TextCalls.HandsOn(made))
                    {
                        node = made;
                        continue;
                    }

                    return OfCall(target);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                    return model.GetDeclaredSymbol(declarator, cancellation) is { } variable ? OfVariable(variable, declarator, depth) : TextUse.Free;
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                    return model.GetDeclaredSymbol(property, cancellation) is { } declared ? OfVariable(declared, property, depth) : TextUse.Free;
                case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                    return model.GetDeclaredSymbol(property, cancellation) is { } computed ? OfVariable(computed, property, depth) : TextUse.Free;
                case AssignmentExpressionSyntax assignment when assignment.Right == node:
                    return model.GetSymbolInfo(assignment.Left, cancellation).Symbol is ILocalSymbol local ? OfVariable(local, assignment, depth) : TextUse.Free;
                case ThrowStatementSyntax or ThrowExpressionSyntax:
                    return TextUse.Shown;
                default:
                    return TextUse.Free;
            }
        }
    }

    // All that reads the variable decides: one reader that may hand the text on is enough.
    private TextUse OfVariable(ISymbol variable, SyntaxNode declaration, int depth)
    {
        if (depth >= DeepestFollowing)
        {
            return TextUse.Free;
        }

        TextUse strongest = TextUse.Compared;
        bool any = false;
        foreach (SyntaxNode use in sources.UsesOf(variable, declaration, model, cancellation))
        {
            any = true;
            bool here = use.SyntaxTree == model.SyntaxTree;
            strongest = TextUse.Strongest(strongest, here ? Of(use, depth + 1) : SyntaxOnlyUse(use));
            if (strongest.Role == TextRole.Compiled)
            {
                break;
            }
        }

        return any ? strongest : TextUse.Free;
    }

    // Another file: no model, so only what the syntax shows.
    private static TextUse SyntaxOnlyUse(SyntaxNode use)
    {
        SyntaxNode node = use.Parent is MemberAccessExpressionSyntax access && access.Name == use ? access : use;
        if (IsExpectedByTest(node))
        {
            return TextUse.Compared;
        }

        return node.Parent switch
        {
            BinaryExpressionSyntax binary when binary.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression => TextUse.Compared,
            PatternSyntax or SwitchLabelSyntax or AttributeArgumentSyntax => TextUse.Compared,
            MemberAccessExpressionSyntax member when member.Expression == node && TextCalls.Compares(TextShapes.NameOf(member)) => TextUse.Compared,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when TextCalls.Compares(TextShapes.NameOf(call)) || TextCalls.Searches(TextShapes.NameOf(call)) => TextUse.Compared,
            _ => TextUse.Free,
        };
    }

    private TextUse OfCall(SyntaxNode call)
    {
        if (call is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } })
        {
            return TextUse.Compared;
        }

        var name = CallName.Of(call, model, cancellation);
        CompilerKind compiler = CompilerSinks.CompilerOf(name.Method, name.Type);
        if (compiler != CompilerKind.Unknown || CompilerSinks.TakesPtx(name.Method))
        {
            return new TextUse(TextRole.Compiled, compiler, name.Method, name.Type);
        }

        if (call is BaseObjectCreationExpressionSyntax)
        {
            return name.Type.EndsWith("Exception", StringComparison.Ordinal) ? TextUse.Shown : new TextUse(TextRole.Free, CompilerKind.Unknown, name.Method, name.Type);
        }

        if (TextCalls.Compares(name.Method) || (TextCalls.Searches(name.Method) && TextCalls.IsTextType(name.Type)))
        {
            return TextUse.Compared;
        }

        string receiver = call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? TextShapes.NameOf(access.Expression) : "";
        if (TextCalls.Shows(name.Method, name.Type, receiver))
        {
            return TextUse.Shown;
        }

        return TextCalls.Asserts(name.Method, name.Type) ? TextUse.Compared : new TextUse(TextRole.Free, CompilerKind.Unknown, name.Method, name.Type);
    }

    // Somewhere within Assert.Equal(…, parser.Parse("…")) or parser.Parse("…").Should().Be(…).
    private static bool IsExpectedByTest(SyntaxNode expression)
    {
        for (SyntaxNode? node = expression.Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax and not AnonymousFunctionExpressionSyntax; node = node.Parent)
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && IsAssertion(access))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAssertion(MemberAccessExpressionSyntax access)
    {
        for (ExpressionSyntax? at = access; at is not null;)
        {
            string name = TextShapes.NameOf(at);
            if (TextCalls.Asserts(name, ""))
            {
                return true;
            }

            at = at switch
            {
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } => TextCalls.Asserts("", type.Identifier.ValueText) ? type : null,
                MemberAccessExpressionSyntax member => member.Expression,
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => called,
                _ => null,
            };
            if (at is IdentifierNameSyntax)
            {
                return true;
            }
        }

        return false;
    }
}
