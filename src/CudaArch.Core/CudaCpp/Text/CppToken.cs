namespace CudaArch.CudaCpp.Text;

/// <summary>What a token of C++ text is.</summary>
internal enum CppTokenKind : byte
{
    End,
    Name,
    Number,
    String,
    Character,
    Symbol,

    /// <summary>Stands for an empty operand of <c>##</c>.</summary>
    Nothing,
}

/// <summary>
/// A token of C++ text with the place it was written at: for a token that a macro brings, the place in the macro's definition or in the argument.
/// </summary>
internal readonly struct CppToken
{
    private readonly byte _flags;

    public CppToken(CppTokenKind kind, string text, int start, int length, bool blankBefore = false, bool startsLine = false, int[]? map = null)
        : this(kind, text, start, length, start, map, (byte)((blankBefore ? 1 : 0) | (startsLine ? 2 : 0)))
    {
    }

    private CppToken(CppTokenKind kind, string text, int start, int length, int origin, int[]? map, byte flags)
    {
        Kind = kind;
        Text = text;
        Start = start;
        Length = length;
        Origin = origin;
        Map = map;
        _flags = flags;
    }

    public CppTokenKind Kind { get; }

    /// <summary>The spelling, line continuations removed; prefix and quotes included.</summary>
    public string Text { get; }

    /// <summary>Index of its first character in the source text; -1 when it stands nowhere there.</summary>
    public int Start { get; }

    /// <summary>Characters it takes in the source text.</summary>
    public int Length { get; }

    /// <summary>Where the outermost macro that brought it is used; <see cref="Start"/> when none did.</summary>
    public int Origin { get; }

    /// <summary>Where each character of <see cref="Text"/> stands in the source, when they do not simply follow one another.</summary>
    public int[]? Map { get; }

    public bool HasBlankBefore => (_flags & 1) != 0;

    public bool StartsLine => (_flags & 2) != 0;

    /// <summary>Whether it names a macro that was being expanded when it came up, so that it is never expanded again.</summary>
    public bool IsPainted => (_flags & 4) != 0;

    public bool Is(string symbol) => Text == symbol && Kind is CppTokenKind.Symbol or CppTokenKind.Name;

    public bool IsName(string name) => Kind == CppTokenKind.Name && Text == name;

    public bool IsSymbol(string symbol) => Kind == CppTokenKind.Symbol && Text == symbol;

    /// <summary>Where a character of <see cref="Text"/> stands in the source.</summary>
    public int PlaceOf(int index) => Map is { } map ? (index < map.Length ? map[index] : Start) : Start + index;

    public CppToken Painted() => new(Kind, Text, Start, Length, Origin, Map, (byte)(_flags | 4));

    public CppToken UsedAt(int origin) => new(Kind, Text, Start, Length, origin, Map, _flags);

    public CppToken WithBlank(bool blankBefore) => new(Kind, Text, Start, Length, Origin, Map, (byte)((_flags & 4) | (blankBefore ? 1 : 0)));

    public CppToken Respelled(CppTokenKind kind, string text, int[]? map) => new(kind, text, Start, Length, Origin, map, (byte)(_flags & 1));

    public override string ToString() => Text;
}
