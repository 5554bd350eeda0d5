using System.Collections.Immutable;
using System.Globalization;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Architectures;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>What to write in place of a JIT-target value: the enum member for the target, a number where a number stands, a cast where the binding has no such member.</summary>
internal sealed class JitTargetMends(SyntaxNode place, SmArchitecture named, SemanticModel model, ImmutableArray<SmArchitecture> targets, CancellationToken cancellation)
{
    private readonly INamedTypeSymbol? _enum = model.GetSymbolInfo(place, cancellation).Symbol is IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } type } ? type : null;

    /// <summary>What to write for a target, without the type.</summary>
    public string Remedy(SmArchitecture target)
    {
        string member = TextShapes.NameOf(place);
        return JitTarget.TryParseMember(member, out _) ? JitTarget.Respell(member, target) : Number(target);
    }

    /// <summary>The remedies for targets, in their order.</summary>
    public IEnumerable<Mend> For(IEnumerable<SmArchitecture> faulty)
    {
        foreach (SmArchitecture target in faulty)
        {
            SmArchitecture wanted = ArchitectureName.Retarget(named, target);
            bool harms = targets.Any(other => Compatibility.CubinLoads(named, other) && !Compatibility.CubinLoads(wanted, other));
            if (!harms && EditFor(target) is { } edit)
            {
                yield return new Mend("CUDA1003 " + target.RealName, $"Use '{edit.Text}'", ImmutableArray.Create(edit));
            }
        }
    }

    private MendEdit? EditFor(SmArchitecture target)
    {
        if (place is LiteralExpressionSyntax)
        {
            return new MendEdit(place.Span, Number(target), IsCode: true);
        }

        string member = TextShapes.NameOf(place);
        if (_enum is null || !JitTarget.TryParseMember(member, out _))
        {
            return null;
        }

        string wanted = JitTarget.Respell(member, target);
        TextSpan name = place is MemberAccessExpressionSyntax access ? access.Name.Span : place.Span;
        return _enum.GetMembers(wanted).IsEmpty
            ? new MendEdit(place.Span, $"({TypeAt(place)}){Number(target)}", IsCode: true)
            : new MendEdit(name, wanted, IsCode: true);
    }

    private string TypeAt(SyntaxNode node) => node is MemberAccessExpressionSyntax access ? access.Expression.ToString() : _enum!.ToMinimalDisplayString(model, node.SpanStart);

    // In hexadecimal and with the suffix, where the number has them.
    private string Number(SmArchitecture target)
    {
        int value = JitTarget.ValueOf(ArchitectureName.Retarget(named, target));
        string written = place is LiteralExpressionSyntax { Token.Text: { } text } ? text : "";
        bool hexadecimal = written.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        string suffix = written.Substring(written.TrimEnd('u', 'U', 'l', 'L').Length);
        return (hexadecimal ? written.Substring(0, 2) + value.ToString("X", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture)) + suffix;
    }
}
