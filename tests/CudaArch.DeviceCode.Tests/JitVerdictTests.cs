using CudaArch.Architectures;
using CudaArch.DeviceCode.Tests.Building;
using CudaArch.Ptx;
using CudaArch.Testing;

namespace CudaArch.DeviceCode.Tests;

/// <summary>"By JIT" is said of the texts that the assembler takes and of no other, as loose files and in fatbins.</summary>
public class JitVerdictTests
{
    private static readonly SmArchitecture Spark = new(12, 1);

    private static readonly Dictionary<string, string[]> Expected = File.ReadLines(Fixtures.PathOf("ptx/expected.csv")).Skip(1)
        .Select(line => line.Split(',')).ToDictionary(fields => fields[0]);

    public static TheoryData<string> Texts => [.. Expected.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_loose_text_runs_where_the_assembler_takes_it(string name)
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Fixtures.PathOf("ptx/" + name));
        CoverageReport report = CoverageReport.For(file, Spark);
        Assert.Equal(IsTaken(name) ? FileCoverage.JitFallback : FileCoverage.None, report.FileCoverage);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_in_a_fatbin_runs_where_the_assembler_takes_it(string name)
    {
        byte[] text = File.ReadAllBytes(Fixtures.PathOf("ptx/" + name));
        using DeviceCodeFile file = DeviceCodeReader.Open(Fatbin(text), name + ".fatbin");
        CoverageReport report = CoverageReport.For(file, Spark);
        Assert.Equal(IsTaken(name) ? FileCoverage.JitFallback : FileCoverage.None, report.FileCoverage);
        foreach (PtxRefusal refusal in report.Refusals)
        {
            Assert.Equal(FileCoverage.None, report.FileCoverage);
            Assert.NotEmpty(refusal.Faults);
            Assert.Same(file.Modules[0], refusal.Module);
        }
    }

    [Fact]
    public void A_text_that_is_newer_than_the_driver_does_not_run()
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Fixtures.PathOf("native/jit_80.so"));
        Assert.Equal(FileCoverage.JitFallback, CoverageReport.For(file, Spark).FileCoverage);
        PtxVersion version = PtxVersion.Parse(file.Modules.SelectMany(module => module.Images).First(image => image.Kind == ImageKind.Ptx).CodeVersion);
        Assert.Equal(FileCoverage.JitFallback, CoverageReport.For(file, Spark, new CoverageOptions { DriverVersion = version }).FileCoverage);

        CoverageReport older = CoverageReport.For(file, Spark, new CoverageOptions { DriverVersion = new PtxVersion(version.Major, version.Minor - 1) });
        Assert.Equal(FileCoverage.None, older.FileCoverage);
        Assert.Contains(older.Refusals, refusal => refusal.Faults.Any(fault => fault.Kind == PtxFindingKind.VersionTooNewForDriver));
    }

    [Fact]
    public void Unjudged_texts_are_believed_by_their_headers()
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Fixtures.PathOf("ptx/hand_static_shared_60k.ptx"));
        Assert.Equal(FileCoverage.None, CoverageReport.For(file, Spark).FileCoverage);
        Assert.Equal(FileCoverage.JitFallback, CoverageReport.For(file, Spark, new CoverageOptions { HeadersOnly = true }).FileCoverage);
    }

    [Fact]
    public void A_text_beside_a_cubin_that_loads_is_not_read()
    {
        byte[] cubinOnly = File.ReadAllBytes(Fixtures.PathOf("native/native_121.so"));
        using DeviceCodeFile file = DeviceCodeReader.Open(cubinOnly, "native_121.so");
        CoverageReport report = CoverageReport.For(file, Spark, new CoverageOptions { DriverVersion = new PtxVersion(1, 0) });
        Assert.Equal(FileCoverage.Native, report.FileCoverage);
        Assert.Empty(report.Refusals);
    }

    // The columns "asis_sm_121" and "asis_sm_121a"; static shared memory over 48 KB, taken for the latter alone, is not counted as taken.
    private static bool IsTaken(string name) => Expected[name][7] == "1" || (Expected[name][8] == "1" && !Expected[name][6].Contains("static shared memory over 48 KB", StringComparison.Ordinal));

    // One container with one uncompressed PTX entry, its header as the compiler writes it for the .target of the text.
    private static byte[] Fatbin(byte[] text)
    {
        using DeviceCodeFile loose = DeviceCodeReader.Open(text, "loose.ptx");
        DeviceCodeImage image = loose.Modules[0].Images[0];
        var version = PtxVersion.Parse(image.CodeVersion);
        return FatbinBuilder.Build(new FatbinImage(1, image.Architecture, (version.Major, version.Minor), text));
    }
}
