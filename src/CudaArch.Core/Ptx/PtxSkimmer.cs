using System.Text;
using CudaArch.Architectures;
using CudaArch.Features;
using static CudaArch.Ptx.PtxBytes;
using static CudaArch.Ptx.PtxSkips;

namespace CudaArch.Ptx;

/// <summary>
/// Goes through PTX text piece by piece for <see cref="PtxSkim"/>. It splits statements as <see cref="PtxReader"/> does wherever the text is written as compilers write it,
/// and gives up where it is not; opcodes are looked up, operands only passed over.
/// </summary>
internal sealed class PtxSkimmer
{
    private const int MostModifierBytes = 192, MostRegisterName = 64, MostStatementBytes = 4096, MostScalarBytes = 16;

    private static readonly CudaFeature? LargeParameters = FeatureCatalog.Find("param.large");

    private readonly HashSet<CudaFeature> _features = [];
    private readonly HashSet<PtxOpcodes.Opcode> _opcodes = [];
    private readonly List<string> _entries = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private PtxOpcodes.Opcode? _last;
    private int _header;
    private PtxVersion _version;
    private SmArchitecture _target;
    private int _depth;
    private int _parentheses;
    private bool _awaitsName;
    private Scope _scope;
    private long _parameters;
    private long _sharedOfModule;
    private long _sharedOfKernel;
    private long _mostSharedOfKernel;

    private enum Scope
    {
        Module,
        Kernel,
        Function,
    }

    /// <summary>Takes the next piece of the text.</summary>
    /// <param name="text">What was left of the last piece, and what follows it.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <returns>How many bytes are done with: the others must come again with what follows them. Negative when only a close look helps.</returns>
    public int Skim(ReadOnlySpan<byte> text, bool isEnd)
    {
        int at = 0;
        while (true)
        {
            int start = SkipBlanks(text, at, isEnd);
            if (start < 0)
            {
                return start == Incomplete && !isEnd ? at : GivesUp;
            }

            if (start == text.Length)
            {
                return start;
            }

            int end = ReadStatement(text, start);
            if (end < 0)
            {
                return end == Incomplete && !isEnd ? start : GivesUp;
            }

            at = end;
        }
    }

    /// <summary>The answer at the end of the text.</summary>
    public PtxSkim? Result(long length) => _header < 3 || _awaitsName
        ? null
        : new PtxSkim(_version, _target, _entries, _features, _sharedOfModule + Math.Max(_sharedOfKernel, _mostSharedOfKernel), length);

    private int ReadStatement(ReadOnlySpan<byte> text, int start)
    {
        switch (text[start])
        {
            case (byte)'.' when start + 1 == text.Length:
                return Incomplete;
            case (byte)'.':
                return ReadDirective(text, start);
            case (byte)'@':
                return ReadGuard(text, start);
            case (byte)'{' or (byte)'}' or (byte)';' when _awaitsName:
                return GivesUp;
            case (byte)'{':
                _depth++;
                return start + 1;
            case (byte)'}':
                return CloseBrace(start);
            case (byte)';':
                EndOfStatement();
                return start + 1;
            case (byte)'(' when _depth == 0:
                _parentheses++;
                return start + 1;
            case (byte)')' when _depth == 0:
                _parentheses--;
                return start + 1;
            case (byte)',' when _depth == 0:
                return start + 1;
            case (byte)'%' or >= (byte)'0' and <= (byte)'9':
                return GivesUp;
            default:
                return Classes[text[start]] == PtxByte.Name ? ReadWord(text, start) : GivesUp;
        }
    }

    private int CloseBrace(int start)
    {
        if (--_depth < 0)
        {
            return GivesUp;
        }

        if (_depth == 0)
        {
            EndFunction();
        }

        return start + 1;
    }

    private void EndOfStatement()
    {
        if (_depth == 0)
        {
            EndFunction();
        }
    }

    private void EndFunction()
    {
        _scope = Scope.Module;
        _mostSharedOfKernel = Math.Max(_mostSharedOfKernel, _sharedOfKernel);
        _sharedOfKernel = 0;
        _parameters = 0;
        _parentheses = 0;
    }

    // "@p", "@!%p1": the instruction behind it is a statement of its own.
    private static int ReadGuard(ReadOnlySpan<byte> text, int start)
    {
        int at = start + 1;
        at += at < text.Length && text[at] == (byte)'!' ? 1 : 0;
        int end = EndOfName(text, at);
        return end == text.Length ? Incomplete : end == at ? GivesUp : end;
    }

    private int ReadWord(ReadOnlySpan<byte> text, int start)
    {
        // Hashed on the way: see PtxOpcodes.Hash.
        int end = start;
        uint hash = 0;
        while (end < text.Length && Classes[text[end]] is PtxByte.Name or PtxByte.Dot or PtxByte.Colon or PtxByte.Percent)
        {
            hash = (hash * 31) + text[end++];
        }

        if (end == text.Length)
        {
            return Incomplete;
        }

        ReadOnlySpan<byte> word = text.Slice(start, end - start);
        int colon = word.IndexOf((byte)':');
        if (colon == word.Length - 1)
        {
            return word.IndexOf((byte)'.') < 0 && !_awaitsName ? end : GivesUp;
        }

        if (_awaitsName && _parentheses == 0)
        {
            _awaitsName = false;
            return word.IndexOf((byte)'.') < 0 && colon < 0 ? end : GivesUp;
        }

        PtxOpcodes.Opcode opcode = Find(word, hash);
        if (!opcode.IsPlain || _header < 3)
        {
            return GivesUp;
        }

        int stop = SkipOperands(text, end);
        if (stop < 0)
        {
            return stop;
        }

        EndOfStatement();
        return Take(opcode, text.Slice(start, stop - start)) ? stop : GivesUp;
    }

    private PtxOpcodes.Opcode Find(ReadOnlySpan<byte> word, uint hash) =>
        _last is { } last && word.SequenceEqual(last.Text) ? last : _last = PtxOpcodes.Find(word, hash);

    // statement: from the opcode to the semicolon.
    private bool Take(PtxOpcodes.Opcode opcode, ReadOnlySpan<byte> statement)
    {
        if (opcode.Features.Length > 0 && _opcodes.Add(opcode))
        {
            _features.UnionWith(opcode.Features);
        }

        return !opcode.DependsOnOperands || TakeStatement(statement);
    }

    private bool TakeStatement(ReadOnlySpan<byte> statement)
    {
        if (statement.Length > MostStatementBytes)
        {
            return false;
        }

        Span<char> text = stackalloc char[statement.Length];
        Widen(statement, text);
        var reader = new PtxReader(text);
        if (!reader.Read())
        {
            return false;
        }

        var found = new List<CudaFeature>();
        PtxPatterns.FindFeatures(text, reader.Statement, PtxRegisters.Unknown, found);
        _features.UnionWith(found);
        return true;
    }

    // Behind the semicolon.
    private int SkipOperands(ReadOnlySpan<byte> text, int start)
    {
        int nesting = 0;
        bool isFirst = true;
        for (int i = start; i < text.Length; i++)
        {
            switch (Classes[text[i]])
            {
                case PtxByte.Blank:
                    continue;
                case PtxByte.Name or PtxByte.Plain:
                    break;
                case PtxByte.Percent:
                    i = SkipRegister(text, i);
                    if (i < 0)
                    {
                        return i;
                    }

                    break;
                case PtxByte.Open:
                    nesting++;
                    break;
                case PtxByte.Close when nesting > 0:
                    nesting--;
                    break;
                case PtxByte.Semicolon:
                    return i + 1;
                case PtxByte.Slash:
                    int end = SkipComment(text, i);
                    if (end < 0)
                    {
                        return end;
                    }

                    i = end - 1;
                    continue;

                // A modifier behind a blank, or a label.
                case PtxByte.Dot or PtxByte.Colon when !isFirst:
                    break;
                default:
                    return GivesUp;
            }

            isFirst = false;
        }

        return Incomplete;
    }

    // At the last character of a name with a percent sign that is known: registers of compilers have a digit at once, "%r1", "%rd12"; the rest are looked up.
    private int SkipRegister(ReadOnlySpan<byte> text, int start)
    {
        if (start + 3 < text.Length && Classes[text[start + 1]] == PtxByte.Name && Classes[text[start + 2]] == PtxByte.Name
            && (IsDigit(text[start + 2]) || IsDigit(text[start + 3])))
        {
            return start + 2;
        }

        int end = EndOfName(text, start);
        if (end == text.Length)
        {
            return Incomplete;
        }

        if (end - start > MostRegisterName)
        {
            return GivesUp;
        }

        Span<char> name = stackalloc char[end - start];
        Widen(text.Slice(start, end - start), name);
        if (PtxPatterns.OfRegister(name.Slice(name.Length > 1 && name[1] == '%' ? 1 : 0)) is { } feature)
        {
            _features.Add(feature);
        }

        return end - 1;
    }

    private int ReadDirective(ReadOnlySpan<byte> text, int start)
    {
        int end = EndOfName(text, start + 1);
        if (end == text.Length)
        {
            return Incomplete;
        }

        ReadOnlySpan<byte> name = text.Slice(start + 1, end - start - 1);
        if (name.Length == 0 || text[end] == (byte)':')
        {
            return GivesUp;
        }

        if (_header < 3)
        {
            return ReadHeader(text, name, end);
        }

        if (name.SequenceEqual("loc"u8) || name.SequenceEqual("file"u8))
        {
            return SkipDebugLine(text, end);
        }

        if (name.SequenceEqual("reg"u8) || name.SequenceEqual("param"u8) || name.SequenceEqual("shared"u8) || name.SequenceEqual("global"u8) || name.SequenceEqual("const"u8)
            || name.SequenceEqual("local"u8) || name.SequenceEqual("sreg"u8) || name.SequenceEqual("tex"u8))
        {
            return ReadDeclaration(text, start);
        }

        if (name.SequenceEqual("entry"u8) || name.SequenceEqual("func"u8))
        {
            return BeginFunction(text, end, isKernel: name.Length == 5);
        }

        if (name.SequenceEqual("version"u8) || name.SequenceEqual("target"u8) || name.SequenceEqual("address_size"u8))
        {
            return GivesUp;
        }

        PtxOpcodes.Opcode directive = Find(text.Slice(start, end - start), PtxOpcodes.Hash(text.Slice(start, end - start)));
        if (!directive.IsPlain)
        {
            return GivesUp;
        }

        if (name.SequenceEqual("pragma"u8))
        {
            return ReadPragma(text, start, end);
        }

        bool hasOperands = !(name.SequenceEqual("visible"u8) || name.SequenceEqual("extern"u8) || name.SequenceEqual("weak"u8) || name.SequenceEqual("common"u8) || name.SequenceEqual("section"u8));
        int stop = hasOperands ? SkipArguments(text, end) : end;
        return stop < 0 ? stop : Take(directive, text.Slice(start, stop - start)) ? stop : GivesUp;
    }

    // ".version 9.0", ".target sm_80", ".address_size 64", in this order.
    private int ReadHeader(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, int at)
    {
        bool isNext = name.SequenceEqual(_header switch { 0 => "version"u8, 1 => "target"u8, _ => "address_size"u8 });
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        int end = at;
        while (end < text.Length && Classes[text[end]] is PtxByte.Name or PtxByte.Dot)
        {
            end++;
        }

        int line = end;
        while (line < text.Length && text[line] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            line++;
        }

        if (line == text.Length)
        {
            return Incomplete;
        }

        if (!isNext || text[line] is not ((byte)'\n' or (byte)'/') || end - at > MostRegisterName)
        {
            return GivesUp;
        }

        Span<char> value = stackalloc char[end - at];
        Widen(text.Slice(at, end - at), value);
        bool isKnown = _header switch
        {
            0 => PtxVersion.TryParse(value, out _version),
            1 => SmArchitecture.TryParse(value, out _target) && value.StartsWith("sm_".AsSpan(), StringComparison.Ordinal),
            _ => value.SequenceEqual("64".AsSpan()),
        };
        _header++;
        return isKnown ? end : GivesUp;
    }

    private int BeginFunction(ReadOnlySpan<byte> text, int at, bool isKernel)
    {
        int start = SkipBlanks(text, at, isEnd: false);
        if (start < 0)
        {
            return start;
        }

        int end = start < text.Length ? EndOfName(text, start) : start;
        if (end == text.Length)
        {
            return Incomplete;
        }

        bool isNamed = end > start;
        if (_depth > 0 || _awaitsName || (!isNamed && (isKernel || text[start] != (byte)'(')))
        {
            return GivesUp;
        }

        EndFunction();
        _scope = isKernel ? Scope.Kernel : Scope.Function;
        _awaitsName = !isNamed;
        if (isKernel && Ascii(text.Slice(start, end - start)) is var name && _names.Add(name))
        {
            _entries.Add(name);
        }

        return end;
    }

    // ".param .u64 .ptr .global .align 1 name", ".reg .b32 %r<9>;", ".shared .align 4 .b8 name[64];", ".global .b8 text[6] = {104, 101};"
    private int ReadDeclaration(ReadOnlySpan<byte> text, int start)
    {
        Span<byte> key = stackalloc byte[MostModifierBytes];
        int length = 0, at = start;
        while (true)
        {
            if (at == text.Length)
            {
                return Incomplete;
            }

            if (Classes[text[at]] == PtxByte.Blank)
            {
                at++;
            }
            else if (text[at] == (byte)'.' || IsDigit(text[at]))
            {
                bool isModifier = text[at] == (byte)'.';
                int end = EndOfName(text, at + 1);
                if (end == text.Length)
                {
                    return Incomplete;
                }

                if (length + end - at > key.Length || text[end] == (byte)':')
                {
                    return GivesUp;
                }

                if (isModifier)
                {
                    text.Slice(at, end - at).CopyTo(key.Slice(length));
                    length += end - at;
                }
                else if (!key.Slice(0, length).EndsWith(".align"u8))
                {
                    return GivesUp;
                }

                at = end;
            }
            else
            {
                break;
            }
        }

        PtxOpcodes.Opcode directive = Find(key.Slice(0, length), PtxOpcodes.Hash(key.Slice(0, length)));
        bool isParameter = key.StartsWith(".param"u8);
        if (!directive.IsPlain || Classes[text[at]] is not (PtxByte.Name or PtxByte.Percent))
        {
            return GivesUp;
        }

        int stop = isParameter && _depth == 0 ? ReadParameter(text, at) : SkipDeclared(text, at);
        if (stop < 0)
        {
            return stop;
        }

        ReadOnlySpan<byte> statement = text.Slice(start, stop - start);
        return Take(directive, statement) && (!key.StartsWith(".shared"u8) || TakeShared(statement)) ? stop : GivesUp;
    }

    // Behind the name and its dimensions, before the comma or parenthesis. An element has 16 bytes at most.
    private int ReadParameter(ReadOnlySpan<byte> text, int at)
    {
        long elements = 1;
        int i = EndOfName(text, at);
        for (; i < text.Length && (Classes[text[i]] == PtxByte.Blank || text[i] == (byte)'['); i++)
        {
            if (text[i] == (byte)'[')
            {
                long size = 0;
                for (i++; i < text.Length && IsDigit(text[i]); i++)
                {
                    size = Math.Min((size * 10) + text[i] - '0', int.MaxValue);
                }

                if (i < text.Length && text[i] != (byte)']')
                {
                    return GivesUp;
                }

                elements = Math.Min(elements * size, int.MaxValue);
            }
        }

        if (i >= text.Length)
        {
            return Incomplete;
        }

        if (text[i] is not ((byte)',' or (byte)')' or (byte)';'))
        {
            return GivesUp;
        }

        _parameters += elements * MostScalarBytes;
        if (_parameters > PtxContents.SmallParameters && _scope == Scope.Kernel && LargeParameters is { } feature)
        {
            _features.Add(feature);
        }

        return i;
    }

    // As if every kernel of the module used all that stands outside kernels; each variable with the most that its alignment can cost.
    private bool TakeShared(ReadOnlySpan<byte> statement)
    {
        if (statement.Length > MostStatementBytes)
        {
            return false;
        }

        Span<char> text = stackalloc char[statement.Length + 1];
        Widen(statement, text);
        text[statement.Length] = ';';
        var reader = new PtxReader(text);
        if (!reader.Read())
        {
            return false;
        }

        foreach (PtxVariable variable in reader.Statement.Variables)
        {
            long bytes = variable.Bytes + Math.Max(variable.Alignment - 1, 0);
            if (_scope == Scope.Kernel)
            {
                _sharedOfKernel += bytes;
            }
            else
            {
                _sharedOfModule += bytes;
            }
        }

        return true;
    }

    // ".pragma "nounroll";": what it needs depends on the string.
    private int ReadPragma(ReadOnlySpan<byte> text, int start, int at)
    {
        int length = text.Slice(at).IndexOf((byte)';');
        if (length < 0)
        {
            return Incomplete;
        }

        ReadOnlySpan<byte> argument = text.Slice(at, length);
        int first = argument.IndexOf((byte)'"'), last = argument.LastIndexOf((byte)'"');
        bool isOneString = first >= 0 && last > first && argument.Slice(first + 1, last - first - 1).IndexOfAny((byte)'"', (byte)'\n', (byte)'/') < 0
            && IsBlank(argument.Slice(0, first)) && IsBlank(argument.Slice(last + 1));
        return isOneString && IsAscii(argument) && TakeStatement(text.Slice(start, at + length + 1 - start)) ? at + length : GivesUp;
    }

    private static string Ascii(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name.ToArray());
}
