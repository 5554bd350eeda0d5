namespace CudaArch.Ptx;

/// <summary>What a token of PTX text is.</summary>
public enum PtxTokenKind
{
    /// <summary>A name: mnemonic, register, label, symbol (<c>mov</c>, <c>%r1</c>, <c>$L__BB0_1</c>).</summary>
    Word,

    /// <summary>A dot and a name: directive, modifier or type (<c>.version</c>, <c>.shared::cluster</c>, <c>.32x32b</c>).</summary>
    Modifier,

    /// <summary>A number, also hexadecimal or with a point.</summary>
    Number,

    /// <summary>A quoted string with its quotes.</summary>
    String,

    /// <summary>Any other character.</summary>
    Symbol,
}

/// <summary>A token of PTX text; blanks and comments are none.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
public readonly record struct PtxToken(PtxTokenKind Kind, PtxSpan Span);
