using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes.Guards;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class AnnotateFixTests
{
    private const string Rest = """

            [DllImport("kernels")] static extern int tcgen05_mma();
        }

        namespace CudaArch.Annotations
        {
            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class RequiresCudaFeatureAttribute(string feature) : Attribute { public string Feature => feature; }

            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class RequiresCudaArchitectureAttribute(string architecture) : Attribute { public string Architecture => architecture; }
        }
        """;

    private const string Start = "using System;\nusing System.Runtime.InteropServices;\nusing CudaArch.Annotations;\n\nclass C\n{\n";

    [Fact]
    public Task The_members_around_are_annotated_up_to_the_one_that_nobody_calls() => Verify.Fix<FeatureUseAnalyzer, AnnotateCodeFixProvider>(
        Start + """
            [RequiresCudaFeature("tcgen05")]
            static void F() { }

            static void M()
            {
                {|CUDA1001:tcgen05_mma|}();
                {|CUDA1001:tcgen05_mma|}();
                {|CUDA1007:F|}();
            }
        """ + Rest,
        Start + """
            [RequiresCudaFeature("tcgen05")]
            static void F() { }

            [RequiresCudaFeature("tcgen05")]
            static void M()
            {
                tcgen05_mma();
                tcgen05_mma();
                F();
            }
        """ + Rest);

    [Fact]
    public Task Without_the_attributes_nothing_is_offered() => Verify.NoFix<FeatureUseAnalyzer, AnnotateCodeFixProvider>(
        "using System.Runtime.InteropServices;\nclass C\n{\n    void M() => {|CUDA1001:tcgen05_mma|}();\n    [DllImport(\"kernels\")] static extern int tcgen05_mma();\n}");
}
