using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>
/// Where code sets a variable of a build system to a list of architectures: <c>Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "9.0a")</c>,
/// <c>start.Environment["CUDAARCHS"] = "90"</c>, <c>{ "CMAKE_CUDA_ARCHITECTURES", "90" }</c>.
/// </summary>
internal static class ArchitectureVariable
{
    /// <summary>The setting whose variable a literal names, as the text <c>NAME=value</c>; null when the literal names none or nothing is set.</summary>
    public static TextUnit? SettingOf(ExpressionSyntax literal, TextComposer composer)
    {
        if (literal is not LiteralExpressionSyntax { Token.ValueText: { } name } || !CompileOptionText.IsArchitectureVariable(name) || ValueBeside(literal) is not { } value)
        {
            return null;
        }

        TextFragments[] parts = [composer.Compose(literal), composer.Compose(value)];
        return new TextUnit(value, TextFragments.Sequence(parts, "=", literal), null);
    }

    private static ExpressionSyntax? ValueBeside(ExpressionSyntax name)
    {
        switch (name.Parent)
        {
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression } entry:
                return entry.Expressions.Count == 2 && entry.Expressions[0] == name ? entry.Expressions[1] : null;
            case ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent: { } element } }:
                return element.Parent is AssignmentExpressionSyntax assignment && assignment.Left == element ? assignment.Right : null;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: { Count: >= 2 } arguments, Parent: InvocationExpressionSyntax call } } argument:
                bool sets = TextShapes.NameOf(call) is "SetEnvironmentVariable" or "Add" or "TryAdd" or "Set" or "SetEnv" or "setenv" or "WithEnvironment" or "SetVariable";
                return sets && arguments[0] == argument ? arguments[1].Expression : null;
            default:
                return null;
        }
    }
}
