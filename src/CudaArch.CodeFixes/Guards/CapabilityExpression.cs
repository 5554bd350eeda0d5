using CudaArch.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.CodeFixes.Guards;

/// <summary>How code asks for the compute capability at one place.</summary>
/// <param name="Major">The expression for the major number.</param>
/// <param name="Minor">The expression for the minor number; null when there is none.</param>
internal sealed record CapabilityExpression(string Major, string? Minor)
{
    /// <summary>What stands ready at a place: a local, parameter, field or property that holds a capability, or a device that has one; null when nothing does.</summary>
    public static CapabilityExpression? Find(SemanticModel model, SyntaxNode place)
    {
        int position = place.SpanStart;
        bool isStatic = IsStatic(model.GetEnclosingSymbol(position));
        ISymbol[] symbols = [.. model.LookupSymbols(position).Where(symbol => CanBeRead(symbol, position, isStatic)).OrderBy(Order).ThenBy(symbol => symbol.Name, StringComparer.Ordinal)];
        return Single(symbols) ?? symbols.Select(OfParts).FirstOrDefault(found => found is not null);
    }

    // int major and int minor, each on its own.
    private static CapabilityExpression? Single(ISymbol[] symbols)
    {
        string? major = symbols.FirstOrDefault(symbol => RoleOf(symbol) == CapabilityRole.Major)?.Name;
        return major is null ? null : new(major, symbols.FirstOrDefault(symbol => RoleOf(symbol) == CapabilityRole.Minor)?.Name);
    }

    // device.ComputeCapabilityMajor, ComputeCapability.Major, device.ComputeCapability.Major
    private static CapabilityExpression? OfParts(ISymbol symbol)
    {
        if (TypeOf(symbol) is not { } type)
        {
            return null;
        }

        if (RoleOf(symbol) == CapabilityRole.Whole && CapabilityNames.IsPair(type))
        {
            return OfPair(symbol.Name, type);
        }

        foreach (ISymbol member in Members(type))
        {
            CapabilityRole role = CapabilityNames.OfMember(member, TypeOf(member)!);
            if (role == CapabilityRole.Major)
            {
                ISymbol? minor = Members(type).FirstOrDefault(other => CapabilityNames.OfMember(other, TypeOf(other)!) == CapabilityRole.Minor);
                return new($"{symbol.Name}.{member.Name}", minor is null ? null : $"{symbol.Name}.{minor.Name}");
            }

            if (role == CapabilityRole.Whole && CapabilityNames.IsPair(TypeOf(member)!))
            {
                return OfPair($"{symbol.Name}.{member.Name}", TypeOf(member)!);
            }
        }

        return null;
    }

    private static CapabilityExpression? OfPair(string expression, ITypeSymbol type)
    {
        string? Member(string name) => Members(type).FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name;
        return type is INamedTypeSymbol { IsTupleType: true } tuple
            ? new($"{expression}.{tuple.TupleElements[0].Name}", $"{expression}.{tuple.TupleElements[1].Name}")
            : Member("major") is { } major ? new($"{expression}.{major}", Member("minor") is { } minor ? $"{expression}.{minor}" : null) : null;
    }

    private static IEnumerable<ISymbol> Members(ITypeSymbol type) => type.GetMembers().Where(member =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, CanBeReferencedByName: true }
        && member is IFieldSymbol or IPropertySymbol { GetMethod: not null, Parameters.IsEmpty: true });

    private static CapabilityRole RoleOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => CapabilityNames.OfLocal(local),
        IParameterSymbol parameter => CapabilityNames.OfParameter(parameter),
        _ => CapabilityNames.OfMember(symbol, TypeOf(symbol)!),
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool CanBeRead(ISymbol symbol, int position, bool isStatic) => symbol switch
    {
        // A local without a value cannot be read yet.
        ILocalSymbol { HasConstantValue: false } local => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration && declaration.Span.End <= position
            && declaration is not VariableDeclaratorSyntax { Initializer: null },
        IParameterSymbol parameter => parameter.RefKind != RefKind.Out,
        IFieldSymbol { HasConstantValue: false } field => field.IsStatic || !isStatic,
        IPropertySymbol { Parameters.IsEmpty: true, GetMethod: not null } property => property.IsStatic || !isStatic,
        _ => false,
    };

    private static int Order(ISymbol symbol) => symbol switch { ILocalSymbol => 0, IParameterSymbol => 1, _ => 2 };

    private static bool IsStatic(ISymbol? symbol)
    {
        for (; symbol is IMethodSymbol or IFieldSymbol or IPropertySymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.IsStatic || symbol is IFieldSymbol)
            {
                return true;
            }
        }

        return false;
    }
}
