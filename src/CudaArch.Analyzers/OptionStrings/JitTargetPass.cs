using System.Collections.Immutable;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Architectures;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>Looks through one file for JIT-target values and judges them: the driver makes a cubin for such a value.</summary>
internal sealed class JitTargetPass(SemanticModel model, CudaCompilation cuda, CancellationToken cancellation) : FilePass(model, cuda, cancellation)
{
    private readonly JitOptionPairs _pairs = new(model, cancellation);

    public override void Run(Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (SyntaxNode node in Model.SyntaxTree.GetRoot(Cancellation).DescendantNodes())
        {
            Cancellation.ThrowIfCancellationRequested();
            IEnumerable<ExpressionSyntax> values = node switch
            {
                ExpressionSyntax expression when TryGetTarget(expression, out _) => [expression],
                ExpressionSyntax expression => _pairs.ValuesBeside(expression),
                _ => [],
            };
            foreach (ExpressionSyntax value in values)
            {
                if (TargetOf(value, out SmArchitecture named) is { } place && reported.Add(place))
                {
                    Judge(value, place, named, report);
                }
            }
        }

        Tests.Report(report);
    }

    private void Judge(ExpressionSyntax value, SyntaxNode place, SmArchitecture named, Action<Diagnostic> report)
    {
        if (Uses.Of(value).Role is TextRole.Shown or TextRole.Compared)
        {
            return;
        }

        (ExpressionSyntax Place, SmArchitecture Named)[] alternatives = [.. AlternativesOf(value)];
        SmArchitecture[] wrong = [.. Targets.Where(target => !Compatibility.CubinLoads(named, target)
            && !alternatives.Any(other => Compatibility.CubinLoads(other.Named, target) && Reach.Comes(other.Place, target)) && Reach.Comes(value, target))];
        var output = new CompileOutput(CompiledKind.Cubin, new ArchitectureName(0, 0, named, NameForm.Real));
        foreach (SmArchitecture target in wrong)
        {
            if (Reach.TestBefore(ImmutableArray.Create<SyntaxNode>(value), value, target, output.RunsOn) is { } test)
            {
                Tests.Add(test, target, $"'{place}', which asks for {output}", output.RunsOn, place.Span);
                wrong = [.. wrong.Where(other => other != target)];
            }
        }

        if (wrong.Length == 0)
        {
            return;
        }

        var mends = new JitTargetMends(place, named, Model, Targets, Cancellation);
        report(Mend.Attach(
            mends.For(wrong),
            Descriptors.ArchitectureOption,
            place.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(OptionFault.TargetsProperty, string.Join(";", wrong.Select(target => target.RealName))),
            place.ToString(),
            output.ToString(),
            TargetNames.Sentence(wrong),
            $"use '{mends.Remedy(wrong[0])}'"));
    }

    // The values among which the code chooses.
    private IEnumerable<(ExpressionSyntax Place, SmArchitecture Named)> AlternativesOf(ExpressionSyntax value)
    {
        SyntaxNode root = value;
        while (root.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax ||
               (root.Parent is BinaryExpressionSyntax binary && binary.IsKind(SyntaxKind.CoalesceExpression)))
        {
            root = root.Parent;
        }

        foreach (SyntaxNode alternative in TextSiblings.Of(root).Cast<SyntaxNode>().Append(root))
        {
            foreach (ExpressionSyntax part in alternative.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
            {
                if (TryGetTarget(part, out SmArchitecture other))
                {
                    yield return (part, other);
                }
            }
        }
    }

    // The place that names the architecture: an enum member, the operand of a cast to the enum, or a number that a JIT option makes one.
    private SyntaxNode? TargetOf(ExpressionSyntax value, out SmArchitecture named)
    {
        if (TryGetTarget(value, out named))
        {
            SyntaxNode place = value is CastExpressionSyntax cast ? cast.Expression : value;
            while (place is ParenthesizedExpressionSyntax parenthesized)
            {
                place = parenthesized.Expression;
            }

            return place;
        }

        return Model.GetConstantValue(value, Cancellation) is { HasValue: true, Value: int or uint or long or ulong or short or ushort } constant &&
            JitTarget.TryGetArchitecture(Convert.ToInt64(constant.Value, System.Globalization.CultureInfo.InvariantCulture), out named)
            ? value
            : null;
    }

    private bool TryGetTarget(ExpressionSyntax expression, out SmArchitecture named)
    {
        named = default;
        switch (expression)
        {
            case MemberAccessExpressionSyntax access when JitTarget.TryParseMember(access.Name.Identifier.ValueText, out named):
                return IsTargetEnum(expression, TextShapes.NameOf(access.Expression), access.Name.Identifier.ValueText);
            case IdentifierNameSyntax name when JitTarget.TryParseMember(name.Identifier.ValueText, out named):
                return !(name.Parent is MemberAccessExpressionSyntax parent && parent.Name == name) && IsTargetEnum(expression, "", name.Identifier.ValueText);
            case CastExpressionSyntax cast when IsTargetName(TextShapes.NameOf(cast.Type)):
                return Model.GetConstantValue(cast.Expression, Cancellation) is { HasValue: true, Value: int or uint or long or ulong or short or ushort or byte } constant &&
                    JitTarget.TryGetArchitecture(Convert.ToInt64(constant.Value, System.Globalization.CultureInfo.InvariantCulture), out named);
            default:
                return false;
        }
    }

    private bool IsTargetEnum(ExpressionSyntax reference, string writtenType, string member)
    {
        // The members of the enum define one another.
        if (reference.FirstAncestorOrSelf<EnumMemberDeclarationSyntax>() is not null)
        {
            return false;
        }

        ISymbol? symbol = Model.GetSymbolInfo(reference, Cancellation).Symbol;
        return symbol switch
        {
            IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } type } => IsTargetName(type.Name) || member.StartsWith("CU_TARGET_COMPUTE", StringComparison.Ordinal),
            IFieldSymbol { HasConstantValue: true } => member.StartsWith("CU_TARGET_COMPUTE", StringComparison.Ordinal),
            null => IsTargetName(writtenType),
            _ => false,
        };
    }

    // CUjit_target, CUJITTarget, JitTarget.
    private static bool IsTargetName(string type)
    {
        int jit = type.IndexOf("jit", StringComparison.OrdinalIgnoreCase);
        return jit >= 0 && type.IndexOf("target", jit, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
