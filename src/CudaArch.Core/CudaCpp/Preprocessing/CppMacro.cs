using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>A macro: an object-like one has no parameter list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The parameters; null for an object-like macro. The last one of a variadic macro stands for the rest.</param>
/// <param name="IsVariadic">Whether the last parameter takes the rest of the arguments.</param>
/// <param name="Body">The replacement.</param>
internal sealed record CppMacro(string Name, IReadOnlyList<string>? Parameters, bool IsVariadic, IReadOnlyList<CppToken> Body)
{
    /// <summary>A macro of the compiler that stands for a text.</summary>
    public static CppMacro Predefined(string name, string text)
    {
        List<CppToken> body = [.. CppLexer.Read(text).Select(token => new CppToken(token.Kind, token.Text, -1, 0, token.HasBlankBefore))];
        return new CppMacro(name, null, false, body);
    }
}
