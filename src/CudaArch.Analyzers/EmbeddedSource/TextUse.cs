using CudaArch.CompileOptions;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>What becomes of a text.</summary>
internal enum TextRole
{
    /// <summary>Stored, returned, handed to other code: it may reach a compiler.</summary>
    Free,

    /// <summary>Handed to a compiler or a loader.</summary>
    Compiled,

    /// <summary>Only shown: logged, or the message of an exception.</summary>
    Shown,

    /// <summary>Only compared, searched, replaced, or expected by a test.</summary>
    Compared,
}

/// <summary>What becomes of a text, and which compiler gets it.</summary>
internal readonly record struct TextUse(TextRole Role, CompilerKind Compiler = CompilerKind.Unknown, string Method = "", string Type = "")
{
    public static TextUse Free { get; } = new(TextRole.Free);

    public static TextUse Shown { get; } = new(TextRole.Shown);

    public static TextUse Compared { get; } = new(TextRole.Compared);

    /// <summary>The use that says more for a report.</summary>
    public static TextUse Strongest(TextUse left, TextUse right) =>
        Rank(left.Role) >= Rank(right.Role) ? left : right;

    private static int Rank(TextRole role) => role switch
    {
        TextRole.Compiled => 3,
        TextRole.Free => 2,
        TextRole.Shown => 1,
        _ => 0,
    };
}
