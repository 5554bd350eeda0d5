using System.Collections.Immutable;
using System.Text;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Architectures;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>
/// What to write in an option text so that it gives code for a target: the target's names in place of those of another architecture, or, in a list of several
/// architectures, one more entry like the last. Only what the reader of options finds right for the target, and for every target the text was right for.
/// </summary>
internal sealed class OptionMends(OptionText text, ImmutableArray<SmArchitecture> targets, SyntaxTree tree)
{
    private string Written => text.Text.Text;

    private IReadOnlyList<ArchitectureName> Names => text.Options.Names;

    /// <summary>Whether the text names several architectures, so that one is added and none replaced.</summary>
    public bool IsList => Names.Select(name => name.Architecture.Number).Distinct().Skip(1).Any();

    /// <summary>The remedies for targets, in their order.</summary>
    public IEnumerable<Mend> For(IEnumerable<SmArchitecture> faulty)
    {
        foreach (SmArchitecture target in faulty)
        {
            if ((IsList ? Addition(target) : Replacement(target)) is { } mend)
            {
                yield return mend;
            }
        }
    }

    private Mend? Replacement(SmArchitecture target)
    {
        if (Names.Count == 0 || Names.Any(name => !text.Text.IsInOneLiteral(name.Start, name.Length)) || !Helps(Respelled(0, Written.Length, target), target))
        {
            return null;
        }

        string wanted = Names[Names.Count - 1].Respell(target);
        IEnumerable<MendEdit> edits = Names.Select(name => new MendEdit(text.Text.SourceOf(name.Start, name.Length), name.Respell(target), IsCode: false)).Distinct();
        return new Mend(KeyOf(target), $"Use '{wanted}'", edits.ToImmutableArray());
    }

    private Mend? Addition(SmArchitecture target)
    {
        // The names of the last entry, and what stands between it and the entry before: ";10.0a", " -gencode arch=compute_100a,code=sm_100a".
        ArchitectureName last = Names[Names.Count - 1];
        int first = Names.Count - 1;
        while (first > 0 && Names[first - 1].Architecture.Number == last.Architecture.Number)
        {
            first--;
        }

        if (first == 0)
        {
            return null;
        }

        int start = Names[first - 1].End, end = last.End;
        string entry = Respelled(start, end, target);
        if (!Helps(Written.Substring(0, end) + entry + Written.Substring(end), target))
        {
            return null;
        }

        string title = $"Add '{last.Respell(target)}'";
        var place = new TextSpan(text.Text.SourceOf(end - 1, 1).End, 0);
        if (text.Text.IsInOneLiteral(start, end - start))
        {
            return new Mend(KeyOf(target), title, ImmutableArray.Create(new MendEdit(place, entry, IsCode: false)));
        }

        // Entries in literals of their own: the code between two of them is repeated.
        return CodeBetween(first, start, target) is { } code ? new Mend(KeyOf(target), title, ImmutableArray.Create(new MendEdit(place, code, IsCode: true))) : null;
    }

    private string? CodeBetween(int first, int start, SmArchitecture target)
    {
        TextSpan before = text.Text.SourceOf(start - 1, 1), lastName = text.Text.SourceOf(Names[Names.Count - 1].Start, Names[Names.Count - 1].Length);
        if (before.End >= lastName.Start)
        {
            return null;
        }

        SourceText source = tree.GetText();
        var code = new StringBuilder();
        int at = before.End;
        for (int i = first; i < Names.Count; i++)
        {
            TextSpan name = text.Text.SourceOf(Names[i].Start, Names[i].Length);
            if (name.Start < at || !text.Text.IsInOneLiteral(Names[i].Start, Names[i].Length))
            {
                return null;
            }

            code.Append(source.ToString(TextSpan.FromBounds(at, name.Start))).Append(Names[i].Respell(target));
            at = name.End;
        }

        string result = code.ToString();
        return result.Contains("//") || result.Contains("/*") || result.Contains("#") ? null : result;
    }

    // A part of the text with the target's names in it.
    private string Respelled(int start, int end, SmArchitecture target)
    {
        var result = new StringBuilder();
        int at = start;
        foreach (ArchitectureName name in Names.Where(name => name.Start >= start && name.End <= end))
        {
            result.Append(Written, at, name.Start - at).Append(name.Respell(target));
            at = name.End;
        }

        return result.Append(Written, at, end - at).ToString();
    }

    private bool Helps(string changed, SmArchitecture target)
    {
        CompileOptionText options = text.Read(changed);
        return options.FaultsOn(target).Count == 0 && targets.All(other => text.Options.FaultsOn(other).Count > 0 || options.FaultsOn(other).Count == 0);
    }

    private static string KeyOf(SmArchitecture target) => "CUDA1003 " + target.RealName;
}
