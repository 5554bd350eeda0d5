using CudaArch.Architectures;
using CudaArch.Ptx;
using CudaArch.Testing;

namespace CudaArch.Core.Tests.Ptx;

/// <summary>The texts of compilers and hands get the verdicts of the assembler.</summary>
public class PtxCorpusTests
{
    private static readonly string[] Devices = ["121", "120", "110", "100", "90", "89"];

    public static TheoryData<string> Files => [.. Table.Read("ptx/expected.csv").Select(row => row["file"])];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_text_gets_the_verdict_of_the_assembler(string file)
    {
        IReadOnlyDictionary<string, string> row = Table.Read("ptx/expected.csv").Single(row => row["file"] == file);
        PtxReport report = PtxAnalyzer.Analyze(Read(file), SmArchitecture.Parse("sm_121"));

        // A device takes what the assembler takes for it under any of its names; the texts without a verdict are explained in the table's notes.
        bool taken = row["asis_sm_121"] == "1" || (row["asis_sm_121a"] == "1" && !NeedsMoreSharedMemory(row));
        PtxSupport expected = taken ? PtxSupport.Runs : NeedsMoreSharedMemory(row) ? PtxSupport.NeedsDynamicSharedMemory : row["verdict"] switch
        {
            "target-line-only" => PtxSupport.TargetLineOnly,
            "needs-f" => PtxSupport.NeedsFamilySuffix,
            "needs-a" => PtxSupport.NeedsArchitectureSuffix,
            "lacks-hardware" => PtxSupport.LacksHardware,
            "other" => PtxSupport.Malformed,
            string verdict => throw new InvalidOperationException(verdict),
        };
        Assert.Equal(expected, report.Support);
        Assert.Equal(taken, report.LoadsAsWritten);
        Assert.Equal(taken, report.Findings.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_text_loads_where_the_assembler_takes_it(string file)
    {
        IReadOnlyDictionary<string, string> row = Table.Read("ptx/expected.csv").Single(row => row["file"] == file);
        string text = Read(file);
        foreach (string device in Devices)
        {
            // Only some devices were asked under their architecture-specific name as well; the others cannot judge text that needs it.
            bool plain = row["asis_sm_" + device] == "1";
            bool? specific = row.TryGetValue($"asis_sm_{device}a", out string? answer) ? answer == "1" && !NeedsMoreSharedMemory(row) : null;
            bool loads = PtxAnalyzer.Analyze(text, SmArchitecture.Parse(device)).LoadsAsWritten;
            if (specific is not null || plain || device == "89")
            {
                Assert.True((plain || specific == true) == loads, $"{file} on {device}: measured {plain || specific == true}, ours {loads}");
            }
        }
    }

    // More than 48 KB of static shared memory is taken for names ending in "a" alone; no driver is known to take it.
    private static bool NeedsMoreSharedMemory(IReadOnlyDictionary<string, string> row) => row["error_sm_121"].Contains("too much shared data", StringComparison.Ordinal);

    private static string Read(string file) => File.ReadAllText(Fixtures.PathOf("ptx/" + file));
}
