using static CudaArch.CompileOptions.OptionSpellings;

namespace CudaArch.CompileOptions;

/// <summary>Finds the options of <see cref="OptionSpellings"/> in a text and the names that follow them. One pass, no back-tracking.</summary>
internal sealed class OptionScanner
{
    private readonly string _text;
    private readonly List<ArchitectureName> _names = [];
    private int _firstOption = -1;

    private OptionScanner(string text) => _text = text;

    /// <summary>Values of <c>-arch</c> and its like.</summary>
    public List<ArchitectureName> Architectures { get; } = [];

    /// <summary>Values of <c>--gpu-code</c>.</summary>
    public List<ArchitectureName> Codes { get; } = [];

    /// <summary>The <c>arch=</c> and <c>code=</c> parts of each <c>-gencode</c>.</summary>
    public List<(ArchitectureName? Stage, List<ArchitectureName> Codes)> Generated { get; } = [];

    /// <summary>What the lists of variables ask for.</summary>
    public List<CompileOutput> Listed { get; } = [];

    public IReadOnlyList<ArchitectureName> Names => _names;

    public bool IsOpen { get; private set; }

    public CompilerKind Compiler { get; private set; }

    public bool PtxOnly { get; private set; }

    public bool CubinOnly { get; private set; }

    public bool LinkTimeOptimization { get; private set; }

    public bool LooksLikeProse { get; private set; }

    public static OptionScanner Scan(string text)
    {
        var scanner = new OptionScanner(text);
        scanner.Run();
        return scanner;
    }

    public static OptionScanner OfBareName(string text, CompiledKind kind)
    {
        var scanner = new OptionScanner(text);
        if (ArchitectureName.TryRead(text, 0, bare: true, out ArchitectureName name) && name.Length == text.Length)
        {
            scanner._names.Add(name);
            scanner.Listed.Add(new CompileOutput(kind, name));
        }
        else
        {
            scanner.IsOpen = true;
        }

        return scanner;
    }

    private void Run()
    {
        int i = 0;
        while (i < _text.Length)
        {
            if (IsWordStart(i) && (TryOption(ref i) || TryClause(ref i) || TryVariable(ref i)))
            {
                continue;
            }

            i = IsWordStart(i) ? ReadWord(i) : i + 1;
        }

        LooksLikeProse = _firstOption > 0 && Compiler == CompilerKind.Unknown && StartsAsSentence();
    }

    private bool TryOption(ref int i)
    {
        if (_text[i] != '-')
        {
            return false;
        }

        foreach ((string option, Meaning meaning) in Options)
        {
            if (!StartsWith(i, option) || !EndsName(i + option.Length))
            {
                continue;
            }

            int start = i;
            i = SkipToValue(i + option.Length);
            int before = _names.Count;
            bool open = IsOpen;
            switch (meaning)
            {
                case Meaning.GenerateCode:
                    if (!TryClause(ref i))
                    {
                        IsOpen |= IsUnknownUntilRun(i);
                    }

                    MarkCompiler(CompilerKind.Nvcc);
                    break;
                case Meaning.Code:
                    ReadNames(ref i, Codes);
                    break;
                default:
                    ReadNames(ref i, Architectures);
                    break;
            }

            if (_firstOption < 0 && (_names.Count > before || IsOpen != open))
            {
                _firstOption = start;
            }

            return true;
        }

        return false;
    }

    // arch=compute_90a,code=[sm_90a,compute_90a], with -gencode before it or without.
    private bool TryClause(ref int i)
    {
        int start = i;
        if (!StartsWith(i, "arch="))
        {
            return false;
        }

        int at = i + "arch=".Length;
        var stage = new List<ArchitectureName>();
        var codes = new List<ArchitectureName>();
        bool wasOpen = IsOpen;
        if (!ReadName(ref at, stage) && IsOpen == wasOpen)
        {
            return false;
        }

        at = SkipAll(at, c => c is ',' or '"' or '\'' or '\\' or ' ');
        if (StartsWith(at, "code="))
        {
            at += "code=".Length;
            ReadNames(ref at, codes);
        }

        Generated.Add((stage.Count > 0 ? stage[0] : null, codes));
        MarkCompiler(CompilerKind.Nvcc);
        if (_firstOption < 0)
        {
            _firstOption = start;
        }

        i = at;
        return true;
    }

    private bool TryVariable(ref int i)
    {
        int at = StartsWith(i, "-D") ? i + 2 : i;
        foreach ((string variable, ListRule rule) in Variables)
        {
            if (!StartsWith(at, variable))
            {
                continue;
            }

            int start = i;
            at += variable.Length;
            at = StartsWith(at, ":STRING") ? at + ":STRING".Length : at;
            at = SkipAll(at, c => c is '"' or '\'' or '\\' or ']' or ')' or ' ');
            if (at >= _text.Length || _text[at] != '=')
            {
                i = at;
                return true;
            }

            i = SkipAll(at, c => c is '=' or '"' or '\'' or '\\' or ' ');
            ReadList(ref i, rule);
            if (_firstOption < 0)
            {
                _firstOption = start;
            }

            return true;
        }

        return false;
    }

    private void ReadList(ref int i, ListRule rule)
    {
        while (i < _text.Length)
        {
            if (!ArchitectureName.TryRead(_text, i, bare: true, out ArchitectureName name))
            {
                IsOpen |= !StartsWith(i, "OFF") && i < _text.Length && !char.IsWhiteSpace(_text[i]) && _text[i] is not ('"' or '\'' or '-');
                return;
            }

            _names.Add(name);
            i = name.End;
            bool real = true, ptx = rule == ListRule.CMake;
            if (StartsWith(i, "-real"))
            {
                i += "-real".Length;
                ptx = false;
            }
            else if (StartsWith(i, "-virtual"))
            {
                i += "-virtual".Length;
                real = false;
            }
            else if (StartsWith(i, "+PTX"))
            {
                i += "+PTX".Length;
                ptx = true;
            }

            if (real)
            {
                Listed.Add(new CompileOutput(CompiledKind.Cubin, name));
            }

            if (ptx)
            {
                Listed.Add(new CompileOutput(CompiledKind.Ptx, name));
            }

            int next = SkipAll(i, c => c is ';' or ',' or ' ' or '\\');
            if (next == i || next >= _text.Length || !(char.IsDigit(_text[next]) || _text[next] == CompileOptionText.Hole))
            {
                return;
            }

            i = next;
        }
    }

    // One name, or several with commas between them, in brackets or quotes or not.
    private void ReadNames(ref int i, List<ArchitectureName> into)
    {
        i = SkipAll(i, c => c is '[' or '"' or '\'' or '\\' or '(' or ' ');
        while (ReadName(ref i, into))
        {
            int next = SkipAll(i, c => c is ',' or '"' or '\'' or '\\');
            if (next == i || _text.IndexOf(',', i, next - i) < 0)
            {
                return;
            }

            next = SkipAll(next, c => c == ' ');
            i = next;
        }
    }

    private bool ReadName(ref int i, List<ArchitectureName> into)
    {
        if (ArchitectureName.TryRead(_text, i, bare: false, out ArchitectureName name))
        {
            into.Add(name);
            _names.Add(name);
            i = name.End;
            return true;
        }

        foreach (string word in Everything)
        {
            if (StartsWith(i, word) && EndsName(i + word.Length))
            {
                IsOpen = true;
                i += word.Length;
                return true;
            }
        }

        IsOpen |= IsUnknownUntilRun(i);
        return false;
    }

    // sm_{0}, compute_$(Arch), %ARCH%, or a hole: known only at run time.
    private bool IsUnknownUntilRun(int i)
    {
        for (; i < _text.Length && !char.IsWhiteSpace(_text[i]) && _text[i] is not ('"' or '\'' or ',' or ';'); i++)
        {
            if (_text[i] is CompileOptionText.Hole or '{' or '$' or '%' or '<')
            {
                return true;
            }
        }

        return false;
    }

    // A word that is no option of the table: it may name the compiler or say what is wanted of it.
    private int ReadWord(int i)
    {
        int end = i;
        while (end < _text.Length && !IsSeparator(_text[end]))
        {
            end++;
        }

        ReadOnlySpan<char> word = _text.AsSpan(i, end - i);
        MarkCompiler(ProgramOf(word));
        if (word.Equals("-ptx".AsSpan(), StringComparison.Ordinal) || word.Equals("--ptx".AsSpan(), StringComparison.Ordinal))
        {
            PtxOnly = true;
        }
        else if (word.Equals("-cubin".AsSpan(), StringComparison.Ordinal) || word.Equals("--cubin".AsSpan(), StringComparison.Ordinal))
        {
            CubinOnly = true;
        }
        else if (word.Equals("-dlto".AsSpan(), StringComparison.Ordinal) || word.Equals("--dlink-time-opt".AsSpan(), StringComparison.Ordinal))
        {
            LinkTimeOptimization = true;
        }
        else if (word.EndsWith(".cu".AsSpan(), StringComparison.Ordinal) || word.Equals("-fatbin".AsSpan(), StringComparison.Ordinal) ||
                 word.Equals("--fatbin".AsSpan(), StringComparison.Ordinal))
        {
            MarkCompiler(CompilerKind.Nvcc);
        }

        return Math.Max(end, i + 1);
    }

    private void MarkCompiler(CompilerKind kind)
    {
        if (Compiler == CompilerKind.Unknown)
        {
            Compiler = kind;
        }
    }

    private bool StartsAsSentence()
    {
        int first = SkipAll(0, char.IsWhiteSpace);
        int end = first;
        while (end < _text.Length && char.IsLetter(_text[end]))
        {
            end++;
        }

        // An ordinary word, and not the first half of a path, an assignment or a file name.
        bool isDrive = end == first + 1 && end + 1 < _text.Length && _text[end] == ':' && _text[end + 1] is '\\' or '/';
        return end > first && end < _text.Length && !isDrive && _text[end] is ' ' or ',' or ':' && end < _firstOption;
    }

    private int SkipToValue(int i) => SkipAll(i, c => c is '=' or ' ' or '\t' or '\r' or '\n' or '"' or '\'' or ',' or '\\');

    private int SkipAll(int i, Func<char, bool> skipped)
    {
        while (i < _text.Length && skipped(_text[i]))
        {
            i++;
        }

        return i;
    }

    private bool StartsWith(int i, string word) => string.CompareOrdinal(_text, i, word, 0, word.Length) == 0;

    private bool EndsName(int i) => i >= _text.Length || !(char.IsLetterOrDigit(_text[i]) || _text[i] is '_' or '-' or '.');

    private bool IsWordStart(int i) => i == 0 || IsSeparator(_text[i - 1]);

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c is '"' or '\'' or '`' or '=' or ',' or ';' or '(' or '[' or '{' or '>' or ':' or '|' or '&' or CompileOptionText.Hole;
}
