using System.Collections.Immutable;
using System.Globalization;
using CudaArch.Features;

namespace CudaArch.Analyzers.Catalog;

/// <summary>Reads a line of a catalog: <c>selector;feature;source</c>. The format is described in <c>docs/catalog.md</c>.</summary>
internal static class SymbolLineParser
{
    private const int MaximumLength = 1000;

    private const string Versions = " versions ";

    /// <summary>Reads a line.</summary>
    /// <param name="text">The line without its end.</param>
    /// <param name="line">The line; null for an empty line, a comment or a malformed line.</param>
    /// <param name="problem">What is wrong and what to write; null when nothing is.</param>
    public static void Parse(string text, out SymbolLine? line, out (string Wrong, string Remedy)? problem)
    {
        line = null;
        problem = null;
        text = text.Trim();
        if (text.Length == 0 || text[0] == '#' || text.StartsWith("//", StringComparison.Ordinal))
        {
            return;
        }

        if (text.Length > MaximumLength)
        {
            problem = ($"a line of {text.Length} characters is ignored", $"write at most {MaximumLength}");
            return;
        }

        string[] fields = [.. text.Split([';'], 3).Select(field => field.Trim())];
        if (fields.Length < 2 || fields[1].Length == 0)
        {
            problem = ($"\"{text}\" names no feature and is ignored", "write selector;feature or selector;none, and behind another semicolon the source");
            return;
        }

        CudaFeature? feature = FeatureCatalog.Find(fields[1]);
        if (feature is null && fields[1] != "none")
        {
            problem = ($"there is no feature \"{fields[1]}\"; the line is ignored", "write one of the ids that 'cudaarch features' lists, or none");
            return;
        }

        string source = fields.Length == 3 ? fields[2] : "";
        int colon = fields[0].IndexOf(':');
        string kind = colon < 0 ? "" : fields[0].Substring(0, colon), selector = fields[0].Substring(colon + 1).Trim();
        line = selector.Length == 0 ? null : kind switch
        {
            "entry" => Native(SelectorKind.Entry, selector, ImmutableArray<ArgumentCondition>.Empty, feature, source),
            "call" => Call(selector, feature, source),
            "set" => Assignment(selector, feature, source),
            "constant" => new(SelectorKind.Constant, null, new(selector), ImmutableArray<ArgumentCondition>.Empty, feature, source),
            "T" or "M" or "P" or "F" => Documentation(fields[0], feature, source),
            _ => null,
        };
        if (line is null)
        {
            problem = ($"\"{fields[0]}\" selects nothing; the line is ignored", "write entry:name, call:name(index=values), set:Type.Member(values), constant:NAME or a documentation id such as T:Namespace.Type, with or without versions 1.0..1.4 behind it");
        }
    }

    // M:Contoso.Engine.Run versions ..1.5.1: a documentation id holds no blank.
    private static SymbolLine? Documentation(string selector, CudaFeature? feature, string source)
    {
        int word = selector.IndexOf(Versions, StringComparison.Ordinal);
        string id = word < 0 ? selector : selector.Substring(0, word).TrimEnd();
        VersionRange? versions = word < 0 ? null : VersionRange.Parse(selector.Substring(word + Versions.Length).Trim());
        return id.Contains(" ") || (word >= 0 && versions is null) ? null : new(SelectorKind.Documentation, null, new(id), ImmutableArray<ArgumentCondition>.Empty, feature, source, versions);
    }

    private static SymbolLine? Native(SelectorKind kind, string selector, ImmutableArray<ArgumentCondition> arguments, CudaFeature? feature, string source)
    {
        int mark = selector.IndexOf('!');
        string name = selector.Substring(mark + 1).Trim();

        // A pattern without any letter would select everything.
        return name.Trim('*').Length == 0 || mark == 0 ? null : new(kind, mark < 0 ? null : selector.Substring(0, mark).Trim(), new(name), arguments, feature, source);
    }

    private static SymbolLine? Call(string selector, CudaFeature? feature, string source)
    {
        int open = selector.IndexOf('(');
        if (open < 0 || selector[selector.Length - 1] != ')')
        {
            return null;
        }

        var arguments = ImmutableArray.CreateBuilder<ArgumentCondition>();
        foreach (string part in selector.Substring(open + 1, selector.Length - open - 2).Split(','))
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2 || !int.TryParse(sides[0].Trim().TrimStart('*'), NumberStyles.None, CultureInfo.InvariantCulture, out int index) || Values(sides[1]) is not { } values)
            {
                return null;
            }

            arguments.Add(new(index, values));
        }

        return Native(SelectorKind.Call, selector.Substring(0, open), arguments.ToImmutable(), feature, source);
    }

    // CUlaunchConfig.sharedMemBytes(65537..)
    private static SymbolLine? Assignment(string selector, CudaFeature? feature, string source)
    {
        int open = selector.IndexOf('('), dot = selector.IndexOf('.');
        bool isNamed = dot > 0 && open > dot + 1 && selector[selector.Length - 1] == ')';
        return isNamed && Values(selector.Substring(open + 1, selector.Length - open - 2)) is { } values
            ? new(SelectorKind.Assignment, null, new(selector.Substring(0, open).Trim()), ImmutableArray.Create(new ArgumentCondition(0, values)), feature, source)
            : null;
    }

    private static ImmutableArray<(long, long)>? Values(string text)
    {
        var ranges = ImmutableArray.CreateBuilder<(long, long)>();
        foreach (string part in text.Split('|'))
        {
            int dots = part.IndexOf("..", StringComparison.Ordinal);
            long to = long.MaxValue;
            if (!TryNumber(dots < 0 ? part : part.Substring(0, dots), out long from)
                || (dots < 0 ? !TryNumber(part, out to) : part.Substring(dots + 2).Trim().Length > 0 && !TryNumber(part.Substring(dots + 2), out to))
                || to < from)
            {
                return null;
            }

            ranges.Add((from, to));
        }

        return ranges.ToImmutable();
    }

    private static bool TryNumber(string text, out long number)
    {
        text = text.Trim();
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
