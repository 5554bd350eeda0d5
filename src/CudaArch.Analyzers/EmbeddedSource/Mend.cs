using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Something to write in place of some characters of a file.</summary>
/// <param name="Place">The characters; an empty span to insert.</param>
/// <param name="Text">What to write.</param>
/// <param name="IsCode">Whether it is C# code. If not, it is the wanted value of characters within a literal.</param>
internal readonly record struct MendEdit(TextSpan Place, string Text, bool IsCode);

/// <summary>A remedy that a diagnostic carries to its code fix. The analyzer has made sure that it helps and harms no other target.</summary>
/// <param name="Key">The same for all remedies that are applied together.</param>
/// <param name="Title">What it does.</param>
/// <param name="Edits">What it writes, all in the file of the diagnostic.</param>
internal sealed record Mend(string Key, string Title, ImmutableArray<MendEdit> Edits)
{
    private const string Prefix = "CudaArch.Mend.";

    /// <summary>The remedies that a diagnostic carries, the best first.</summary>
    public static IEnumerable<Mend> Of(Diagnostic diagnostic)
    {
        for (int number = 0; diagnostic.Properties.TryGetValue(Prefix + number.ToString(CultureInfo.InvariantCulture), out string? text) && text is not null; number++)
        {
            string[] lines = text.Split('\0');
            ImmutableArray<MendEdit>.Builder edits = ImmutableArray.CreateBuilder<MendEdit>();
            for (int i = 2; i + 2 < lines.Length; i += 3)
            {
                Location place = diagnostic.AdditionalLocations[int.Parse(lines[i], CultureInfo.InvariantCulture)];
                edits.Add(new MendEdit(place.SourceSpan, lines[i + 2], lines[i + 1].Length > 0));
            }

            yield return new Mend(lines[0], lines[1], edits.ToImmutable());
        }
    }

    /// <summary>A diagnostic that carries remedies.</summary>
    public static Diagnostic Attach(
        IEnumerable<Mend> mends, DiagnosticDescriptor descriptor, Location location, ImmutableDictionary<string, string?> properties, params object[] arguments)
    {
        var places = new List<TextSpan>();
        int number = 0;
        foreach (Mend mend in mends)
        {
            var lines = new List<string> { mend.Key, mend.Title };
            foreach (MendEdit edit in mend.Edits)
            {
                int place = places.IndexOf(edit.Place);
                if (place < 0)
                {
                    place = places.Count;
                    places.Add(edit.Place);
                }

                lines.AddRange([place.ToString(CultureInfo.InvariantCulture), edit.IsCode ? "code" : "", edit.Text]);
            }

            properties = properties.Add(Prefix + number.ToString(CultureInfo.InvariantCulture), string.Join("\0", lines));
            number++;
        }

        SyntaxTree tree = location.SourceTree!;
        return Diagnostic.Create(descriptor, location, places.Select(place => Location.Create(tree, place)), properties, arguments);
    }
}
