using System.Collections.Immutable;
using CudaArch.Features;

namespace CudaArch.Analyzers.Catalog;

/// <summary>What a line of a catalog selects.</summary>
internal enum SelectorKind
{
    /// <summary>A native function, by its exported name.</summary>
    Entry,

    /// <summary>A call of a native function with certain arguments.</summary>
    Call,

    /// <summary>An enum member or constant, by the name that NVIDIA's header gives it.</summary>
    Constant,

    /// <summary>A field or property that is set to certain values, or a method whose first argument sets it, by the names of its type and its own.</summary>
    Assignment,

    /// <summary>A type or member of .NET, by its documentation id.</summary>
    Documentation,
}

/// <summary>One line of a catalog: a symbol and the feature that its use needs.</summary>
/// <param name="Kind">What is selected.</param>
/// <param name="Library">The native library without prefix, version and extension; null for any.</param>
/// <param name="Name">The name or documentation id.</param>
/// <param name="Arguments">Of a call: what the arguments must be; of an assignment: what the value must be.</param>
/// <param name="Feature">The feature; null when the line says that the symbol needs none.</param>
/// <param name="Source">Where the fact comes from.</param>
/// <param name="Versions">Of a member of .NET: the versions of the assembly that has it; null for all.</param>
internal sealed record SymbolLine(
    SelectorKind Kind, string? Library, NamePattern Name, ImmutableArray<ArgumentCondition> Arguments, CudaFeature? Feature, string Source, VersionRange? Versions = null)
{
    /// <summary>Whether the line is about native functions.</summary>
    public bool IsNative => Kind is SelectorKind.Entry or SelectorKind.Call;

    /// <summary>Whether an import is selected, as far as its names go.</summary>
    public bool Selects(string library, string entryPoint) => Name.Matches(entryPoint) && (Library is null || ImportName.Same(Library, library));
}
