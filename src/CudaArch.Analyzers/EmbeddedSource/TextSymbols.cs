using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Where the values of variables, fields, properties and methods stand, as far as they stand in one file.</summary>
internal sealed class TextSymbols(SemanticModel model, CancellationToken cancellation)
{
    private const int MostValues = 16;

    /// <summary>The expressions that give a symbol its value; none when they are not all known.</summary>
    /// <param name="symbol">A local variable, parameter, field, property or method.</param>
    /// <param name="reference">Where it is read.</param>
    public IReadOnlyList<ExpressionSyntax> ValuesOf(ISymbol symbol, ExpressionSyntax reference)
    {
        // Other files are read only through constants: their syntax has no model here.
        if (symbol.DeclaringSyntaxReferences is not [{ } declaration] || declaration.SyntaxTree != reference.SyntaxTree)
        {
            return [];
        }

        SyntaxNode node = declaration.GetSyntax(cancellation);
        var values = new List<ExpressionSyntax>();
        bool known = symbol switch
        {
            ILocalSymbol => node is VariableDeclaratorSyntax declarator && AddInitializer(declarator.Initializer, values) && AddAssignments(symbol, BodyOf(node), values),
            IFieldSymbol => node is VariableDeclaratorSyntax declarator && AddInitializer(declarator.Initializer, values) && AddAssignments(symbol, node.SyntaxTree.GetRoot(cancellation), values),
            IParameterSymbol parameter => node is ParameterSyntax written && AddInitializer(written.Default, values) && AddArguments(parameter, values),
            IPropertySymbol => AddProperty(symbol, node, values),
            IMethodSymbol { ReturnType.SpecialType: SpecialType.System_String } => AddMethod(node, values),
            _ => false,
        };
        return known && values.Count <= MostValues ? values : [];
    }

    private static bool AddInitializer(EqualsValueClauseSyntax? initializer, List<ExpressionSyntax> values)
    {
        if (initializer is { Value: { } value })
        {
            values.Add(value);
        }

        return true;
    }

    private static SyntaxNode BodyOf(SyntaxNode declaration) => declaration.FirstAncestorOrSelf<SyntaxNode>(IsBody) ?? declaration;

    // Every assignment in a scope; false when the variable is changed in another way.
    private bool AddAssignments(ISymbol symbol, SyntaxNode scope, List<ExpressionSyntax> values)
    {
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != symbol.Name)
            {
                continue;
            }

            SyntaxNode written = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            bool isWrite = written.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == written,
                ArgumentSyntax argument => argument.RefKindKeyword.Kind() is SyntaxKind.OutKeyword or SyntaxKind.RefKeyword,
                _ => false,
            };
            if (!isWrite || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, symbol))
            {
                continue;
            }

            if (written.Parent is not AssignmentExpressionSyntax assigned || assigned.Kind() is not (SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression))
            {
                return false;
            }

            values.Add(assigned.Right);
        }

        return true;
    }

    // What the calls in this file pass for a parameter.
    private bool AddArguments(IParameterSymbol parameter, List<ExpressionSyntax> values)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || parameter.RefKind == RefKind.Out)
        {
            return false;
        }

        string name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
        {
            BaseArgumentListSyntax? arguments = node switch
            {
                InvocationExpressionSyntax invocation when TextShapes.NameOf(invocation) == name => invocation.ArgumentList,
                ObjectCreationExpressionSyntax creation when TextShapes.NameOf(creation.Type) == name => creation.ArgumentList,
                ImplicitObjectCreationExpressionSyntax creation when method.MethodKind == MethodKind.Constructor => creation.ArgumentList,
                _ => null,
            };
            if (arguments is not null && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(node, cancellation).Symbol?.OriginalDefinition, method.OriginalDefinition) &&
                ArgumentOf(arguments, parameter) is { } argument)
            {
                values.Add(argument);
            }
        }

        return true;
    }

    private static ExpressionSyntax? ArgumentOf(BaseArgumentListSyntax arguments, IParameterSymbol parameter)
    {
        ArgumentSyntax? named = arguments.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name);
        if (named is not null)
        {
            return named.Expression;
        }

        ArgumentSyntax? placed = parameter.Ordinal < arguments.Arguments.Count ? arguments.Arguments[parameter.Ordinal] : null;
        return placed is { NameColon: null } ? placed.Expression : null;
    }

    private bool AddProperty(ISymbol symbol, SyntaxNode declaration, List<ExpressionSyntax> values)
    {
        if (declaration is not PropertyDeclarationSyntax property)
        {
            return false;
        }

        if (property.ExpressionBody is { } arrow)
        {
            values.Add(arrow.Expression);
            return true;
        }

        AccessorDeclarationSyntax? getter = property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return getter is { Body: null, ExpressionBody: null }
            ? AddInitializer(property.Initializer, values) && AddAssignments(symbol, declaration.SyntaxTree.GetRoot(cancellation), values)
            : getter is not null && AddReturns(getter, getter.ExpressionBody, values);
    }

    private static bool AddMethod(SyntaxNode declaration, List<ExpressionSyntax> values) => declaration switch
    {
        MethodDeclarationSyntax method => AddReturns(method, method.ExpressionBody, values),
        LocalFunctionStatementSyntax function => AddReturns(function, function.ExpressionBody, values),
        _ => false,
    };

    private static bool AddReturns(SyntaxNode member, ArrowExpressionClauseSyntax? arrow, List<ExpressionSyntax> values)
    {
        if (arrow is not null)
        {
            values.Add(arrow.Expression);
            return true;
        }

        foreach (SyntaxNode node in member.DescendantNodes(node => node == member || !(node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)))
        {
            if (node is ReturnStatementSyntax { Expression: { } value })
            {
                values.Add(value);
            }
        }

        return true;
    }

    private static bool IsBody(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax or CompilationUnitSyntax;
}
