using CudaArch.Ptx;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Where in a text PTX modules stand: each begins, at the start of a line, with <c>.version</c> and its number and then <c>.target</c>.</summary>
internal static class PtxModules
{
    /// <summary>The modules of a text as start and length.</summary>
    public static IReadOnlyList<(int Start, int Length)> In(string text)
    {
        var starts = new List<int>();
        for (int at = text.IndexOf(".version", StringComparison.Ordinal); at >= 0; at = text.IndexOf(".version", at + 1, StringComparison.Ordinal))
        {
            if (StartsLine(text, at) && HasHeader(text, at))
            {
                starts.Add(at);
            }
        }

        return [.. starts.Select((start, i) => (start, (i + 1 < starts.Count ? starts[i + 1] : text.Length) - start))];
    }

    /// <summary>
    /// The text with holes for what is no name of an architecture in its target lines (<c>sm_{0}</c>, <c>@TARGET@</c>), place for place: it is filled in before the text is compiled.
    /// </summary>
    public static string WithPlaceholdersOpen(string module)
    {
        char[]? characters = null;
        for (int at = module.IndexOf(".target", StringComparison.Ordinal); at >= 0; at = module.IndexOf(".target", at + 1, StringComparison.Ordinal))
        {
            int start = at + ".target".Length;
            while (start < module.Length && module[start] is ' ' or '\t')
            {
                start++;
            }

            int end = start;
            while (end < module.Length && !char.IsWhiteSpace(module[end]) && module[end] is not (',' or ';'))
            {
                end++;
            }

            ReadOnlySpan<char> name = module.AsSpan(start, end - start);
            if (start == at + ".target".Length || end == start || name.IndexOf(PtxLexer.Hole) >= 0 || IsArchitecture(name))
            {
                continue;
            }

            characters ??= module.ToCharArray();
            string word = module.Substring(start, end - start);
            int fixedPart = word.StartsWith("sm_", StringComparison.Ordinal) ? 3 : 0;
            for (int i = start + fixedPart; i < end; i++)
            {
                characters[i] = PtxLexer.Hole;
            }

            if (fixedPart == 0)
            {
                // Whatever stands for a target, it becomes a name; that of an architecture begins with sm_.
                "sm_".AsSpan(0, Math.Min(3, end - start)).CopyTo(characters.AsSpan(start));
            }
        }

        return characters is null ? module : new string(characters);
    }

    private static bool IsArchitecture(ReadOnlySpan<char> word)
    {
        int prefix = word.StartsWith("sm_".AsSpan(), StringComparison.Ordinal) ? 3 : word.StartsWith("compute_".AsSpan(), StringComparison.Ordinal) ? 8 : 0;
        bool letters = true;
        foreach (char c in word.Slice(prefix))
        {
            letters &= char.IsLetterOrDigit(c) || c is '_' or PtxLexer.Hole;
        }

        // A name, finished or with the compiler's own holes in it.
        return letters && prefix > 0 && word.Length > prefix && (char.IsDigit(word[prefix]) || word[prefix] == PtxLexer.Hole);
    }

    private static bool StartsLine(string text, int at)
    {
        int before = at - 1;
        while (before >= 0 && text[before] is ' ' or '\t')
        {
            before--;
        }

        return before < 0 || text[before] is '\n' or '\r' or PtxLexer.Hole or '/' or '}' or '\0';
    }

    private static bool HasHeader(string text, int at)
    {
        var lexer = new PtxLexer(text.AsSpan(at));
        if (!lexer.Read(out _) || !lexer.Read(out PtxToken number))
        {
            return false;
        }

        ReadOnlySpan<char> version = text.AsSpan(at + number.Span.Start, number.Span.Length);
        if (!(version[0] is (>= '0' and <= '9') or PtxLexer.Hole or '{' or '$' or '@' or '%'))
        {
            return false;
        }

        // A placeholder may take several tokens.
        for (int i = 0; i < 6 && lexer.Read(out PtxToken token); i++)
        {
            ReadOnlySpan<char> word = text.AsSpan(at + token.Span.Start, token.Span.Length);
            if (word.SequenceEqual(".target".AsSpan()))
            {
                return true;
            }

            if (version[0] is >= '0' and <= '9')
            {
                return false;
            }
        }

        return false;
    }
}
