using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.Flow;

/// <summary>The test at which two runs of one body, on two devices, part.</summary>
internal static class PartingTest
{
    /// <summary>The nearest test before a use that goes another way on the other device; null when none does.</summary>
    /// <param name="use">What one run comes to and the other does not.</param>
    /// <param name="body">The run that comes to it.</param>
    /// <param name="other">The run that does not.</param>
    public static SyntaxNode? Before(SyntaxNode use, BodyFlow body, BodyFlow other)
    {
        SyntaxNode root = use.SyntaxTree.GetRoot();
        SyntaxNode? nearest = null;
        foreach (BodyFlow.Place place in Differing(body, other).OrderBy(place => place.Span.Start))
        {
            if (place.Span.Start < use.SpanStart && root.FindNode(place.Span, getInnermostNodeForTie: true) is { } node && node.Span == place.Span
                && WrittenTest(node) is { } test && test.Span.End <= use.SpanStart)
            {
                nearest = test;
            }
        }

        return nearest;
    }

    // The graph has the whole arm where its pattern is tested.
    private static SyntaxNode? WrittenTest(SyntaxNode node) => node switch
    {
        SwitchExpressionArmSyntax arm => arm.Pattern,
        CasePatternSwitchLabelSyntax label => label.Pattern,
        CaseSwitchLabelSyntax label => label.Value,
        _ => node,
    };

    private static IEnumerable<BodyFlow.Place> Differing(BodyFlow body, BodyFlow other)
    {
        Dictionary<BodyFlow.Place, FlowValue> others = other.Conditions.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (KeyValuePair<BodyFlow.Place, FlowValue> entry in body.Conditions)
        {
            if (entry.Value is { FromDevice: true, Truth: { } truth } && others.TryGetValue(entry.Key, out FlowValue? value) && value.Truth is { } otherTruth && truth != otherTruth)
            {
                yield return entry.Key;
            }
        }
    }
}
