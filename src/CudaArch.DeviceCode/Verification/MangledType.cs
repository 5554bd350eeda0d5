namespace CudaArch.DeviceCode.Verification;

/// <summary>A C++ type or name in text. What is declared by it stands between the two parts: <c>float (*</c> and <c>)(int)</c>.</summary>
/// <param name="Left">The text, or its part before the declared name.</param>
/// <param name="Right">The part after it; empty for most types.</param>
/// <param name="NeedsParentheses">True for a function or array, to which a pointer is written in parentheses.</param>
internal readonly record struct MangledType(string Left, string Right = "", bool NeedsParentheses = false)
{
    public int Length => Left.Length + Right.Length;

    public MangledType Decorated(string mark) =>
        NeedsParentheses ? new MangledType(Left + " (" + mark, ")" + Right) : new MangledType(Left + mark, Right);

    /// <summary>A qualifier stands behind what it qualifies: <c>float const</c>, <c>float const*</c>.</summary>
    public MangledType Qualified(string qualifiers) => new(Left + qualifiers, Right, NeedsParentheses);

    public override string ToString() => NeedsParentheses ? Left + " " + Right : Left + Right;
}
