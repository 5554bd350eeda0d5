using System.Collections.Immutable;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

/// <summary>The sources of the corpus in literals of every kind: what the compiler takes is quiet, what it refuses is reported at the character that decides.</summary>
public class CudaCppCorpusTests
{
    private static readonly MetadataReference Framework = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

    public static TheoryData<string> Files => [.. Directory.GetFiles(Fixtures.PathOf("cuda-cpp"), "*.cu").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Reports_stand_where_the_compiler_says(string file)
    {
        string text = await File.ReadAllTextAsync(Fixtures.PathOf("cuda-cpp/" + file));
        (int Line, int Column)[] offenders = Offenders(file, out (int Line, int Column)? deciding);
        int[] allowed = [.. offenders.Select(place => IndexOf(text, place))];
        foreach ((string code, Func<int, int> placeOf) in new[] { Regular(text), Verbatim(text), Raw(text) })
        {
            ImmutableArray<Diagnostic> found = await Run(code);
            int[] starts = [.. found.Select(diagnostic => diagnostic.Location.SourceSpan.Start).Order()];
            if (deciding is { } place)
            {
                Assert.Equal(placeOf(IndexOf(text, place)), starts.FirstOrDefault(-1));
                Assert.All(starts, start => Assert.Contains(start, allowed.Select(placeOf)));
            }
            else
            {
                Assert.Empty(found);
            }
        }
    }

    private static (int, int)[] Offenders(string file, out (int, int)? deciding)
    {
        string row = File.ReadLines(Fixtures.PathOf("cuda-cpp/expected.csv")).Single(line => line.StartsWith(file + ",", StringComparison.Ordinal));
        string[] fields = row.Split(',');
        deciding = fields[19].Length == 0 ? null : (int.Parse(fields[19]), int.Parse(fields[20]));
        return [.. row.Split(',')[23].Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(offender => offender.Split(':')).Select(parts => (int.Parse(parts[0]), int.Parse(parts[1])))];
    }

    private static int IndexOf(string text, (int Line, int Column) place) =>
        text.Split('\n').Take(place.Line - 1).Sum(line => line.Length + 1) + place.Column - 1;

    private static (string, Func<int, int>) Regular(string text)
    {
        const string Head = "class C { void M() => Nvrtc.Compile(\"";
        int[] places = new int[text.Length];
        var code = new System.Text.StringBuilder(Head);
        for (int i = 0; i < text.Length; i++)
        {
            places[i] = code.Length;
            code.Append(text[i] switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", char c => c.ToString() });
        }

        return (code.Append("\"); } static class Nvrtc { public static void Compile(string source) { } }").ToString(), index => places[index]);
    }

    private static (string, Func<int, int>) Verbatim(string text)
    {
        const string Head = "class C { const string Source = @\"";
        return (Head + text.Replace("\"", "\"\"") + "\"; }", index => Head.Length + index + text[..index].Count(c => c == '"'));
    }

    private static (string, Func<int, int>) Raw(string text)
    {
        const string Head = "class C { static readonly string Source = \"\"\"\"\n";
        return (Head + text + "\n\"\"\"\"; string Get() => Source; }", index => Head.Length + index);
    }

    private static async Task<ImmutableArray<Diagnostic>> Run(string code)
    {
        var compilation = CSharpCompilation.Create("corpus", [CSharpSyntaxTree.ParseText(code, TestSetup.Parse)], [Framework], TestSetup.Compile(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new CudaCppLiteralAnalyzer()];
        return await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync();
    }
}
