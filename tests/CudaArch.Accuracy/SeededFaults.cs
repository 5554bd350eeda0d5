using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Accuracy;

/// <summary>A fault put into a source: its kind, and where the report must stand.</summary>
internal sealed record SeededFault(string Kind, string File, int Line, string Text);

/// <summary>
/// Puts faults into sources, each of a kind that stops a program on the default target: an architecture in an option, the target or an instruction of PTX, an
/// instruction in a CUDA kernel, a JIT target, the shared memory of a launch. Every place gets one, in all strings of its kind but those that tests expect.
/// </summary>
internal static partial class SeededFaults
{
    /// <summary>The source with faults in it.</summary>
    /// <param name="tree">The source.</param>
    /// <param name="faults">Takes the faults, with the lines of the changed source.</param>
    public static SyntaxTree Seed(SyntaxTree tree, List<SeededFault> faults)
    {
        SyntaxNode root = tree.GetRoot();
        var changes = new List<(TextChange Change, string Kind, int Offset)>();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or
                SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedStringTextToken)
            {
                AddText(token, changes);
            }
            else if (token.IsKind(SyntaxKind.IdentifierToken) && JitMember().IsMatch(token.Text) && token.Parent?.Parent is MemberAccessExpressionSyntax)
            {
                changes.Add((new TextChange(token.Span, "Compute_100A"), "JIT target", 0));
            }
        }

        foreach (InvocationExpressionSyntax call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            AddCall(call, changes);
        }

        return Apply(tree, changes, faults);
    }

    /// <summary>The source with every option and PTX text behind a test that lets the target through: <c>(major >= 10 ? "…sm_100a…" : "…")</c>. The fault is the test.</summary>
    public static SyntaxTree Widen(SyntaxTree tree, List<SeededFault> faults)
    {
        SyntaxNode root = tree.GetRoot();
        var changes = new List<(TextChange Change, string Kind, int Offset)>();
        foreach (LiteralExpressionSyntax literal in root.DescendantNodes().OfType<LiteralExpressionSyntax>())
        {
            var within = new List<(TextChange Change, string Kind, int Offset)>();
            if (literal.IsKind(SyntaxKind.StringLiteralExpression) && !IsConstant(literal))
            {
                AddText(literal.Token, within);
                within.RemoveAll(change => change.Kind is not ("option" or "PTX target"));
            }

            if (within.Count > 0)
            {
                string text = literal.ToString();
                foreach ((TextChange change, _, _) in within.OrderByDescending(change => change.Change.Span.Start))
                {
                    int start = change.Span.Start - literal.SpanStart;
                    text = text[..start] + change.NewText + text[(start + change.Span.Length)..];
                }

                changes.Add((new TextChange(literal.Span, $"({Device}.ComputeCapabilityMajor >= 10 ? {text} : {literal})"), "widened guard before " + within[0].Kind, 1));
            }
        }

        return Apply(tree, changes, faults);
    }

    /// <summary>What the widened guards ask.</summary>
    public static string DeviceSource => $"static class {Device} {{ public static int ComputeCapabilityMajor => System.Environment.ProcessorCount; }}";

    private const string Device = "SeededDevice";

    private static bool IsConstant(LiteralExpressionSyntax literal) => literal.Ancestors().Any(node => node switch
    {
        AttributeSyntax or ParameterSyntax or SwitchLabelSyntax or PatternSyntax => true,
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
        LocalDeclarationStatementSyntax local => local.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    });

    // The size of dynamic shared memory: an argument of launches, and of the opt-in of kernels.
    private static void AddCall(InvocationExpressionSyntax call, List<(TextChange, string, int)> changes)
    {
        string name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        (int position, int count, bool optIn) = name switch
        {
            "cuLaunchKernel" => (7, 11, false),
            "cuFuncSetAttribute" => (2, 3, true),
            _ => (-1, 0, false),
        };
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        bool isSize = position >= 0 && arguments.Count == count && (!optIn || arguments[1].ToString() is "8" || arguments[1].ToString().Contains("MaxDynamicShared", StringComparison.OrdinalIgnoreCase));
        if (isSize)
        {
            changes.Add((new TextChange(arguments[position].Span, "232448"), "shared memory", 0));
        }
    }

    private static SyntaxTree Apply(SyntaxTree tree, List<(TextChange Change, string Kind, int Offset)> changes, List<SeededFault> faults)
    {
        if (changes.Count == 0)
        {
            return tree;
        }

        SourceText text = tree.GetText();
        var ordered = changes.OrderBy(change => change.Change.Span.Start).ToList();
        SourceText changed = text.WithChanges(ordered.Select(change => change.Change));
        int shift = 0;
        foreach ((TextChange change, string kind, int offset) in ordered)
        {
            LinePosition place = changed.Lines.GetLinePosition(change.Span.Start + shift + offset);
            faults.Add(new SeededFault(kind, tree.FilePath, place.Line + 1, changed.Lines[place.Line].ToString().Trim()));
            shift += change.NewText!.Length - change.Span.Length;
        }

        return tree.WithChangedText(changed);
    }

    private static void AddText(SyntaxToken token, List<(TextChange, string, int)> changes)
    {
        string text = token.Text;
        bool raw = token.Kind() is SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken ||
            (token.Parent?.Parent is InterpolatedStringExpressionSyntax { StringStartToken.RawKind: (int)SyntaxKind.InterpolatedMultiLineRawStringStartToken or (int)SyntaxKind.InterpolatedSingleLineRawStringStartToken });
        bool verbatim = text.StartsWith('@') || (token.Parent?.Parent is InterpolatedStringExpressionSyntax parent && parent.StringStartToken.Text.Contains('@'));
        foreach (Match option in Option().Matches(text))
        {
            Group name = option.Groups["name"];
            if (name.Length > 0)
            {
                changes.Add((new TextChange(new TextSpan(token.SpanStart + name.Index, name.Length), "100a"), "option", 0));
            }
            else if (option.Index + option.Length == text.Length && NextInterpolations(token) is { } holes)
            {
                changes.Add((new TextChange(holes, "100a"), "option", 0));
            }
        }

        if (text.Contains(".version", StringComparison.Ordinal) && PtxTarget().Match(text) is { Success: true } target)
        {
            // One of the two, so that each is found for itself.
            Match body = PtxBody().Match(text, target.Index);
            if (body.Success && token.SpanStart % 2 == 0)
            {
                const string Instruction = " tcgen05.fence::before_thread_sync; ";
                changes.Add((new TextChange(new TextSpan(token.SpanStart + body.Index + body.Length, 0), Instruction), "PTX instruction", 1));
            }
            else
            {
                Group name = target.Groups["name"];
                changes.Add((new TextChange(new TextSpan(token.SpanStart + name.Index, name.Length), "sm_100a"), "PTX target", 0));
            }
        }

        if (KernelBody().Match(text) is { Success: true } kernel)
        {
            string quote = raw ? "\"" : verbatim ? "\"\"" : "\\\"";
            string statement = $" asm volatile({quote}tcgen05.wait::ld.sync.aligned;{quote}); ";
            changes.Add((new TextChange(new TextSpan(token.SpanStart + kernel.Index + kernel.Length, 0), statement), "CUDA C++ instruction", 15 + quote.Length));
        }
    }

    // The interpolations behind a text, up to the next text: {major}{minor}.
    private static TextSpan? NextInterpolations(SyntaxToken token)
    {
        if (token.Parent?.Parent is not InterpolatedStringExpressionSyntax parent)
        {
            return null;
        }

        int index = parent.Contents.IndexOf((InterpolatedStringContentSyntax)token.Parent) + 1;
        int first = index;
        while (index < parent.Contents.Count && parent.Contents[index] is InterpolationSyntax)
        {
            index++;
        }

        return index == first ? null : TextSpan.FromBounds(parent.Contents[first].SpanStart, parent.Contents[index - 1].Span.End);
    }

    [GeneratedRegex(@"(--gpu-architecture|-arch|--gpu-code|-code|code)=(\\?"")?(sm_|compute_)(?<name>[0-9]{2,3}[af]?)?(?![0-9A-Za-z])")]
    private static partial Regex Option();

    [GeneratedRegex(@"\.target\s+(?<name>(sm_|compute_)[0-9]{2,3}[af]?)\b")]
    private static partial Regex PtxTarget();

    [GeneratedRegex(@"\.entry\s[^{]*\)\s*(\\r|\\n|\s)*\{{1,2}")]
    private static partial Regex PtxBody();

    [GeneratedRegex(@"__global__\s[^;{}]*\)\s*(\\r|\\n|\s)*\{{1,2}")]
    private static partial Regex KernelBody();

    [GeneratedRegex("^(Compute|CU_TARGET_COMPUTE)_[0-9]{2,3}A?$")]
    private static partial Regex JitMember();
}
