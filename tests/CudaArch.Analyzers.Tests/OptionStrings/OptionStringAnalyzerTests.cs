using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.OptionStrings;

public sealed class OptionStringAnalyzerTests
{
    // What surrounds the statements of a test: a binding, and the usual namespaces.
    private static string InMethod(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Runtime.InteropServices;
        using System.Text;

        static unsafe class Native
        {
            [DllImport("nvrtc")] public static extern int nvrtcCompileProgram(IntPtr program, int count, string[] options);
            [DllImport("nvJitLink", EntryPoint = "__nvJitLinkCreate_12_9")] public static extern int CreateLinker(out IntPtr handle, uint count, string[] options);
            [DllImport("nvfatbin")] public static extern int nvFatbinAddCubin(IntPtr handle, byte[] code, nuint size, string arch, string id);
            [DllImport("nvfatbin")] public static extern int nvFatbinAddPTX(IntPtr handle, byte[] code, nuint size, string arch, string id, string line);
        }

        static class Assert { public static void Equal(object a, object b) { } public static void True(bool a) { } }

        class C
        {
            {{members}}

            void M(IntPtr program, byte[] code, int major, int minor, string text, bool flag)
            {
                {{statements}}
            }

            void Take(params string[] options) { }
        }
        """;

    [Theory]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { "--gpu-architecture={|CUDA1003:sm_100a|}" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, ["--gpu-architecture={|CUDA1003:compute_100f|}"]);""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 2, new string[] { "-arch", "{|CUDA1003:sm_90a|}" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { "-arch={|CUDA1003:sm_90|}" });""")]
    [InlineData("""Native.CreateLinker(out _, 1, ["-arch={|CUDA1003:sm_120a|}", "-lto"]);""")]
    [InlineData("""var options = new List<string>(); options.Add("-O3"); options.Add("--gpu-architecture"); options.Add("{|CUDA1003:sm_100a|}");""")]
    [InlineData("""Take("--use_fast_math", "--gpu-architecture={|CUDA1003:sm_100a|}");""")]
    [InlineData("""Take(@"--gpu-architecture={|CUDA1003:sm_100a|}");""")]
    [InlineData("""Take("-gencode arch=compute_100a,code={|CUDA1003:sm_100a|}");""")]
    [InlineData("""Take("-gencode=arch=compute_90a,code=[sm_90a,{|CUDA1003:compute_90a|}]");""")]
    [InlineData("""Take("-gencode", "arch=compute_103a,code={|CUDA1003:sm_103a|}");""")]
    [InlineData("""Take("--gpu-name={|CUDA1003:sm_100a|}");""")]
    [InlineData("""ReadOnlySpan<byte> options = "--gpu-architecture={|CUDA1003:sm_100a|}"u8;""")]
    [InlineData(""""string options = """--gpu-architecture={|CUDA1003:sm_100a|}""";"""")]
    [InlineData("""const string Option = "--gpu-architecture=" + "{|CUDA1003:sm_100a|}"; Take(Option);""")]
    [InlineData("""const string Name = "{|CUDA1003:sm_100a|}"; Take("--gpu-architecture=" + Name);""")]
    [InlineData("""string arch = "{|CUDA1003:sm_100a|}"; Take($"--gpu-architecture={arch}");""")]
    [InlineData("""Take($"-I{text} --gpu-architecture={|CUDA1003:compute_100a|}");""")]
    [InlineData("""Process.Start("nvcc", "-cubin -arch={|CUDA1003:sm_90|} k.cu");""")]
    [InlineData("""Process.Start("ptxas", $"-arch {|CUDA1003:sm_90|} {text}");""")]
    [InlineData("""var start = new ProcessStartInfo("ptxas"); start.ArgumentList.Add("--gpu-name"); start.ArgumentList.Add("{|CUDA1003:sm_90|}");""")]
    [InlineData("""var start = new ProcessStartInfo { FileName = "nvcc", Arguments = "-ptx -arch={|CUDA1003:compute_100a|} k.cu" };""")]
    [InlineData("""Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "{|CUDA1003:9.0a|}");""")]
    [InlineData("""var start = new ProcessStartInfo("make"); start.Environment["TORCH_CUDA_ARCH_LIST"] = "9.0;{|CUDA1003:10.0a|}";""")]
    [InlineData("""Take("-DCMAKE_CUDA_ARCHITECTURES={|CUDA1003:100a|}-real");""")]
    [InlineData("""Native.nvFatbinAddCubin(program, code, 1, "{|CUDA1003:100a|}", "k");""")]
    [InlineData("""Native.nvFatbinAddPTX(program, code, 1, "{|CUDA1003:90a|}", "k", null!);""")]
    [InlineData("""string options = flag ? "-arch={|CUDA1003:sm_90a|}" : "-arch={|CUDA1003:sm_100a|}"; Take(options);""")]
    [InlineData("""Take("-arch\u003d{|CUDA1003:sm_\u0031\u0030\u0030a|}");""")]
    public Task Names_of_other_architectures_are_reported(string statements) => Verify.Analyzer<OptionStringAnalyzer>(InMethod(statements));

    [Theory]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { "--gpu-architecture=compute_90" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { "--gpu-architecture=sm_121a" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { "--gpu-architecture=sm_120f" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { $"--gpu-architecture=compute_{major}{minor}" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { $"--gpu-architecture=sm_{major}{minor}a" });""")]
    [InlineData("""Native.nvrtcCompileProgram(program, 1, new[] { string.Format("-arch=sm_{0}{1}", major, minor) });""")]
    [InlineData("""Take("-gencode", "arch=compute_90a,code=sm_90a", "-gencode", "arch=compute_121a,code=sm_121a");""")]
    [InlineData("""Take("-gencode=arch=compute_90,code=[sm_90,compute_90]");""")]
    [InlineData("""Process.Start("nvcc", "-arch=sm_75 -o k k.cu");""")]
    [InlineData("""Process.Start("nvcc", "-ptx -arch=sm_75 k.cu");""")]
    [InlineData("""Process.Start("cuobjdump", "-arch sm_100a -sass k.so");""")]
    [InlineData("""Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "9.0a;12.1a");""")]
    [InlineData("""Native.nvFatbinAddCubin(program, code, 1, "90a", "k"); Native.nvFatbinAddCubin(program, code, 1, "121a", "k");""")]
    [InlineData("""string options = flag ? "-arch=sm_90a" : "-arch=sm_121a"; Take(options);""")]
    [InlineData("""var table = new Dictionary<string, string> { { "H100", "-arch=sm_90a" }, { "Spark", "-arch=sm_121a" } };""")]
    [InlineData("""var table = new Dictionary<string, string> { ["H100"] = "-arch=sm_90a", ["Spark"] = "-arch=sm_121a" };""")]
    // Compared, searched, replaced, shown, tested.
    [InlineData("""if (text == "--gpu-architecture=sm_100a") { }""")]
    [InlineData("""if (text is "--gpu-architecture=sm_100a" or "-arch=sm_90a") { }""")]
    [InlineData("""switch (text) { case "--gpu-architecture=sm_100a": break; }""")]
    [InlineData("""_ = text.Contains("-arch=sm_100a") || text.StartsWith("-arch=sm_90");""")]
    [InlineData("""_ = text.Replace("-arch=sm_100a", "-arch=sm_90a");""")]
    [InlineData("""_ = "-arch=sm_100a".Equals(text);""")]
    [InlineData("""_ = new[] { "-arch=sm_100a", "-arch=sm_90a" }.Contains(text);""")]
    [InlineData("""const string Old = "-arch=sm_100a"; if (text == Old) { }""")]
    [InlineData("""var known = new[] { "-arch=sm_100a" }; if (known.Contains(text)) { }""")]
    [InlineData("""Console.WriteLine("nvcc -cubin -arch=sm_100a k.cu");""")]
    [InlineData("""Debug.WriteLine($"compiled with --gpu-architecture=sm_100a: {text}");""")]
    [InlineData("""throw new InvalidOperationException("--gpu-architecture=sm_100a is not supported");""")]
    [InlineData("""Assert.Equal("--gpu-architecture=sm_100a", text);""")]
    [InlineData("""Assert.True(IsOption("--gpu-architecture=sm_100a")); bool IsOption(string s) => s.Length > 3;""")]
    [InlineData("""Take("Compile with -arch=sm_100a or newer");""")]
    [InlineData("""var table = new Dictionary<string, int> { { "-arch=sm_100a", 1 } };""")]
    [InlineData("""var table = new Dictionary<string, int> { ["-arch=sm_90a"] = 2 };""")]
    // Not options.
    [InlineData("""Take("sm_100a", "kernel.sm_100a.cubin", "compute_100a");""")]
    public Task Other_text_is_quiet(string statements) => Verify.Analyzer<OptionStringAnalyzer>(InMethod(statements));

    [Theory]
    [InlineData("""const string Option = "--gpu-architecture={|CUDA1003:sm_100a|}";""")]
    [InlineData("""const string Prefix = "--gpu-architecture="; const string Option = Prefix + "{|CUDA1003:sm_100a|}";""")]
    [InlineData("""static readonly string[] Options = { "-O3", "--gpu-architecture={|CUDA1003:sm_100a|}" };""")]
    [InlineData("""string Arch { get; } = "{|CUDA1003:sm_100a|}"; string Option => $"--gpu-architecture={Arch}";""")]
    [InlineData("""string Option() => "--gpu-architecture={|CUDA1003:sm_100a|}";""")]
    [InlineData("""string Option(string arch) => $"--gpu-architecture={arch}"; string Use() => Option("{|CUDA1003:sm_100a|}");""")]
    [InlineData("""string Option(string arch = "{|CUDA1003:sm_100a|}") => "--gpu-architecture=" + arch;""")]
    [InlineData("""string Arch() { return "{|CUDA1003:sm_100a|}"; } string Option() => $"-arch={Arch()}";""")]
    public Task Members_are_followed(string members) => Verify.Analyzer<OptionStringAnalyzer>(InMethod("", members));

    [Fact]
    public Task NVRTC_gives_PTX_for_a_real_name_too()
    {
        const string Members = """
            [DllImport("nvrtc")] static extern int nvrtcGetPTX(IntPtr program, byte[] ptx);
            [DllImport("nvrtc")] static extern int nvrtcGetCUBIN(IntPtr program, byte[] cubin);
            """;
        return Verify.Analyzer<OptionStringAnalyzer>(
            InMethod("""Native.nvrtcCompileProgram(program, 1, new[] { "--gpu-architecture=sm_80" }); nvrtcGetPTX(program, code);""", Members));
    }

    [Fact]
    public Task Attributes_are_quiet() => Verify.Analyzer<OptionStringAnalyzer>(InMethod("", """[Obsolete("use --gpu-architecture=sm_100a")] void Old() { }"""));

    [Theory]
    [InlineData("sm_90", """Take("--gpu-architecture={|CUDA1003:sm_121|}", "-O3");""")]
    [InlineData("sm_90", """Take("--gpu-architecture=sm_90a");""")]
    [InlineData("sm_100", """Take("--gpu-architecture=sm_100a");""")]
    [InlineData("sm_103", """Take("--gpu-architecture=compute_100f");""")]
    [InlineData("sm_100,sm_121", """Take("--gpu-architecture=compute_90");""")]
    [InlineData("sm_100,sm_121", """Take("--gpu-architecture={|CUDA1003:sm_100a|}");""")]
    public Task Targets_decide(string targets, string statements) => Verify.Analyzer<OptionStringAnalyzer>(InMethod(statements), targets);

    [Fact]
    public Task The_message_says_what_is_made_for_whom_and_what_to_write() => Verify.Analyzer<OptionStringAnalyzer>(
        InMethod("""Take("--gpu-architecture={|#0:sm_100a|}");"""),
        "sm_90,sm_121",
        Microsoft.CodeAnalysis.Testing.DiagnosticResult.CompilerWarning("CUDA1003").WithLocation(0).WithOptions(Microsoft.CodeAnalysis.Testing.DiagnosticOptions.IgnoreAdditionalLocations)
            .WithMessage("'sm_100a' asks for a cubin for sm_100a, which cannot run on sm_90 and sm_121; use 'sm_90a'"));

    [Theory]
    [InlineData("""class C { const string A = B; const string B = A + "-arch=sm_100a"; string D = $"-arch={A}"; }""")]
    [InlineData("""class C { string M() => "-arch=sm_100a" + ; string N( => $"-arch={""")]
    [InlineData("""class C { string A => $"-arch={A}"; string F() => F() + $"-arch=sm_{F()}"; }""")]
    [InlineData("""class { void M() { x.Add("-arch=sm_100a") y += "-arch=sm_90a"; Foo(new[] { "-arch", } """)]
    [InlineData("""x.Append("-arch=sm_100a"); CUjit_target.Compute_100A""")]
    public async Task Broken_code_is_taken(string source)
    {
        var test = new CudaTest<OptionStringAnalyzer>(source) { CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None };
        test.TestBehaviors |= Microsoft.CodeAnalysis.Testing.TestBehaviors.SkipGeneratedCodeCheck;

        // Whether broken code is reported does not matter; that nothing is thrown does: an exception is a diagnostic AD0001, which is no CUDA1003.
        test.DisabledDiagnostics.Add("CUDA1003");
        await test.RunAsync();
    }

    [Fact]
    public Task A_literal_of_ten_million_characters_is_taken() =>
        Verify.Analyzer<OptionStringAnalyzer>(InMethod($"""Take("{new string('x', 10_000_000)} -arch=" + "sm_9");"""));
}
