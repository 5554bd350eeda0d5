using CudaArch.Architectures;
using CudaArch.DeviceCode.Tests.Building;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;
using Verifier = CudaArch.DeviceCode.Verification.Verifier;

namespace CudaArch.DeviceCode.Tests;

/// <summary>A kernel that the running image lacks and another image of its module has cannot be launched, though the module loads.</summary>
public class LostKernelTests
{
    private static readonly SmArchitecture Spark = new(12, 1);

    [Fact]
    public void A_kernel_that_the_running_cubin_lacks_is_a_gap()
    {
        FileVerification result = Verify(Spark, FatbinImage.Cubin("sm_80", "common", "_Z8old_onlyv"), FatbinImage.Cubin("sm_90", "common", "_Z8old_onlyv"), FatbinImage.Cubin("sm_121", "common"));

        TargetVerification answer = Assert.Single(result.Targets);
        Assert.Equal(FileCoverage.Partial, answer.Coverage);
        Assert.Equal(new ModuleVerification(Coverage.Native, ByDesignReason.NotByDesign, IsGap: true), Assert.Single(answer.Modules));
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(RuleIds.SomeModulesCannotRun, finding.RuleId);
        Assert.Equal(["_Z8old_onlyv"], finding.Kernels);
        Assert.Equal(
            "1 kernel in 1 of 1 modules of 'lib.fatbin' cannot run on sm_121: the image that loads lacks it, found only in sm_80, sm_90 cubins, no PTX; kernel old_only. "
            + "Build it with -gencode arch=compute_121,code=sm_121 (or compute_120f/sm_120f for all of 12.x), or suppress CUDA2003.",
            finding.Message);
    }

    [Fact]
    public void On_the_other_targets_of_the_same_file_nothing_is_missing() =>
        Assert.Empty(Verify(new(9, 0), FatbinImage.Cubin("sm_80", "common", "old_only"), FatbinImage.Cubin("sm_90", "common", "old_only"), FatbinImage.Cubin("sm_121", "common")).Findings);

    [Fact]
    public void A_kernel_of_a_text_that_another_image_keeps_from_being_compiled_is_a_gap()
    {
        byte[] text = ".version 7.0\n.target sm_80\n.address_size 64\n.visible .entry common() { ret; }\n.visible .entry extra() { ret; }\n"u8.ToArray();
        FileVerification result = Verify(Spark, FatbinImage.Cubin("sm_121", "common"), FatbinImage.Ptx("sm_80", (7, 0), text));
        Assert.Equal(["extra"], Assert.Single(result.Findings).Kernels);
    }

    [Fact]
    public void The_newest_text_is_the_one_that_is_compiled()
    {
        byte[] Text(string target, string kernels) => System.Text.Encoding.ASCII.GetBytes($".version 7.8\n.target {target}\n.address_size 64\n.visible .entry common() {{ ret; }}\n{kernels}");
        FileVerification result = Verify(
            Spark, FatbinImage.Ptx("sm_80", (7, 8), Text("sm_80", ".visible .entry extra() { ret; }\n")), FatbinImage.Ptx("sm_90", (7, 8), Text("sm_90", "")));
        Assert.Equal(FileCoverage.Partial, Assert.Single(result.Targets).Coverage);
        Assert.Equal(["extra"], Assert.Single(result.Findings, finding => finding.RuleId == RuleIds.SomeModulesCannotRun).Kernels);
    }

    [Theory]
    [InlineData("sm_90a")]
    [InlineData("sm_100f")]
    public void Kernels_of_suffixed_images_alone_are_meant_for_other_devices(string architecture) =>
        Assert.Empty(Verify(Spark, FatbinImage.Cubin("sm_80", "common"), FatbinImage.Cubin(architecture, "common", "special"), FatbinImage.Cubin("sm_121", "common")).Findings);

    [Fact]
    public void Kernels_of_newer_images_alone_are_no_loss() =>
        Assert.Empty(Verify(new(8, 0), FatbinImage.Cubin("sm_80", "common"), FatbinImage.Cubin("sm_121", "common", "newer")).Findings);

    [Fact]
    public void Kernels_of_one_generation_among_many_are_meant_for_it() =>
        Assert.Empty(Verify(
            Spark, FatbinImage.Cubin("sm_75", "common"), FatbinImage.Cubin("sm_80", "common"), FatbinImage.Cubin("sm_90", "common", "hopper"), FatbinImage.Cubin("sm_100", "common"),
            FatbinImage.Cubin("sm_121", "common")).Findings);

    [Fact]
    public void A_kernel_in_one_of_several_images_that_load_is_not_lost() =>
        Assert.Empty(Verify(Spark, FatbinImage.Cubin("sm_120", "common", "other"), FatbinImage.Cubin("sm_121", "common")).Findings);

    [Fact]
    public void Marks_of_one_compilation_are_no_difference() =>
        Assert.Empty(Verify(Spark, FatbinImage.Cubin("sm_80", "_ZN41_GLOBAL__N__3f2a9c01_9_kernel_cu_00bc12ef1kEv"), FatbinImage.Cubin("sm_121", "_ZN41_GLOBAL__N__99e1b7aa_9_kernel_cu_5d0c11001kEv")).Findings);

    [Fact]
    public void A_kernel_that_another_module_runs_is_not_lost()
    {
        byte[] modules =
        [
            .. FatbinBuilder.Build(FatbinImage.Cubin("sm_80", "a", "b"), FatbinImage.Cubin("sm_121", "a")),
            .. FatbinBuilder.Build(FatbinImage.Cubin("sm_80", "b"), FatbinImage.Cubin("sm_121", "b")),
        ];
        Assert.Empty(Verify(Spark, modules).Findings);
    }

    [Fact]
    public void Names_are_not_compared_when_they_are_not_asked_for()
    {
        byte[] file = FatbinBuilder.Build(FatbinImage.Cubin("sm_80", "a", "b"), FatbinImage.Cubin("sm_121", "a"));
        var input = new VerificationInput("lib.fatbin") { OpenStream = () => new MemoryStream(file) };
        Assert.Empty(Verifier.Verify(input, [Spark], new VerificationOptions { ReadKernels = false }).Findings);
    }

    [Fact]
    public void The_most_specific_kernels_are_named_first()
    {
        byte[] modules =
        [
            .. FatbinBuilder.Build(FatbinImage.Cubin("sm_121", "fine"), FatbinImage.Cubin("sm_80", "fine"), FatbinImage.Cubin("sm_90", "fine")),
            .. FatbinBuilder.Build(FatbinImage.Cubin("sm_80", "everywhere", "_ZN3cub11EmptyKernelIvEEvv", "first"), FatbinImage.Cubin("sm_90", "everywhere", "_ZN3cub11EmptyKernelIvEEvv", "first")),
            .. FatbinBuilder.Build(FatbinImage.Cubin("sm_80", "everywhere", "second"), FatbinImage.Cubin("sm_90", "everywhere", "second")),
        ];
        Assert.Equal(["first", "second", "_ZN3cub11EmptyKernelIvEEvv", "everywhere"], Assert.Single(Verify(Spark, modules).Findings).Kernels);
    }

    private static FileVerification Verify(SmArchitecture target, params FatbinImage[] images) => Verify(target, FatbinBuilder.Build(images));

    private static FileVerification Verify(SmArchitecture target, byte[] file) =>
        Verifier.Verify(new VerificationInput("lib.fatbin") { OpenStream = () => new MemoryStream(file) }, [target]);
}
