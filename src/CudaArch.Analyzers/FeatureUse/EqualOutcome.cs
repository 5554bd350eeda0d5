using CudaArch.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Whether a test that comes out wrongly does no harm: the program does the same as if it came out rightly.</summary>
internal static class EqualOutcome
{
    /// <summary>Compares two runs of the body around a test, in which it comes out differently.</summary>
    public static bool Is(SyntaxNode test, BodyFlow one, BodyFlow other) =>
        (!IsInFunction(test) && one.DoesAs(other))
        || (Taken(test, one) is { } taken && Taken(test, other) is { } instead && taken.SequenceEqual(instead, new SameCode()));

    private static bool IsInFunction(SyntaxNode test) =>
        test.FirstAncestorOrSelf<SyntaxNode>(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) is not MemberDeclarationSyntax;

    /// <summary>The code that is chosen by the choice around a test and those that go on from it; null when that is not one of its branches.</summary>
    private static SyntaxNode[]? Taken(SyntaxNode test, BodyFlow run)
    {
        SyntaxNode[]? taken = null;
        foreach (SyntaxNode[] branch in ChoiceAround(test))
        {
            bool?[] comes = [.. branch.Select(run.ComesInto)];
            if (comes.Contains(true))
            {
                // More than one: another test decides, too.
                if (taken is not null)
                {
                    return null;
                }

                taken = branch;
            }
            else if (!comes.Contains(false))
            {
                return null;
            }
        }

        return taken;
    }

    private static IEnumerable<SyntaxNode[]> ChoiceAround(SyntaxNode test)
    {
        for (SyntaxNode node = test; node.Parent is { } parent and not MemberDeclarationSyntax; node = parent)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax choice when choice.Condition == node:
                    return BranchesOf(Outermost(choice));
                case IfStatementSyntax choice when choice.Condition == node:
                    return BranchesOf(Outermost(choice));
                case SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } arm when arm.Expression != node:
                    return choice.Arms.Select(other => new SyntaxNode[] { other.Expression });
                case SwitchSectionSyntax { Parent: SwitchStatementSyntax choice } when node is SwitchLabelSyntax:
                    return choice.Sections.Select(section => section.Statements.ToArray<SyntaxNode>());
                case StatementSyntax:
                    return [];
            }
        }

        return [];
    }

    // a ? … : b ? … : …, and else if: one choice of several.
    private static SyntaxNode Outermost(SyntaxNode choice)
    {
        while (choice.Parent is ConditionalExpressionSyntax conditional && conditional.WhenFalse == choice || choice.Parent is ElseClauseSyntax)
        {
            choice = choice.Parent is ElseClauseSyntax { Parent: { } first } ? first : choice.Parent!;
        }

        return choice;
    }

    private static IEnumerable<SyntaxNode[]> BranchesOf(SyntaxNode choice) => choice switch
    {
        ConditionalExpressionSyntax conditional => BranchesOf(conditional.WhenFalse).Prepend([conditional.WhenTrue]),
        IfStatementSyntax { Else.Statement: { } other } conditional => BranchesOf(other).Prepend(StatementsOf(conditional.Statement)),
        IfStatementSyntax conditional => [StatementsOf(conditional.Statement)],
        StatementSyntax statement => [StatementsOf(statement)],
        _ => [[choice]],
    };

    private static SyntaxNode[] StatementsOf(StatementSyntax statement) => statement is BlockSyntax block ? [.. block.Statements] : [statement];

    private sealed class SameCode : IEqualityComparer<SyntaxNode>
    {
        public bool Equals(SyntaxNode? x, SyntaxNode? y) => x is not null && y is not null && SyntaxFactory.AreEquivalent(x, y);

        public int GetHashCode(SyntaxNode obj) => obj.RawKind;
    }
}
