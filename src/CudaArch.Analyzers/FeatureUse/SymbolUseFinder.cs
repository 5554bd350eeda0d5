using System.Collections.Concurrent;
using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Flow;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Finds the symbols of the catalog, and the annotated ones, that an operation uses. What a symbol needs is looked up once.</summary>
internal sealed class SymbolUseFinder
{
    private static readonly ImmutableArray<IArgumentOperation> NoArguments = ImmutableArray<IArgumentOperation>.Empty;

    private static readonly ImmutableArray<ArgumentCondition> NoConditions = ImmutableArray<ArgumentCondition>.Empty;

    // No exported function has a longer name.
    private const int LongestName = 4096;

    private readonly SymbolCatalog _symbols;
    private readonly bool _hasAnnotations;
    private readonly ExportLookup _lookup = new();
    private readonly ConcurrentDictionary<string, SymbolLine[]> _exports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<NeedLine>> _lines = new(SymbolEqualityComparer.Default);

    public SymbolUseFinder(Compilation compilation, SymbolCatalog symbols)
    {
        _symbols = symbols;
        _hasAnnotations = Requirements.AreKnownIn(compilation);
    }

    /// <summary>Whether <see cref="Find"/> may find something in an operation: properties and constructions are looked at only when a line or annotation can be about them.</summary>
    public bool MayBeUse(IOperation operation) => operation.Kind switch
    {
        OperationKind.Invocation or OperationKind.MethodReference or OperationKind.FieldReference or OperationKind.SimpleAssignment => true,
        OperationKind.PropertyReference or OperationKind.ObjectCreation => _hasAnnotations || _symbols.NamesMembers,
        _ => false,
    };

    /// <summary>The uses in an operation itself, not in its children.</summary>
    public IEnumerable<SymbolUse> Find(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => OfInvocation(invocation),
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment => OfAssignment(((IMemberReferenceOperation)assignment.Target).Member, assignment.Value),
        IMethodReferenceOperation reference => OfSymbol(reference.Method, reference.Syntax),
        IFieldReferenceOperation field when LinesOf(field.Field) is { IsEmpty: false } && ConstantUse.IsValue(field) => OfSymbol(field.Field, field.Syntax),
        IPropertyReferenceOperation property => OfSymbol(property.Property, property.Syntax),
        IObjectCreationOperation { Constructor: { } constructor } creation => OfSymbol(constructor, creation.Syntax).Concat(OfSymbol(constructor.ContainingType, creation.Syntax)),
        _ => [],
    };

    // Nearly all calls are none of these.
    private IEnumerable<SymbolUse> OfInvocation(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        bool hasLines = !LinesOf(method).IsEmpty, setsMember = _symbols.SetsMember(method), mayLookUp = invocation.Arguments.Any(IsName);
        return hasLines || setsMember || mayLookUp
            ? (hasLines ? OfCall(invocation) : []).Concat(mayLookUp ? OfExportName(invocation) : []).Concat(setsMember ? OfSetter(invocation) : [])
            : [];
    }

    private IEnumerable<SymbolUse> OfCall(IInvocationOperation invocation) =>
        LinesOf(invocation.TargetMethod).Select(line => Use(invocation.TargetMethod, line, NameOf(invocation.Syntax), invocation.Arguments, null));

    private IEnumerable<SymbolUse> OfSetter(IInvocationOperation invocation) =>
        invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is { } first ? OfAssignment(invocation.TargetMethod, first.Value) : [];

    private IEnumerable<SymbolUse> OfAssignment(ISymbol member, IOperation value) => _symbols.OfAssignment(member).Select(line => new SymbolUse(
        $"{member.ContainingType.Name}.{member.Name}", "", NeedLine.Of(line).Needs, line.Arguments, value.Syntax, NoArguments, null, value));

    // A method group has no arguments yet.
    private IEnumerable<SymbolUse> OfSymbol(ISymbol symbol, SyntaxNode place) =>
        LinesOf(symbol).Where(line => line.Conditions.IsEmpty)
            .Select(line => Use(symbol, line, place, NoArguments, symbol is IFieldSymbol { HasConstantValue: true } field ? FlowValue.Of(field.ConstantValue) : null));

    private static SymbolUse Use(ISymbol symbol, NeedLine line, SyntaxNode place, ImmutableArray<IArgumentOperation> arguments, FlowValue? constant)
    {
        NativeImport? import = symbol is IMethodSymbol method ? NativeImport.Of(method) : null;
        string name = import?.EntryPoint ?? (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType.Name : symbol.Name);
        return new(name, import?.Library ?? "", line.Needs, line.Conditions, place, arguments, constant);
    }

    private IEnumerable<SymbolUse> OfExportName(IInvocationOperation invocation)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (!IsName(argument) || argument.Value.ConstantValue.Value is not string name)
            {
                continue;
            }

            // The library is behind a handle; only lines for any library apply.
            SymbolLine[] lines = _exports.GetOrAdd(name, key => [.. _symbols.OfImport(new("", key)).Where(line => line.Kind == SelectorKind.Entry)]);
            if (lines.Length > 0 && argument.Parameter?.Ordinal == _lookup.NameParameterOf(invocation.TargetMethod))
            {
                foreach (SymbolLine line in lines)
                {
                    yield return new(name, "", NeedLine.Of(line).Needs, NoConditions, argument.Value.Syntax, NoArguments, null);
                }
            }
        }
    }

    // The name of an export is one word.
    private static bool IsName(IArgumentOperation argument) =>
        argument.Value is { Type.SpecialType: SpecialType.System_String, ConstantValue: { HasValue: true, Value: string { Length: > 0 and <= LongestName } name } } && !name.Contains(' ');

    // What cannot have a line by its form and name is not looked up.
    private ImmutableArray<NeedLine> LinesOf(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        bool mayHave = _hasAnnotations || _symbols.Documents(symbol) || symbol switch
        {
            IMethodSymbol method => NativeImport.MayDeclare(method),
            IFieldSymbol field => field.HasConstantValue,
            _ => false,
        };
        return mayHave ? _lines.GetOrAdd(symbol, LookUp) : ImmutableArray<NeedLine>.Empty;
    }

    private ImmutableArray<NeedLine> LookUp(ISymbol symbol)
    {
        var lines = ImmutableArray.CreateBuilder<NeedLine>();
        if (symbol is IMethodSymbol method && NativeImport.Of(method) is { } import)
        {
            lines.AddRange(_symbols.OfImport(import).Select(NeedLine.Of));
        }

        if (symbol is IFieldSymbol { HasConstantValue: true } field && _symbols.OfConstant(field) is { Feature: not null } constant)
        {
            lines.Add(NeedLine.Of(constant));
        }

        if (_symbols.OfDocumentationId(symbol) is { Feature: not null } line)
        {
            lines.Add(NeedLine.Of(line));
        }

        // A type is used by its members.
        if (_hasAnnotations && symbol is not INamedTypeSymbol)
        {
            lines.AddRange(Requirements.Of(symbol).Select(requirement => new NeedLine(requirement, NoConditions)));
        }

        return lines.ToImmutable();
    }

    // The call is underlined without its arguments, which may be long.
    private static SyntaxNode NameOf(SyntaxNode place) => place is InvocationExpressionSyntax invocation ? invocation.Expression : place;

    /// <summary>What a symbol needs, when the arguments of a call are such.</summary>
    private readonly record struct NeedLine(Requirement Needs, ImmutableArray<ArgumentCondition> Conditions)
    {
        public static NeedLine Of(SymbolLine line) => new(new Requirement(line.Feature, default, IsAnnotation: false), line.Arguments);
    }
}
