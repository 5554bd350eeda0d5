namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>A branch of an <c>#if</c> … <c>#endif</c>.</summary>
internal sealed class ConditionalGroup
{
    /// <summary>The number of the whole, in the order of its <c>#if</c>.</summary>
    public required int Chain { get; init; }

    /// <summary>Which branch of the whole, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Whether it is compiled.</summary>
    public required bool IsTaken { get; init; }

    /// <summary>Index of its first character in the text.</summary>
    public required int Start { get; init; }

    /// <summary>Index behind its last one.</summary>
    public int End { get; set; }

    /// <summary>Whether it has a token.</summary>
    public bool HasCode { get; set; }
}
