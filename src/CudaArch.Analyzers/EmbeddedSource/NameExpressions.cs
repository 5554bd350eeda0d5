using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>
/// The kernels that a file names for NVRTC (<c>nvrtcAddNameExpression(program, "scale&lt;float&gt;")</c>): a template is compiled for the arguments in the name, as if the text
/// ended with an explicit instantiation.
/// </summary>
internal sealed class NameExpressions
{
    private const string Call = "AddNameExpression";
    private const int MostNames = 32;
    private const int LongestName = 200;

    private static readonly Regex Form = new(@"^\s*&?\s*(?:\w+::)*(?<name>[A-Za-z_]\w*)\s*<[^;{}""']*>\s*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly Lazy<(string Kernel, string Written)[]> _names;

    public NameExpressions(SemanticModel model, CancellationToken cancellation) => _names = new(() => [.. Find(model.SyntaxTree.GetRoot(cancellation)).Distinct().Take(MostNames)]);

    /// <summary>A text with the instantiations that the names ask for behind it.</summary>
    public string With(string text)
    {
        if (text.IndexOf("template", StringComparison.Ordinal) < 0)
        {
            return text;
        }

        StringBuilder? all = null;
        foreach ((string kernel, string written) in _names.Value)
        {
            if (text.IndexOf(kernel, StringComparison.Ordinal) >= 0)
            {
                (all ??= new StringBuilder(text)).Append("\ntemplate __global__ void ").Append(written).Append("();");
            }
        }

        return all?.ToString() ?? text;
    }

    // The names may come from a table: every literal of the form counts, where the file has such a call.
    private static IEnumerable<(string, string)> Find(SyntaxNode root)
    {
        if (!root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => TextShapes.NameOf(call).IndexOf(Call, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            yield break;
        }

        foreach (LiteralExpressionSyntax literal in root.DescendantNodes().OfType<LiteralExpressionSyntax>())
        {
            if (literal.Token.Value is string { Length: > 2 and <= LongestName } value && value.IndexOf('<') > 0 && Form.Match(value) is { Success: true } match)
            {
                string kernel = match.Groups["name"].Value;
                yield return (kernel, value.Trim().TrimStart('&', ' '));
            }
        }
    }
}
