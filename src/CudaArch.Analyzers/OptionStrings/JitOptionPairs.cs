using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>
/// Finds the value that goes with the JIT option <c>CU_JIT_TARGET</c>: beside it as <c>(option, value)</c>, <c>Set(option, value)</c>, <c>options[option] = value</c>,
/// or at the same index of the second of two arrays that a driver call takes.
/// </summary>
internal sealed class JitOptionPairs(SemanticModel model, CancellationToken cancellation)
{
    // The driver's calls and the position of their option array; the values follow it (cuda.h 13.5).
    private static readonly (string Name, int Options)[] Calls =
    [
        ("ModuleLoadDataEx", 3), ("LibraryLoadData", 2), ("LibraryLoadFromFile", 2), ("LinkCreate", 1),
    ];

    /// <summary>The values that an expression, an option or a call of the driver, makes JIT targets; without casts and pointer constructors.</summary>
    public IEnumerable<ExpressionSyntax> ValuesBeside(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => ValuesOfCall(call),
        IdentifierNameSyntax or MemberAccessExpressionSyntax when IsOption(expression) && ValueBeside(expression) is { } value => [Bare(value)],
        _ => [],
    };

    private static ExpressionSyntax? ValueBeside(ExpressionSyntax option)
    {
        SyntaxNode node = option;
        while (node.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            node = node.Parent;
        }

        switch (node.Parent)
        {
            case ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent: { } element } }:
                return element.Parent is AssignmentExpressionSyntax assignment && assignment.Left == element ? assignment.Right : null;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: { } arguments } } argument:
                return After(arguments, argument)?.Expression;
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Arguments: { } elements } } element:
                return After(elements, element)?.Expression;
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression } entry:
                return entry.Expressions.Count == 2 && entry.Expressions[0] == node ? entry.Expressions[1] : null;
            default:
                return null;
        }
    }

    private static ArgumentSyntax? After(SeparatedSyntaxList<ArgumentSyntax> list, ArgumentSyntax argument)
    {
        int next = list.IndexOf(argument) + 1;
        return next < list.Count ? list[next] : null;
    }

    private IEnumerable<ExpressionSyntax> ValuesOfCall(InvocationExpressionSyntax call)
    {
        string written = TextShapes.NameOf(call);
        if (written.IndexOf("Load", StringComparison.OrdinalIgnoreCase) < 0 && written.IndexOf("Create", StringComparison.OrdinalIgnoreCase) < 0)
        {
            yield break;
        }

        string name = CallName.Of(call, model, cancellation).Method;
        foreach ((string native, int position) in Calls)
        {
            SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
            if (name.IndexOf(native, StringComparison.OrdinalIgnoreCase) < 0 || position + 1 >= arguments.Count)
            {
                continue;
            }

            SortedDictionary<int, ExpressionSyntax> options = ElementsOf(arguments[position].Expression), values = ElementsOf(arguments[position + 1].Expression);
            foreach (KeyValuePair<int, ExpressionSyntax> option in options)
            {
                if (IsOptionValue(option.Value) && values.TryGetValue(option.Key, out ExpressionSyntax? value))
                {
                    yield return Bare(value);
                }
            }
        }
    }

    // The elements of an array by index: as created, then as assigned one by one.
    private SortedDictionary<int, ExpressionSyntax> ElementsOf(ExpressionSyntax array)
    {
        var elements = new SortedDictionary<int, ExpressionSyntax>();
        array = array is PrefixUnaryExpressionSyntax address ? address.Operand : Bare(array);
        Add(array, elements);
        if (array is IdentifierNameSyntax name && model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol or IFieldSymbol or IParameterSymbol)
        {
            ISymbol variable = model.GetSymbolInfo(name, cancellation).Symbol!;
            SyntaxNode? declaration = variable.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == model.SyntaxTree)?.GetSyntax(cancellation);
            if (declaration is VariableDeclaratorSyntax { Initializer.Value: { } initial })
            {
                // fixed (int* options = array): the array behind the pointer.
                Add(initial, elements);
                if (initial is IdentifierNameSyntax other && declaration.Parent?.Parent is FixedStatementSyntax && other.Identifier.ValueText != name.Identifier.ValueText)
                {
                    foreach (KeyValuePair<int, ExpressionSyntax> element in ElementsOf(other))
                    {
                        elements[element.Key] = element.Value;
                    }
                }
            }

            foreach (AssignmentExpressionSyntax assignment in (array.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? array.SyntaxTree.GetRoot(cancellation)).DescendantNodes().OfType<AssignmentExpressionSyntax>())
            {
                if (assignment.Left is ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax target, ArgumentList.Arguments: [{ Expression: { } index }] } &&
                    target.Identifier.ValueText == name.Identifier.ValueText && model.GetConstantValue(index, cancellation) is { HasValue: true, Value: int at })
                {
                    elements[at] = assignment.Right;
                }
            }
        }

        return elements;
    }

    private static void Add(ExpressionSyntax array, SortedDictionary<int, ExpressionSyntax> elements)
    {
        int index = 0;
        foreach (ExpressionSyntax element in TextShapes.ElementsOf(array) ?? [])
        {
            elements[index++] = element;
        }
    }

    private bool IsOptionValue(ExpressionSyntax element) =>
        IsOption(Bare(element)) ||
        (model.GetConstantValue(element, cancellation) is { HasValue: true, Value: int or uint or long or byte } constant &&
         Convert.ToInt64(constant.Value, System.Globalization.CultureInfo.InvariantCulture) == JitTarget.Option);

    // CU_JIT_TARGET, CUJITOption.Target.
    private static bool IsOption(ExpressionSyntax expression)
    {
        string name = TextShapes.NameOf(expression);
        if (name is "CU_JIT_TARGET")
        {
            return true;
        }

        string type = expression is MemberAccessExpressionSyntax access ? TextShapes.NameOf(access.Expression) : "";
        return name is "Target" or "JitTarget" && type.IndexOf("jit", StringComparison.OrdinalIgnoreCase) >= 0 && type.IndexOf("option", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    // 65636 of (IntPtr)65636, new IntPtr(65636), (void*)(nint)65636.
    private static ExpressionSyntax Bare(ExpressionSyntax value)
    {
        while (true)
        {
            switch (value)
            {
                case CastExpressionSyntax cast when TextShapes.NameOf(cast.Type).IndexOf("target", StringComparison.OrdinalIgnoreCase) < 0:
                    value = cast.Expression;
                    continue;
                case ParenthesizedExpressionSyntax parenthesized:
                    value = parenthesized.Expression;
                    continue;
                case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: { } argument }], Initializer: null }:
                    value = argument;
                    continue;
                default:
                    return value;
            }
        }
    }
}
