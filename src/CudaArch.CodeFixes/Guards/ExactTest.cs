using System.Globalization;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.CodeFixes.Guards;

/// <summary>
/// Writes a test that holds exactly on the devices that should pass it, in the form of the one that stands there: a comparison, an <c>is</c>, or the pattern of a
/// <c>switch</c>.
/// </summary>
internal sealed class ExactTest
{
    private readonly SemanticModel _model;
    private readonly HashSet<int> _owners;
    private readonly HashSet<int> _targets;
    private readonly bool _patterns;

    private ExactTest(HashSet<int> owners, HashSet<int> targets, SemanticModel model)
    {
        _model = model;
        _owners = owners;
        _targets = targets;
        _patterns = model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 };
    }

    /// <summary>What to write in place of a test that CUDA1005 reports; null when its form is not understood or the exact test needs what is not at hand.</summary>
    public static string? For(Diagnostic diagnostic, SyntaxNode test, SemanticModel model)
    {
        if (Numbers(diagnostic, TestReport.OwnersProperty) is not { Count: > 0 } owners || Numbers(diagnostic, TestReport.TargetsProperty) is not { } targets)
        {
            return null;
        }

        var exact = new ExactTest(owners, targets, model);
        return test switch
        {
            BinaryExpressionSyntax comparison => exact.OfComparison(comparison),
            IsPatternExpressionSyntax { Pattern: RelationalPatternSyntax relational } match => exact.OfComparison(match.Expression, relational.OperatorToken.Text, relational.Expression),
            IsPatternExpressionSyntax { Pattern: RecursivePatternSyntax pattern } match => exact.OfPattern(pattern) is { } written ? $"{match.Expression} is {written}" : null,
            PatternSyntax pattern => exact.OfPattern(pattern),
            _ => null,
        };
    }

    private static HashSet<int>? Numbers(Diagnostic diagnostic, string property) =>
        diagnostic.Properties.TryGetValue(property, out string? text) && text is not null ? [.. text.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))] : null;

    private bool Owns(SmArchitecture device) => _owners.Contains(device.Number);

    // A test of the major number alone lets a whole generation through: enough when no target at fault is one of it.
    private bool OwnsGeneration(SmArchitecture device) => _owners.Any(owner => owner / 10 == device.Major);

    private bool MayWiden => !_targets.Any(target => _owners.Any(owner => owner / 10 == target / 10));

    // major >= 10, 10 <= major, major < 10.
    private string? OfComparison(BinaryExpressionSyntax comparison)
    {
        bool isReversed = _model.GetConstantValue(comparison.Left).HasValue;
        string sign = comparison.OperatorToken.Text;
        return isReversed
            ? OfComparison(comparison.Right, sign switch { ">=" => "<=", ">" => "<", "<=" => ">=", "<" => ">", _ => "" }, comparison.Left)
            : OfComparison(comparison.Left, sign, comparison.Right);
    }

    private string? OfComparison(ExpressionSyntax asked, string sign, ExpressionSyntax bound)
    {
        if (sign is not (">=" or ">" or "<=" or "<") || ConditionFor(asked, bound) is not { } condition)
        {
            return null;
        }

        return sign is ">=" or ">" ? condition.Text : condition.Negation;
    }

    private GuardCondition? ConditionFor(ExpressionSyntax asked, ExpressionSyntax bound)
    {
        (CapabilityRole role, ITypeSymbol? type) = RoleOf(asked);
        if (role == CapabilityRole.Whole && type is { Name: "Version" })
        {
            return For(new CapabilityExpression(asked + ".Major", asked + ".Minor"));
        }

        if (role == CapabilityRole.Whole && _model.GetConstantValue(bound) is { HasValue: true, Value: int unit })
        {
            return GuardCondition.OneOf([.. Units(unit)], asked.ToString(), _patterns);
        }

        return role == CapabilityRole.Major || asked is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Major" or "major" }
            ? For(new CapabilityExpression(asked.ToString(), MinorBeside(asked)))
            : null;
    }

    private GuardCondition? For(CapabilityExpression capability) =>
        GuardCondition.For(Owns, capability, _patterns) ?? (MayWiden ? GuardCondition.For(OwnsGeneration, capability, _patterns) : null);

    // 121 or 1210.
    private IEnumerable<int> Units(int like) => _owners.OrderBy(number => number).Select(number => like >= 500 ? number * 10 : number);

    private string? MinorBeside(ExpressionSyntax major)
    {
        SimpleNameSyntax? name = major as SimpleNameSyntax ?? (major as MemberAccessExpressionSyntax)?.Name;
        string minor = name?.Identifier.ValueText.Replace("Major", "Minor").Replace("major", "minor") ?? "";
        if (name is null || minor == name.Identifier.ValueText)
        {
            return null;
        }

        ITypeSymbol? owner = major is MemberAccessExpressionSyntax access ? _model.GetTypeInfo(access.Expression).Type : null;
        bool exists = major is MemberAccessExpressionSyntax
            ? owner is not null && _model.LookupSymbols(major.SpanStart, owner, minor).Any(symbol => symbol is IFieldSymbol or IPropertySymbol)
            : _model.LookupSymbols(major.SpanStart, name: minor).Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol);
        string text = major.ToString();
        return exists ? text.Substring(0, text.Length - name.ToString().Length) + minor : null;
    }

    // >= 10 of a switch over the major number, (>= 10, _), { Major: >= 10 }.
    private string? OfPattern(PatternSyntax pattern)
    {
        switch (pattern)
        {
            case RelationalPatternSyntax { OperatorToken.Text: ">=" or ">" } relational:
                bool isWhole = _model.GetConstantValue(relational.Expression) is { HasValue: true, Value: int and >= 50 };
                return isWhole ? Either(Units((int)_model.GetConstantValue(relational.Expression).Value!)) : Generations();

            case RecursivePatternSyntax { PositionalPatternClause.Subpatterns: [{ Pattern: RelationalPatternSyntax { OperatorToken.Text: ">=" or ">" } major }, { Pattern: DiscardPatternSyntax minor }] }:
                return Write(pattern, major, minor, "");

            case RecursivePatternSyntax { PropertyPatternClause.Subpatterns: [{ NameColon.Name.Identifier.ValueText: "Major" or "major", Pattern: RelationalPatternSyntax { OperatorToken.Text: ">=" or ">" } major }] }:
                return Write(pattern, major, null, ", Minor: ");

            default:
                return null;
        }
    }

    private string? Write(PatternSyntax whole, SyntaxNode major, SyntaxNode? minor, string label)
    {
        string text = whole.ToString();
        int start = major.SpanStart - whole.SpanStart, end = (minor ?? major).Span.End - whole.SpanStart;
        string between = minor is null ? label : text.Substring(major.Span.End - whole.SpanStart, minor.SpanStart - major.Span.End);
        string? replaced = IsWholeGenerations ? Generations() + (minor is null ? "" : between + minor)
            : _owners.Count == 1 ? $"{_owners.Single() / 10}{between}{_owners.Single() % 10}"
            : Generations() is { } generations ? generations + (minor is null ? "" : between + minor) : null;
        return replaced is null ? null : text.Substring(0, start) + replaced + text.Substring(end);
    }

    private bool IsWholeGenerations => DeviceOrder.Devices.Where(OwnsGeneration).All(Owns);

    private string? Generations() => IsWholeGenerations || MayWiden ? Either(_owners.Select(owner => owner / 10).Distinct().OrderBy(major => major)) : null;

    private static string Either(IEnumerable<int> numbers) => string.Join(" or ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private (CapabilityRole Role, ITypeSymbol? Type) RoleOf(ExpressionSyntax expression) => _model.GetSymbolInfo(expression).Symbol switch
    {
        ILocalSymbol local => (CapabilityNames.OfLocal(local), local.Type),
        IParameterSymbol parameter => (CapabilityNames.OfParameter(parameter), parameter.Type),
        IFieldSymbol field => (CapabilityNames.OfMember(field, field.Type), field.Type),
        IPropertySymbol property => (CapabilityNames.OfMember(property, property.Type), property.Type),
        _ => (CapabilityRole.None, null),
    };
}
