using System.Collections.Concurrent;
using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Flow;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Finds the symbols of the catalog that an operation uses. The lines of a symbol are looked up once.</summary>
internal sealed class SymbolUseFinder
{
    private static readonly ImmutableArray<IArgumentOperation> NoArguments = ImmutableArray<IArgumentOperation>.Empty;

    private readonly SymbolCatalog _symbols;
    private readonly ExportLookup _lookup = new();
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<SymbolLine>> _lines = new(SymbolEqualityComparer.Default);

    public SymbolUseFinder(SymbolCatalog symbols) => _symbols = symbols;

    /// <summary>The kinds of operations that <see cref="Find"/> looks at.</summary>
    public static OperationKind[] Kinds { get; } =
        [OperationKind.Invocation, OperationKind.MethodReference, OperationKind.FieldReference, OperationKind.PropertyReference, OperationKind.ObjectCreation];

    /// <summary>The uses in an operation itself, not in its children.</summary>
    public IEnumerable<SymbolUse> Find(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => OfCall(invocation).Concat(OfExportName(invocation)),
        IMethodReferenceOperation reference => OfSymbol(reference.Method, reference.Syntax),
        IFieldReferenceOperation field when LinesOf(field.Field) is { IsEmpty: false } && ConstantUse.IsValue(field) => OfSymbol(field.Field, field.Syntax),
        IPropertyReferenceOperation property => OfSymbol(property.Property, property.Syntax),
        IObjectCreationOperation { Constructor: { } constructor } creation => OfSymbol(constructor, creation.Syntax).Concat(OfSymbol(constructor.ContainingType, creation.Syntax)),
        _ => [],
    };

    private IEnumerable<SymbolUse> OfCall(IInvocationOperation invocation)
    {
        foreach (SymbolLine line in LinesOf(invocation.TargetMethod))
        {
            yield return new(NativeName(invocation.TargetMethod), line, NameOf(invocation.Syntax), invocation.Arguments, null);
        }
    }

    private IEnumerable<SymbolUse> OfSymbol(ISymbol symbol, SyntaxNode place)
    {
        foreach (SymbolLine line in LinesOf(symbol))
        {
            // A method group has no arguments yet.
            if (line.Kind != SelectorKind.Call)
            {
                FlowValue? constant = symbol is IFieldSymbol { HasConstantValue: true } field ? FlowValue.Of(field.ConstantValue) : null;
                yield return new(NativeName(symbol), line, place, NoArguments, constant);
            }
        }
    }

    private IEnumerable<SymbolUse> OfExportName(IInvocationOperation invocation)
    {
        int parameter = invocation.Arguments.IsEmpty ? -1 : _lookup.NameParameterOf(invocation.TargetMethod);
        if (parameter < 0)
        {
            yield break;
        }

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Ordinal == parameter && argument.Value.ConstantValue is { HasValue: true, Value: string name })
            {
                // The library is behind a handle; only lines for any library apply.
                foreach (SymbolLine line in _symbols.OfImport(new("", name)).Where(line => line.Kind == SelectorKind.Entry))
                {
                    yield return new(name, line, argument.Value.Syntax, NoArguments, null);
                }
            }
        }
    }

    private ImmutableArray<SymbolLine> LinesOf(ISymbol symbol) => _lines.GetOrAdd(symbol.OriginalDefinition, LookUp);

    private ImmutableArray<SymbolLine> LookUp(ISymbol symbol)
    {
        var lines = ImmutableArray.CreateBuilder<SymbolLine>();
        if (symbol is IMethodSymbol method && NativeImport.Of(method) is { } import)
        {
            lines.AddRange(_symbols.OfImport(import));
        }

        if (symbol is IFieldSymbol { HasConstantValue: true } field && _symbols.OfConstant(field) is { Feature: not null } constant)
        {
            lines.Add(constant);
        }

        if (_symbols.OfDocumentationId(symbol) is { Feature: not null } line)
        {
            lines.Add(line);
        }

        return lines.ToImmutable();
    }

    private static string NativeName(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType.Name,
        IMethodSymbol method when NativeImport.Of(method) is { } import => import.EntryPoint,
        _ => symbol.Name,
    };

    // The call is underlined without its arguments, which may be long.
    private static SyntaxNode NameOf(SyntaxNode place) => place is InvocationExpressionSyntax invocation ? invocation.Expression : place;
}
