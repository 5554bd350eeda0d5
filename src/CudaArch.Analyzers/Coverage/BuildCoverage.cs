using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Bridge;
using CudaArch.Libraries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Coverage;

/// <summary>What the build found of the project's native libraries, from the additional file <c>CudaArch.Coverage.txt</c>.</summary>
internal sealed class BuildCoverage
{
    private readonly ILookup<string, LibraryCoverage> _lines;

    private BuildCoverage(ILookup<string, LibraryCoverage> lines) => _lines = lines;

    /// <summary>Reads the file; null when the build has left none, or nothing in it is a gap.</summary>
    public static BuildCoverage? Read(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        var lines = new List<LibraryCoverage>();
        foreach (AdditionalText file in files)
        {
            if (Path.GetFileName(file.Path) != LibraryCoverage.FileName || file.GetText(cancellation) is not { } text)
            {
                continue;
            }

            foreach (TextLine line in text.Lines)
            {
                if (LibraryCoverage.TryParse(line.ToString(), out LibraryCoverage coverage))
                {
                    lines.Add(coverage);
                }
            }
        }

        return lines.All(line => line.Runs) ? null : new BuildCoverage(lines.ToLookup(line => line.Library, StringComparer.Ordinal));
    }

    /// <summary>
    /// The file of a library that does not run on a target; null when one does. A library is shipped once a host: one that runs is enough, for nothing tells on which
    /// host the code will run.
    /// </summary>
    /// <param name="library">The library as an import names it.</param>
    /// <param name="target">The target.</param>
    public LibraryCoverage? GapOf(string library, SmArchitecture target)
    {
        LibraryCoverage? gap = null;
        foreach (LibraryCoverage line in _lines[LibraryName.Logical(library)])
        {
            if (line.Target != target)
            {
                continue;
            }

            if (line.Runs)
            {
                return null;
            }

            gap = gap is { Coverage: "Partial" } ? gap : line;
        }

        return gap;
    }
}
