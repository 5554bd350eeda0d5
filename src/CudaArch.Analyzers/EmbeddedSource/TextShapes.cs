using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>How text is written in C#: what is a list of texts, and which calls leave a text what it is. By syntax and name, so that it works in broken code.</summary>
internal static class TextShapes
{
    /// <summary>The elements of an array, a collection expression or a collection initializer; null when the expression is none.</summary>
    public static IEnumerable<ExpressionSyntax>? ElementsOf(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax implicitly => implicitly.Initializer.Expressions,
        StackAllocArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitStackAllocArrayCreationExpressionSyntax implicitly => implicitly.Initializer.Expressions,
        InitializerExpressionSyntax initializer when initializer.Kind() is SyntaxKind.ArrayInitializerExpression or SyntaxKind.CollectionInitializerExpression => initializer.Expressions,
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } initializer } => initializer.Expressions,
        CollectionExpressionSyntax collection => collection.Elements.Select(element => element switch
        {
            ExpressionElementSyntax single => single.Expression,
            SpreadElementSyntax spread => spread.Expression,
            _ => null,
        }).OfType<ExpressionSyntax>(),
        _ => null,
    };

    /// <summary>Whether an expression names the type <c>string</c>.</summary>
    public static bool IsStringType(ExpressionSyntax expression) => expression switch
    {
        PredefinedTypeSyntax predefined => predefined.Keyword.IsKind(SyntaxKind.StringKeyword),
        IdentifierNameSyntax name => name.Identifier.ValueText == "String",
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "String",
        _ => false,
    };

    /// <summary>Methods of a text that give (all but blanks of) the same text, or its characters.</summary>
    public static bool KeepsText(string method) => method is
        "ToString" or "Trim" or "TrimStart" or "TrimEnd" or "AsSpan" or "AsMemory" or "ToArray" or "ToList" or "ToCharArray" or "ToImmutableArray" or "ReplaceLineEndings" or
        "Normalize" or "AsEnumerable" or "AsReadOnly";

    /// <summary>Methods that hand on the text of their first argument: encodings and marshalling.</summary>
    public static bool TakesText(string method) => method is
        "GetBytes" or "StringToHGlobalAnsi" or "StringToCoTaskMemUTF8" or "StringToCoTaskMemAnsi" or "StringToHGlobalAuto" or "StringToHGlobalUni" or "ConvertToUnmanaged" or "Intern" or
        "FromResult";

    /// <summary>Methods that add a text to what an object holds, and whether they end a line.</summary>
    public static bool AddsText(string method, out bool endsLine)
    {
        endsLine = method is not ("Append" or "Write" or "AppendFormat" or "WriteAsync" or "AppendLiteral");
        return method is "Append" or "AppendLine" or "AppendFormat" or "Write" or "WriteLine" or "WriteAsync" or "WriteLineAsync" or "Add" or "AddRange" or "AppendLiteral" or "Emit" or "EmitLine";
    }

    /// <summary>Whether an object is created from a text and then is that text: <c>new string(…)</c>, <c>new StringBuilder(…)</c>.</summary>
    public static bool IsTextHolder(BaseObjectCreationExpressionSyntax creation) => creation is ObjectCreationExpressionSyntax { Type: { } type } && NameOf(type) is
        "String" or "string" or "StringBuilder" or "StringReader" or "ReadOnlySpan" or "ReadOnlyMemory" or "List" or "Memory";

    /// <summary>The last word of a name: <c>Emit</c> of <c>CudaAsm.Emit&lt;int&gt;</c>.</summary>
    public static string NameOf(SyntaxNode? node) => node switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        AliasQualifiedNameSyntax alias => NameOf(alias.Name),
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        PredefinedTypeSyntax predefined => predefined.Keyword.ValueText,
        MemberAccessExpressionSyntax access => NameOf(access.Name),
        MemberBindingExpressionSyntax binding => NameOf(binding.Name),
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        ParenthesizedExpressionSyntax parenthesized => NameOf(parenthesized.Expression),
        ConditionalAccessExpressionSyntax conditional => NameOf(conditional.Expression),
        PostfixUnaryExpressionSyntax postfix => NameOf(postfix.Operand),
        ThisExpressionSyntax => "this",
        _ => "",
    };
}
