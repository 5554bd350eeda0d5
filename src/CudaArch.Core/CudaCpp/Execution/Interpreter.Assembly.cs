using System.Globalization;
using System.Text;
using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>The <c>asm</c> statements.</content>
internal sealed partial class Interpreter
{
    /// <summary>Longer texts than this are no statement that a person wrote.</summary>
    private const int LongestAssembly = 1 << 20;

    // Reads the statement at the word; gives the index behind it.
    private int ReadAssembly(int i, int end)
    {
        int at = i + 1;
        while (_unit[at].Text is "volatile" or "__volatile__" or "__volatile" or "goto" or "inline" or "__inline__")
        {
            at++;
        }

        if (!_unit.Is(at, "("))
        {
            return at;
        }

        TokenRange inner = _unit.Within(at, end);
        int behind = _unit.Behind(at, end);
        List<TokenRange> sections = Sections(inner);
        List<CppValue> operands = [];
        for (int k = 1; k < sections.Count && k < 3; k++)
        {
            foreach (TokenRange operand in _unit.SplitAtCommas(sections[k]))
            {
                operands.Add(Operand(operand));
            }
        }

        if (_live)
        {
            AddAssembly(i, sections[0], operands);
        }

        return _unit.Is(behind, ";") ? behind + 1 : behind;
    }

    // Text, outputs, inputs, what else changes; "::" separates twice.
    private List<TokenRange> Sections(TokenRange range)
    {
        List<TokenRange> sections = [];
        int start = range.Start;
        for (int i = range.Start; i < range.End; i = _unit.Behind(i, range.End))
        {
            if (_unit.Is(i, ":") || (_unit.Is(i, "::") && _unit[i - 1].Kind != CppTokenKind.Name))
            {
                sections.Add(new TokenRange(start, i));
                if (_unit.Is(i, "::"))
                {
                    sections.Add(default);
                }

                start = i + 1;
            }
        }

        sections.Add(new TokenRange(start, range.End));
        return sections;
    }

    private CppValue Operand(TokenRange operand)
    {
        int open = operand.Start;
        while (open < operand.End && !_unit.Is(open, "("))
        {
            open = _unit.Behind(open, operand.End);
        }

        return open < operand.End ? Evaluate(_unit.Within(open, operand.End)) is IntegerValue value && IsImmediate(operand) ? value : CppValue.Unknown : CppValue.Unknown;
    }

    private bool IsImmediate(TokenRange operand) => _unit[operand.Start].Kind == CppTokenKind.String && _unit[operand.Start].Text is "\"n\"" or "\"i\"";

    private void AddAssembly(int word, TokenRange text, List<CppValue> operands)
    {
        var written = new StringBuilder();
        var places = new List<int>();
        for (int i = text.Start; i < text.End && written.Length < LongestAssembly; i++)
        {
            if (_unit[i].Kind == CppTokenKind.String)
            {
                CppString.Append(_unit[i], written, places);
            }
        }

        (string ptx, List<int> ptxPlaces) = WithOperands(written.ToString(), places, operands);
        if (_muted || !_seenAssemblyTexts.Add((word, ptx)))
        {
            return;
        }

        _seenAssembly.Add(word);
        Assembly.Add(new ReachedAssembly(word, ptx, ptxPlaces));
    }

    private readonly HashSet<(int, string)> _seenAssemblyTexts = [];

    // "%%" is a percent sign; "%3" is an operand: a constant stands in the text, another one keeps its name.
    private static (string Text, List<int> Places) WithOperands(string written, List<int> places, List<CppValue> operands)
    {
        if (written.IndexOf('%') < 0)
        {
            return (written, places);
        }

        var text = new StringBuilder(written.Length);
        var kept = new List<int>(places.Count);
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] == '%' && i + 1 < written.Length)
            {
                if (written[i + 1] == '%')
                {
                    text.Append('%');
                    kept.Add(places[i]);
                    i++;
                    continue;
                }

                int digits = i + 1, number = 0;
                while (digits < written.Length && written[digits] is >= '0' and <= '9' && number < 1000)
                {
                    number = (10 * number) + (written[digits++] - '0');
                }

                if (digits > i + 1 && number < operands.Count && operands[number] is IntegerValue constant)
                {
                    string value = constant.Value.ToString(CultureInfo.InvariantCulture);
                    text.Append(value);
                    kept.AddRange(Enumerable.Repeat(places[i], value.Length));
                    i = digits - 1;
                    continue;
                }
            }

            text.Append(written[i]);
            kept.Add(places[i]);
        }

        return (text.ToString(), kept);
    }
}
