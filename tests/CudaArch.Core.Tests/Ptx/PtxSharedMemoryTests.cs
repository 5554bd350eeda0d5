using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.Core.Tests.Ptx;

/// <summary>Static shared memory is added up as the assembler does; each case was assembled, the totals are those that it names.</summary>
public class PtxSharedMemoryTests
{
    private const string Function = ".func g(.param .u64 q) { .reg .b32 r<4>; ld.shared.u32 r1, [a]; ret; }\n";
    private const string Own = ".func g(.param .u64 q) { .shared .align 4 .b8 a[50000]; ret; }\n";
    private const string Module = ".shared .align 4 .b8 a[50000];\n";

    [Theory]
    [InlineData(Module, "ld.shared.u32 r1, [a];", 50000)]
    [InlineData(Module, "mov.u32 r1, a;", 50000)]
    [InlineData(Module, "cvta.shared.u64 rd0, a;", 50000)]
    [InlineData(Module, "", 0)]
    [InlineData(Module, ".reg .b32 a; mov.u32 a, 1;", 0)]
    [InlineData(Module, ".shared .b32 a; mov.u32 r0, a;", 0)]
    [InlineData("", ".shared .align 4 .b8 a[50000];", 50000)]
    [InlineData("", "{ .shared .align 4 .b8 a[25000]; } { .shared .align 4 .b8 b[25000]; }", 50000)]
    [InlineData(".extern .shared .align 16 .b8 a[];\n", "ld.shared.u32 r1, [a];", 0)]
    [InlineData(".extern .shared .align 4 .b8 a[50000];\n", "ld.shared.u32 r1, [a];", 50000)]
    [InlineData(".extern .shared .align 1024 .b8 a[];\n", ".shared .b8 b[49150]; ld.shared.u32 r1, [a];", 0)]
    [InlineData(Module + Function, "call g, (rd0);", 50000)]
    [InlineData(Module + Function, "mov.u64 rd1, g;", 50000)]
    [InlineData(Module + Function, "", 0)]
    [InlineData(Module + ".func g(.param .u64 q);\n", "call g, (rd0);", 0)]
    [InlineData(Module + Function + ".func h(.param .u64 q) { call g, (q); ret; }\n", "call h, (rd0);", 50000)]
    [InlineData(Own, "call g, (rd0);", 50000)]
    [InlineData(Own, "", 0)]
    [InlineData(Module + Function + ".global .align 8 .u64 t[1] = {g};\n", "ld.global.u64 rd1, [t];", 50000)]
    [InlineData(Module + Function + ".global .align 8 .u64 t[1] = {g};\n", "call rd1, (z), pr;", 50000)]
    [InlineData(Module + Function, "call rd1, (z), pr;", 0)]
    [InlineData("", ".shared .align 128 .b8 a[49152]; .shared .b8 b[1];", 49153)]
    [InlineData("", ".shared .b8 b[3]; .shared .align 1024 .b8 a[48128];", 0)]
    [InlineData("", ".shared .b8 b[3]; .shared .align 1024 .b8 a[48129];", 49153)]
    [InlineData(".shared .align 128 .b8 m[128];\n", ".shared .b8 b[49024]; .shared .b8 c[1]; ld.shared.u32 r1, [m];", 49280)]
    [InlineData("", ".shared .v4 .f32 a[3073];", 49168)]
    [InlineData("", ".shared .b8 a[1], b[49152];", 49153)]
    public void A_kernel_has_what_it_declares_names_and_reaches(string module, string body, int tooMany)
    {
        string text = $".version 9.0\n.target sm_80\n.address_size 64\n{module}.visible .entry k(.param .u64 p) {{ .reg .b32 r<4>; .reg .b64 rd<4>; {body} ret; }}\n";
        PtxReport report = PtxAnalyzer.Analyze(text, SmArchitecture.Parse("sm_121"));

        Assert.Equal(tooMany == 0, report.LoadsAsWritten);
        if (tooMany > 0)
        {
            PtxFinding finding = Assert.Single(report.Findings);
            Assert.Equal(PtxFindingKind.SharedMemoryTooLarge, finding.Kind);
            Assert.Equal("k", finding.Kernel);
            Assert.Contains($"declares {tooMany} bytes", finding.Detail, StringComparison.Ordinal);
            Assert.Equal(PtxSupport.NeedsDynamicSharedMemory, report.Support);
        }
    }

    [Theory]
    [InlineData(49152, "sm_121", PtxSupport.Runs)]
    [InlineData(49153, "sm_121", PtxSupport.NeedsDynamicSharedMemory)]
    [InlineData(101376, "sm_121", PtxSupport.NeedsDynamicSharedMemory)]
    [InlineData(101377, "sm_121", PtxSupport.LacksHardware)]
    [InlineData(101377, "sm_90", PtxSupport.NeedsDynamicSharedMemory)]
    [InlineData(232449, "sm_90", PtxSupport.LacksHardware)]
    public void What_is_missing_depends_on_the_device(int bytes, string device, PtxSupport expected)
    {
        string text = $".version 9.0\n.target sm_80\n.address_size 64\n.visible .entry k() {{ .shared .b8 a[{bytes}]; ret; }}\n";
        Assert.Equal(expected, PtxAnalyzer.Analyze(text, SmArchitecture.Parse(device)).Support);
    }
}
