using System.Text.Json;
using CudaArch.Architectures;
using CudaArch.Testing;

namespace CudaArch.DeviceCode.Tests;

/// <summary>The rule of a file's coverage against image lists of real libraries (measured) and against small made-up ones (its words).</summary>
public class CoverageRuleTests
{
    /// <summary>Library and target, with the images of all its modules and the verdict.</summary>
    public static TheoryData<string, string> RealLibraries
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (JsonElement file in Skeletons.RootElement.EnumerateArray())
            {
                foreach (JsonProperty target in file.GetProperty("coverage").EnumerateObject())
                {
                    data.Add(file.GetProperty("file").GetString()!, target.Name);
                }
            }

            return data;
        }
    }

    private static JsonDocument Skeletons { get; } = JsonDocument.Parse(File.ReadAllText(Fixtures.PathOf("skeletons/expected.json")));

    [Theory]
    [MemberData(nameof(RealLibraries))]
    public void Real_libraries_get_the_measured_verdict(string library, string target)
    {
        JsonElement file = Skeletons.RootElement.EnumerateArray().Single(file => file.GetProperty("file").GetString() == library);
        JsonElement expected = file.GetProperty("coverage").GetProperty(target);
        var device = SmArchitecture.Parse(target);
        List<ModuleClaim> modules = file.GetProperty("lists").EnumerateArray()
            .SelectMany(list => Enumerable.Repeat(Module(list.GetProperty("images").GetString()!, device), list.GetProperty("count").GetInt32()))
            .ToList();

        FileVerdict verdict = CoverageRule.Evaluate(modules, device);

        Assert.Equal(expected.GetProperty("file").GetString(), verdict.Coverage.ToString());
        Assert.Equal(expected.GetProperty("native").GetInt32(), verdict.Modules.Count(module => module.Coverage == Coverage.Native));
        Assert.Equal(expected.GetProperty("jitFallback").GetInt32(), verdict.Modules.Count(module => module.Coverage == Coverage.JitFallback));
        Assert.Equal(expected.GetProperty("gaps").GetInt32(), verdict.Modules.Count(module => module.IsGap));
        Assert.Equal(
            expected.GetProperty("byDesign").EnumerateObject().ToDictionary(reason => reason.Name.Replace("-t", "T"), reason => reason.Value.GetInt32()),
            verdict.Modules.Where(module => module.ByDesign != ByDesignReason.NotByDesign).CountBy(module => module.ByDesign.Word()!).ToDictionary());
    }

    /// <summary>Modules separated by <c>|</c>; behind each <c>=</c> what is expected of it, <c>gap</c> for a gap; then the file's coverage.</summary>
    [Theory]
    [InlineData("cubin:sm_121", "Native", FileCoverage.Native)]
    [InlineData("ptx:compute_90", "JitFallback", FileCoverage.JitFallback)]
    [InlineData("tile-ir:compute_121", "JitFallback", FileCoverage.JitFallback)]
    [InlineData("tile-ir:compute_120", "gap", FileCoverage.None)]
    [InlineData("cubin:sm_90", "gap", FileCoverage.None)]
    [InlineData("unknown:compute_121", "gap", FileCoverage.None)]
    [InlineData("cubin:sm_90 cubin:sm_121|cubin:sm_90", "Native|gap", FileCoverage.Partial)]
    [InlineData("cubin:sm_121|unknown:compute_121", "Native|gap", FileCoverage.Partial)]
    [InlineData("cubin:sm_121|lto-ir:compute_75", "Native|linkTime", FileCoverage.Native)]
    [InlineData("cubin:sm_121|cubin:sm_90a cubin:sm_100f", "Native|specific", FileCoverage.Native)]
    [InlineData("cubin:sm_90 cubin:sm_121 ptx:compute_90|cubin:sm_90 ptx:compute_90", "Native|JitFallback", FileCoverage.JitFallback)]
    [InlineData("cubin:sm_121|cubin:sm_121|cubin:sm_90 ptx:compute_90", "Native|Native|JitFallback", FileCoverage.Native)]
    [InlineData("cubin:sm_121|ptx:compute_75|ptx:compute_75", "Native|JitFallback|JitFallback", FileCoverage.Native)]
    [InlineData("cubin:sm_70 cubin:sm_80 cubin:sm_90 cubin:sm_120|cubin:sm_70", "Native|narrow", FileCoverage.Native)]
    public void Small_libraries(string images, string expected, FileCoverage coverage)
    {
        SmArchitecture target = ArchitectureCatalog.DefaultTarget;
        FileVerdict verdict = CoverageRule.Evaluate(images.Split('|').Select(module => Module(module, target)).ToList(), target);

        Assert.Equal(
            expected,
            string.Join('|', verdict.Modules.Select(module => module.ByDesign.Word() ?? (module.IsGap ? "gap" : module.Coverage.ToString()))));
        Assert.Equal(coverage, verdict.Coverage);
    }

    [Fact]
    public void Newer_is_asked_before_specific() =>
        Assert.Equal(ByDesignReason.Newer, Evaluate("sm_80", ["cubin:sm_80", "cubin:sm_120a"]).Modules[1].ByDesign);

    [Fact]
    public void A_module_whose_kernels_all_run_elsewhere_is_no_gap()
    {
        Assert.Equal(ByDesignReason.NoKernels, Evaluate("sm_121", ["cubin:sm_90 cubin:sm_121", "cubin:sm_90"], [["a", "b"], ["b"]]).Modules[1].ByDesign);
        Assert.True(Evaluate("sm_121", ["cubin:sm_90 cubin:sm_121", "cubin:sm_90"], [["a", "b"], ["b", "c"]]).Modules[1].IsGap);
    }

    [Fact]
    public void Modules_without_kernels_cover_nothing_and_lack_nothing()
    {
        Assert.Equal(FileCoverage.NoDeviceCode, Evaluate("sm_121", ["cubin:sm_90"], [[]]).Coverage);
        Assert.Equal(FileCoverage.NoDeviceCode, Evaluate("sm_121", ["cubin:sm_121"], [[]]).Coverage);
        Assert.Equal(FileCoverage.Native, Evaluate("sm_121", ["cubin:sm_90 cubin:sm_121", "cubin:sm_90"], [["a"], []]).Coverage);
        Assert.Equal(FileCoverage.None, Evaluate("sm_121", ["cubin:sm_90 cubin:sm_121", "cubin:sm_90"], [[], ["a"]]).Coverage);
    }

    [Fact]
    public void Names_that_cannot_be_read_count_as_kernels()
    {
        FileVerdict verdict = Evaluate("sm_121", ["cubin:sm_90 cubin:sm_121", "cubin:sm_90"], [null, null]);

        Assert.True(verdict.Modules[1].IsGap);
        Assert.Equal(FileCoverage.Partial, verdict.Coverage);
    }

    [Fact]
    public void Names_are_asked_only_where_the_verdict_depends_on_them()
    {
        var asked = new List<int>();
        SmArchitecture target = ArchitectureCatalog.DefaultTarget;
        CoverageRule.Evaluate([Module("cubin:sm_121", target), Module("cubin:sm_121", target), Module("cubin:sm_90a", target)], target, index =>
        {
            asked.Add(index);
            return ["a"];
        });

        Assert.Equal([0], asked);
    }

    /// <summary>The images of one module, those that have a kernel which the running one lacks, and what becomes of the module.</summary>
    [Theory]
    [InlineData("cubin:sm_80 cubin:sm_90 cubin:sm_121", "cubin:sm_80 cubin:sm_90", true)]
    [InlineData("cubin:sm_80 cubin:sm_121", "cubin:sm_80", true)]
    [InlineData("cubin:sm_80 cubin:sm_90a cubin:sm_121", "cubin:sm_90a", false)]
    [InlineData("cubin:sm_75 cubin:sm_80 cubin:sm_90 cubin:sm_100 cubin:sm_121", "cubin:sm_90", false)]
    public void Lost_kernels_are_judged_like_a_module_of_the_images_that_have_them(string images, string holders, bool isGap)
    {
        SmArchitecture target = ArchitectureCatalog.DefaultTarget;
        FileVerdict verdict = CoverageRule.Evaluate([Module(images, target)], target, null, _ => [new LostKernels([.. holders.Split(' ').Select(Image)], ["lost"])]);
        Assert.Equal(isGap, Assert.Single(verdict.Modules).IsGap);
        Assert.Equal(isGap ? FileCoverage.Partial : FileCoverage.Native, verdict.Coverage);
    }

    [Fact]
    public void Lost_kernels_are_not_asked_of_a_library_that_picks_its_code_by_device() =>
        Assert.Equal(
            FileCoverage.Native,
            CoverageRule.Evaluate(
                new[] { "cubin:sm_70 cubin:sm_80 cubin:sm_90 cubin:sm_121", "cubin:sm_121" }.Select(module => Module(module, ArchitectureCatalog.DefaultTarget)).ToList(),
                ArchitectureCatalog.DefaultTarget, null, _ => throw new InvalidOperationException("asked")).Coverage);

    [Fact]
    public void The_share_by_jit_counts_only_modules_with_cubins() =>
        Assert.Equal(0.25, Evaluate("sm_121", ["cubin:sm_121", "cubin:sm_121", "cubin:sm_121", "cubin:sm_90 ptx:compute_90", "ptx:compute_90"]).JitShare);

    [Fact]
    public void No_modules_are_no_device_code() => Assert.Equal(FileCoverage.NoDeviceCode, Evaluate("sm_121", []).Coverage);

    private static FileVerdict Evaluate(string target, string[] modules, string[]?[]? kernels = null)
    {
        var device = SmArchitecture.Parse(target);
        return CoverageRule.Evaluate(modules.Select(module => Module(module, device)).ToList(), device, kernels is null ? null : index => kernels[index]);
    }

    private static ModuleClaim Module(string images, SmArchitecture target) => ModuleClaim.Of(images.Split(' ').Select(Image).ToList(), target);

    private static ImageClaim Image(string text)
    {
        string[] parts = text.Split(':');
        return new ImageClaim(Enum.GetValues<ImageKind>().Single(kind => kind.Word() == parts[0]), SmArchitecture.Parse(parts[1]));
    }
}
