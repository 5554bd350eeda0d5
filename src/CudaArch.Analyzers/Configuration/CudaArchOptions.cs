using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Configuration;

/// <summary>
/// What the user builds for: <c>cudaarch_targets</c> of an <c>.editorconfig</c> (which may differ from folder to folder) before the MSBuild property
/// <c>CudaArchTargets</c> before the default.
/// </summary>
internal sealed class CudaArchOptions
{
    /// <summary>The key in an <c>.editorconfig</c> or <c>.globalconfig</c>.</summary>
    public const string EditorConfigKey = "cudaarch_targets";

    /// <summary>The MSBuild property as the compiler sees it.</summary>
    public const string PropertyKey = "build_property.CudaArchTargets";

    /// <summary>
    /// The same property with commas. The file through which MSBuild hands properties to the compiler takes a semicolon for the start of a comment, so the
    /// build files of the package also pass the list in this form.
    /// </summary>
    public const string CommaSeparatedPropertyKey = "build_property.CudaArchTargetList";

    /// <summary>The key of library versions in an <c>.editorconfig</c> or <c>.globalconfig</c>.</summary>
    public const string LibrariesEditorConfigKey = "cudaarch_library_versions";

    /// <summary>The MSBuild property of library versions as the compiler sees it.</summary>
    public const string LibrariesPropertyKey = "build_property.CudaArchLibraryVersions";

    /// <summary>The same property with commas.</summary>
    public const string CommaSeparatedLibrariesKey = "build_property.CudaArchLibraryVersionList";

    private readonly AnalyzerConfigOptionsProvider _provider;
    private readonly TargetList _buildTargets;
    private readonly LibraryVersionList _buildLibraries;

    private readonly ImmutableArray<SmArchitecture> _buildArray;

    // Written racily: every reader computes the same value for the same text.
    private ImmutableDictionary<string, ImmutableArray<SmArchitecture>> _lists = ImmutableDictionary<string, ImmutableArray<SmArchitecture>>.Empty;

    private CudaArchOptions(AnalyzerConfigOptionsProvider provider)
    {
        _provider = provider;
        _buildTargets = TargetList.Parse(BuildText(provider.GlobalOptions, CommaSeparatedPropertyKey, PropertyKey));
        _buildArray = _buildTargets.Targets.ToImmutableArray();
        _buildLibraries = LibraryVersionList.Parse(BuildText(provider.GlobalOptions, CommaSeparatedLibrariesKey, LibrariesPropertyKey));
    }

    /// <summary>Reads the options of a compilation.</summary>
    public static CudaArchOptions Read(AnalyzerConfigOptionsProvider provider) => new(provider);

    /// <summary>The targets of the code in a file; never empty.</summary>
    public ImmutableArray<SmArchitecture> TargetsFor(SyntaxTree tree)
    {
        if (!TryGetEditorConfig(tree, out string? value))
        {
            return _buildArray;
        }

        if (!_lists.TryGetValue(value, out ImmutableArray<SmArchitecture> list))
        {
            list = TargetList.Parse(value).Targets.ToImmutableArray();
            _lists = _lists.SetItem(value, list);
        }

        return list;
    }

    /// <summary>The versions of libraries that the user says the code in a file meets: <c>cudaarch_library_versions</c> before the property.</summary>
    public LibraryVersionList LibrariesFor(SyntaxTree tree) =>
        _provider.GetOptions(tree).TryGetValue(LibrariesEditorConfigKey, out string? value) && !string.IsNullOrWhiteSpace(value) ? LibraryVersionList.Parse(value) : _buildLibraries;

    /// <summary>What was written that is no library with a version, each text once, with the option that holds it.</summary>
    public IEnumerable<(string Option, string Text)> UnknownLibraries(IEnumerable<SyntaxTree> trees)
    {
        foreach (string text in _buildLibraries.Unknown)
        {
            yield return ("CudaArchLibraryVersions", text);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in trees)
        {
            if (_provider.GetOptions(tree).TryGetValue(LibrariesEditorConfigKey, out string? value) && seen.Add(value))
            {
                foreach (string text in LibraryVersionList.Parse(value).Unknown)
                {
                    yield return (LibrariesEditorConfigKey, text);
                }
            }
        }
    }

    /// <summary>What was written that is not a target, each text once, with the option that holds it.</summary>
    public IEnumerable<(string Option, string Text)> UnknownTargets(IEnumerable<SyntaxTree> trees)
    {
        foreach (string text in _buildTargets.Unknown)
        {
            yield return ("CudaArchTargets", text);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in trees)
        {
            if (TryGetEditorConfig(tree, out string? value) && seen.Add(value))
            {
                foreach (string text in TargetList.Parse(value).Unknown)
                {
                    yield return (EditorConfigKey, text);
                }
            }
        }
    }

    private bool TryGetEditorConfig(SyntaxTree tree, [NotNullWhen(true)] out string? value) =>
        _provider.GetOptions(tree).TryGetValue(EditorConfigKey, out value) && !string.IsNullOrWhiteSpace(value);

    private static string? BuildText(AnalyzerConfigOptions options, string commaSeparated, string plain)
    {
        if (options.TryGetValue(commaSeparated, out string? text) && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        return options.TryGetValue(plain, out text) && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
