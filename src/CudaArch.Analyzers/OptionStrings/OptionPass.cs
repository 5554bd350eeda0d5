using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>Looks through one file for option text and judges it.</summary>
internal sealed class OptionPass(SemanticModel model, CudaCompilation cuda, CancellationToken cancellation) : FilePass(model, cuda, cancellation)
{
    private readonly OptionSurroundings _surroundings = new(model, cancellation);
    private readonly HashSet<SyntaxNode> _judged = [];
    private readonly HashSet<TextSpan> _reported = [];

    public override void Run(Action<Diagnostic> report)
    {
        foreach (ExpressionSyntax literal in Literals(OptionStringAnalyzer.MayMatter))
        {
            if (ArchitectureVariable.SettingOf(literal, Composer) is { } setting)
            {
                Judge([setting], report);
            }
            else if (Units.Around(literal) is { } unit && !_judged.Contains(unit.Root))
            {
                Judge(Alternatives(unit), report);
            }
        }

        foreach (InvocationExpressionSyntax call in Model.SyntaxTree.GetRoot(Cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (TextShapes.NameOf(call).IndexOf("FatbinAdd", StringComparison.OrdinalIgnoreCase) >= 0)
            {
                JudgeFatbinEntries(call, report);
            }
        }

        Tests.Report(report);
    }

    // The texts among which the program chooses: other entries of a table, other returns of a method.
    private IReadOnlyList<TextUnit> Alternatives(TextUnit unit)
    {
        var alternatives = new List<TextUnit> { unit };
        foreach (ExpressionSyntax other in TextSiblings.Of(unit.Root))
        {
            if (other != unit.Root && _judged.Add(other))
            {
                alternatives.Add(new TextUnit(other, Composer.Compose(other), null));
            }
        }

        return alternatives;
    }

    private void Judge(IReadOnlyList<TextUnit> alternatives, Action<Diagnostic> report)
    {
        var texts = new List<OptionText>();
        foreach (TextUnit unit in alternatives)
        {
            OptionText[] named = [.. unit.Text.ToTexts().Where(text => OptionStringAnalyzer.MayMatter(text.Text)).Select(text => OptionText.OfName(unit.Root, text) ?? OptionText.Plain(unit.Root, text)).Where(text => text.Options.Names.Count > 0 || text.Options.IsOpen)];
            if (named.Length == 0)
            {
                continue;
            }

            TextUse use = unit.Builder is not null || unit.Root is not ExpressionSyntax ? Uses.OfBuilder(unit.Root, unit.Builder) : Uses.Of(unit.Root);
            if (use.Role is TextRole.Shown or TextRole.Compared)
            {
                continue;
            }

            texts.AddRange(named.Where(text => use.Role == TextRole.Compiled || !text.Options.LooksLikeProse).Select(text => text.IsName ? text : text.For(use, _surroundings)));
        }

        // A name may be part of several texts.
        foreach (OptionFault fault in OptionFault.Of(texts, Targets, Reach, Tests).Where(fault => _reported.Add(fault.Span)))
        {
            report(fault.ToDiagnostic(Model.SyntaxTree));
        }
    }

    // An image in a fat binary is one of several: enough that one of those which a member adds runs.
    private void JudgeFatbinEntries(InvocationExpressionSyntax call, Action<Diagnostic> report)
    {
        if (call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || !_judged.Add(member))
        {
            return;
        }

        var entries = new List<OptionText>();
        foreach (InvocationExpressionSyntax added in member.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var name = CallName.Of(added, Model, Cancellation);
            if (CompilerSinks.TakesBareArchitecture(name.Method, out CompiledKind kind) && added.ArgumentList.Arguments.Count > 3)
            {
                foreach (ComposedText text in Composer.Compose(added.ArgumentList.Arguments[3].Expression).ToTexts())
                {
                    entries.Add(OptionText.OfBareName(added, text, kind));
                }
            }
        }

        foreach (OptionFault fault in OptionFault.Of(entries, Targets, Reach, Tests))
        {
            report(fault.ToDiagnostic(Model.SyntaxTree));
        }
    }
}
