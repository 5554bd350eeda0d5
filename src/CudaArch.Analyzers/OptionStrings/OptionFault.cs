using System.Collections.Immutable;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Architectures;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>An option text of which nothing runs on some targets, ready to be reported at the name that counts.</summary>
internal sealed class OptionFault
{
    /// <summary>The property of a diagnostic that lists the targets at fault, with semicolons.</summary>
    public const string TargetsProperty = "CudaArch.Targets";

    private readonly OptionText _text;
    private readonly ImmutableArray<SmArchitecture> _allTargets;
    private readonly CompileOutput _output;
    private readonly IReadOnlyList<CompileOutput> _outputs;
    private readonly List<SmArchitecture> _targets = [];

    private OptionFault(OptionText text, IReadOnlyList<CompileOutput> outputs, ImmutableArray<SmArchitecture> allTargets)
    {
        _text = text;
        _outputs = outputs;
        _allTargets = allTargets;

        // The last stands for a list.
        _output = outputs[outputs.Count - 1];
    }

    /// <summary>
    /// The faults of texts that are alternatives of one another: none for a target on which one of them runs, or to which none comes. Where a test lets the target through by
    /// mistake, that is the fault.
    /// </summary>
    public static IReadOnlyList<OptionFault> Of(IReadOnlyList<OptionText> alternatives, ImmutableArray<SmArchitecture> targets, TextReach reach, LetThroughTests tests)
    {
        var faults = new Dictionary<TextSpan, OptionFault>();
        foreach (SmArchitecture target in targets)
        {
            // Guards are looked at only where there is something to find.
            if (!alternatives.Any(text => text.HasForeignOutput(target)))
            {
                continue;
            }

            (OptionText Text, IReadOnlyList<CompileOutput> Outputs)[] wrong = [.. alternatives.Select(text => text.On(target, reach)).OfType<OptionText>().Select(text => (text, text.Options.FaultsOn(target)))];
            if (wrong.Any(text => text.Outputs.Count == 0))
            {
                continue;
            }

            foreach ((OptionText text, IReadOnlyList<CompileOutput> outputs) in wrong)
            {
                var fault = new OptionFault(text, outputs, targets);
                if ((!text.IsName || text.CountsBehindTest) && fault.TestBefore(target, reach) is { } test)
                {
                    tests.Add(test, target, $"'{fault.Name}', which asks for {fault.Asked}", fault.RunsOn, fault.Span);
                    continue;
                }

                if (text.IsName)
                {
                    continue;
                }

                if (!faults.TryGetValue(fault.Span, out OptionFault? known))
                {
                    faults.Add(fault.Span, known = fault);
                }

                if (!known._targets.Contains(target))
                {
                    known._targets.Add(target);
                }
            }
        }

        return [.. faults.Values];
    }

    /// <summary>Where the name that counts stands.</summary>
    public TextSpan Span => _text.Text.SourceOf(_output.Name.Start, _output.Name.Length);

    private string Name => _text.Text.Text.Substring(_output.Name.Start, _output.Name.Length);

    private string Asked => string.Join(", ", _outputs.Select(output => output.ToString()).Distinct());

    private bool RunsOn(SmArchitecture device) => _outputs.Any(output => output.RunsOn(device));

    private SyntaxNode? TestBefore(SmArchitecture target, TextReach reach) =>
        reach.TestBefore(_text.Text.Choices.Add(_text.Text.PieceAt(_output.Name.Start).Node), _text.Root, target, RunsOn);

    /// <summary>The report.</summary>
    public Diagnostic ToDiagnostic(SyntaxTree tree)
    {
        var mends = new OptionMends(_text, _allTargets, tree);
        string wanted = _output.Name.Respell(_targets[0]);
        return Mend.Attach(
            mends.For(_targets),
            Descriptors.ArchitectureOption,
            Location.Create(tree, Span),
            ImmutableDictionary<string, string?>.Empty.Add(TargetsProperty, string.Join(";", _targets.Select(target => target.RealName))),
            Name,
            Asked,
            TargetNames.Sentence(_targets),
            mends.IsList ? $"add '{wanted}'" : $"use '{wanted}'");
    }
}
