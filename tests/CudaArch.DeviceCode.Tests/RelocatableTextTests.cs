using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Tests.Building;
using CudaArch.DeviceCode.Verification;
using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>PTX in relocatable code is judged where it is compiled: when the runtime links a library anew, and when somebody links an object or archive.</summary>
public class RelocatableTextTests
{
    private const string Sound = ".version 8.0\n.target sm_90\n.address_size 64\n.extern .func remote;\n.visible .entry k() { ret; }\n";
    private const string Refused = ".version 8.0\n.target sm_90\n.address_size 64\n.visible .entry k() {\nwgmma.fence.sync.aligned;\nret;\n}\n";

    private static readonly SmArchitecture Spark = new(12, 1);

    [Theory]
    [InlineData(Sound, FileCoverage.JitFallback, 0)]
    [InlineData(Refused, FileCoverage.None, 1)]
    public void A_library_is_linked_at_run_time_where_its_texts_compile(string text, FileCoverage coverage, int refusals)
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Library(FatbinImage.Cubin("sm_80", "k"), Text(text)), "libx.so");
        CoverageReport report = CoverageReport.For(file, Spark);
        Assert.Equal((coverage, refusals), (report.FileCoverage, report.Refusals.Count));
    }

    [Fact]
    public void What_is_not_linked_anew_is_not_judged()
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Library(FatbinImage.Cubin("sm_121", "k"), Text(Refused)), "libx.so");
        CoverageReport report = CoverageReport.For(file, Spark);
        Assert.Equal(FileCoverage.Native, report.FileCoverage);
        Assert.Empty(report.Refusals);
    }

    [Fact]
    public void The_fault_of_a_library_is_said_once()
    {
        FileVerification answer = Verify(Library(FatbinImage.Cubin("sm_80", "k"), Text(Refused)), "libx.so");
        Finding finding = Assert.Single(answer.Findings);
        Assert.Equal("CUDA2007", finding.RuleId);
        Assert.StartsWith("The relocatable compute_90 PTX of 'libx.so' is not compiled for sm_121 when it is linked: line 5, kernel k: ", finding.Message);
    }

    [Theory]
    [InlineData(Sound, 0)]
    [InlineData(Refused, 1)]
    public void Objects_and_archives_are_judged_although_they_have_no_coverage(string text, int findings)
    {
        byte[] module = new ElfBuilder(type: 1).Section("__nv_relfatbin", FatbinBuilder.Build(FatbinImage.Cubin("sm_90", "k"), Text(text))).ToArray();
        foreach (FileVerification answer in new[] { Verify(module, "x.o"), Verify(ArchiveBuilder.Gnu(("x.o", module)), "libx.a") })
        {
            Assert.False(answer.HasDeviceCode);
            Assert.Equal(Enumerable.Repeat("CUDA2007", findings), answer.Findings.Select(finding => finding.RuleId));
        }
    }

    [Fact]
    public void An_object_with_a_cubin_for_the_target_is_not_judged()
    {
        byte[] module = new ElfBuilder(type: 1).Section("__nv_relfatbin", FatbinBuilder.Build(FatbinImage.Cubin("sm_121", "k"), Text(Refused))).ToArray();
        Assert.Empty(Verify(module, "x.o").Findings);
    }

    private static FileVerification Verify(byte[] bytes, string name) =>
        Verifier.Verify(new VerificationInput(name) { OpenStream = () => new MemoryStream(bytes) }, [Spark]);

    private static FatbinImage Text(string text) => FatbinImage.Ptx("sm_90", (8, 0), Encoding.ASCII.GetBytes(text));

    // A linked module, the relocatable one that it was made of, and the wrapper of version 2 that points to the former.
    private static byte[] Library(FatbinImage linked, FatbinImage relocatable)
    {
        const ulong FirstSection = 0x10000 + 64;
        byte[] wrapper = new Bytes().U32(0x466243B1, 2).U64(FirstSection, 0).ToArray();
        return new ElfBuilder().Section(".nv_fatbin", FatbinBuilder.Build(linked)).Section("__nv_relfatbin", FatbinBuilder.Build(relocatable)).Section(".nvFatBinSegment", wrapper).ToArray();
    }
}
