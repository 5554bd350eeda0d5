using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes.Guards;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class GuardFixTests
{
    private const string Native = """


        static class Native
        {
            [DllImport("kernels")] public static extern int tcgen05_mma(int x);
            [DllImport("kernels")] public static extern int wgmma_mma();
            [DllImport("kernels")] public static extern int gemm_sm100a();
            [DllImport("nvcuda")] public static extern int cuDeviceGetAttribute(out int value, int attribute, int device);
        }

        class Device
        {
            public int ComputeCapabilityMajor => 0;
            public int ComputeCapabilityMinor => 0;
        }
        """;

    private const string Title = "fifth-generation tensor core instructions and tensor memory (tcgen05)";

    [Fact]
    public Task A_call_is_skipped_on_other_devices_and_fix_all_guards_each() => Check(
        """
            void M(int major, int minor)
            {
                // multiply
                {|CUDA1001:Native.tcgen05_mma|}(1);
                {|CUDA1001:Native.wgmma_mma|}();
                if (minor > 0)
                    {|CUDA1001:Native.gemm_sm100a|}();
            }
        """,
        """
            void M(int major, int minor)
            {
                // multiply
                if (major is 10 or 11)
                {
                    Native.tcgen05_mma(1);
                }

                if (major == 9)
                {
                    Native.wgmma_mma();
                }

                if (minor > 0)
                    if (major == 10 && minor == 0)
                    {
                        Native.gemm_sm100a();
                    }
            }
        """);

    [Fact]
    public Task A_value_is_refused_on_other_devices() => Check(
        """
            int M(Device device)
            {
                int result = {|CUDA1001:Native.tcgen05_mma|}({|CUDA1001:Native.tcgen05_mma|}(2));
                return result;
            }

            int N(Device device) => {|CUDA1001:Native.tcgen05_mma|}(1);

            void P(Device device) => {|CUDA1001:Native.tcgen05_mma|}(1);

            Func<int> Q(Device device) => () => {|CUDA1001:Native.tcgen05_mma|}(1);
        """,
        $$"""
            int M(Device device)
            {
                if (device.ComputeCapabilityMajor is not (10 or 11))
                {
                    throw new PlatformNotSupportedException("This device lacks {{Title}}.");
                }

                int result = Native.tcgen05_mma(Native.tcgen05_mma(2));
                return result;
            }

            int N(Device device) => device.ComputeCapabilityMajor is 10 or 11 ? Native.tcgen05_mma(1) : throw new PlatformNotSupportedException("This device lacks {{Title}}.");

            void P(Device device)
            {
                if (device.ComputeCapabilityMajor is 10 or 11)
                {
                    Native.tcgen05_mma(1);
                }
            }

            Func<int> Q(Device device) => () => device.ComputeCapabilityMajor is 10 or 11 ? Native.tcgen05_mma(1) : throw new PlatformNotSupportedException("This device lacks {{Title}}.");
        """);

    [Fact]
    public Task Fields_properties_tuples_and_versions_are_asked() => Check(
        """
            Version ComputeCapability { get; } = new(1, 0);

            void M()
            {
                {|CUDA1001:Native.wgmma_mma|}();
            }

            static (int Major, int Minor) _computeCapability;

            static void N()
            {
                {|CUDA1001:Native.wgmma_mma|}();
            }
        """,
        """
            Version ComputeCapability { get; } = new(1, 0);

            void M()
            {
                if (ComputeCapability.Major == 9)
                {
                    Native.wgmma_mma();
                }
            }

            static (int Major, int Minor) _computeCapability;

            static void N()
            {
                if (_computeCapability.Major == 9)
                {
                    Native.wgmma_mma();
                }
            }
        """);

    [Fact]
    public Task The_run_time_helper_is_used_when_it_is_referenced()
    {
        const string Helper = "\nnamespace CudaArch.Annotations { public static class CudaDevice { public static bool Supports(string feature) => false; } }";
        return Verify.Fix<FeatureUseAnalyzer, GuardCodeFixProvider>(
            "using System;\nusing System.Runtime.InteropServices;\nusing CudaArch.Annotations;\n\nclass C\n{\n    void M()\n    {\n        {|CUDA1001:Native.wgmma_mma|}();\n    }\n}" + Native + Helper,
            "using System;\nusing System.Runtime.InteropServices;\nusing CudaArch.Annotations;\n\nclass C\n{\n    void M()\n    {\n        if (CudaDevice.Supports(\"wgmma\"))\n        {\n            Native.wgmma_mma();\n        }\n    }\n}" + Native + Helper);
    }

    [Theory]
    [InlineData("void M() { {|CUDA1001:Native.wgmma_mma|}(); }")]
    [InlineData("void M(string name) { int major; {|CUDA1001:Native.wgmma_mma|}(); }")]
    [InlineData("static void M() { {|CUDA1001:Native.wgmma_mma|}(); } int ComputeCapabilityMajor => 0;")]
    public Task Without_anything_to_ask_no_fix_is_offered(string members) => Verify.NoFix<FeatureUseAnalyzer, GuardCodeFixProvider>(Wrap(members));

    [Theory]
    [InlineData("tcgen05", "m is 10 or 11", "m is not (10 or 11)")]
    [InlineData("wgmma", "m == 9", "m != 9")]
    [InlineData("kernel.sm_100", "m is 10 or 11", "m is not (10 or 11)")]
    [InlineData("kernel.sm_103a", "m == 10 && n == 3", "m != 10 || n != 3")]
    [InlineData("tensor_map", "m >= 9", "m < 9")]
    [InlineData("sm_100a", "m == 10 && n == 0", "m != 10 || n != 0")]
    [InlineData("sm_120", "m >= 12", "m < 12")]
    [InlineData("format.cublaslt.fp8", "m > 8 || (m == 8 && n >= 9)", "m < 8 || (m == 8 && n < 9)")]
    public void The_condition_holds_exactly_on_the_devices_that_have_the_feature(string feature, string condition, string negation) =>
        Assert.Equal(new GuardCondition(condition, negation), GuardCondition.For(Requirement.Parse(feature, isAnnotation: false)!.IsMetBy, new CapabilityExpression("m", "n"), patterns: true));

    [Fact]
    public void Older_language_versions_get_comparisons() => Assert.Equal(
        new GuardCondition("m == 10 || m == 11", "m != 10 && m != 11"),
        GuardCondition.For(Requirement.Parse("tcgen05", isAnnotation: false)!.IsMetBy, new CapabilityExpression("m", null), patterns: false));

    [Fact]
    public void A_feature_of_no_device_has_no_guard() =>
        Assert.Null(GuardCondition.For(Requirement.Parse("format.cublaslt.fp6", isAnnotation: false)!.IsMetBy, new CapabilityExpression("m", "n"), patterns: true));

    private static Task Check(string members, string fixedMembers) => Verify.Fix<FeatureUseAnalyzer, GuardCodeFixProvider>(Wrap(members), Wrap(fixedMembers));

    private static string Wrap(string members) => "using System;\nusing System.Runtime.InteropServices;\n\nclass C\n{\n" + members + "\n}" + Native;
}
