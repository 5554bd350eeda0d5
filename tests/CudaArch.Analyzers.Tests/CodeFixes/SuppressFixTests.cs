using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class SuppressFixTests
{
    private const string Usings = "using System.Diagnostics.CodeAnalysis;\nusing System.Runtime.InteropServices;\n\n";

    private const string Accepted = "[SuppressMessage(\"CudaArch\", \"CUDA1003:An option or JIT target names an architecture whose code cannot run on the target\", "
        + "Justification = \"Accepted: 'sm_100a' asks for a cubin for sm_100a, which cannot run on sm_121; use 'sm_121a'\")]";

    [Fact]
    public Task The_member_gets_an_attribute_that_says_what_is_accepted() => Verify.Fix<OptionStringAnalyzer, SuppressCodeFixProvider>(
        Usings + "class Cuda\n{\n    string Options() => \"-arch={|CUDA1003:sm_100a|}\";\n}",
        Usings + "class Cuda\n{\n    " + Accepted + "\n    string Options() => \"-arch=sm_100a\";\n}");

    [Fact]
    public Task A_member_gets_one_attribute_for_all_that_a_rule_reports_in_it() => Verify.Fix<OptionStringAnalyzer, SuppressCodeFixProvider>(
        Usings + "class Cuda\n{\n    (string, string) Options() => (\"-arch={|CUDA1003:sm_100a|}\", \"-arch={|CUDA1003:sm_100a|}\");\n}",
        Usings + "class Cuda\n{\n    " + Accepted + "\n    (string, string) Options() => (\"-arch=sm_100a\", \"-arch=sm_100a\");\n}");

    [Fact]
    public Task Nothing_is_offered_without_a_member() => Verify.NoFix<FeatureUseAnalyzer, SuppressCodeFixProvider>(
        Usings + "{|CS8805:{|CUDA1001:Cuda.tcgen05_mma|}();|}\nstatic class Cuda { [DllImport(\"kernels\")] public static extern int tcgen05_mma(); }");
}
