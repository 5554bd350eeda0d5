namespace CudaArch.EndToEnd.Tests;

/// <summary>The main job: one build says what will not run, of the code and of the native files.</summary>
public class BothHalves
{
    private const string Code = """"
        using System.Runtime.InteropServices;

        internal static class Native
        {
            [DllImport("nvrtc")]
            internal static extern int nvrtcCompileProgram(nint program, int count, string[] options);

            [DllImport("cuda")]
            internal static extern int cuModuleLoadData(out nint module, string image);
        }

        internal static class Program
        {
            private const string Ptx = """
                .version 8.8
                .target sm_121a
                .address_size 64
                .visible .entry allocate()
                {
                    .shared .align 4 .b32 slot;
                    tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32 [slot], 32;
                    ret;
                }
                """;

            private static int Main() =>
                Native.nvrtcCompileProgram(0, 1, new[] { "--gpu-architecture=sm_100a" }) | Native.cuModuleLoadData(out _, Ptx);
        }
        """";

    [Fact]
    public async Task SourceAndNativeFilesOfOneProject()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("Both.Kernels", "3.0.0")
            .With("runtimes/linux-x64/native/libnone.so", "native/none_86.so")
            .With("runtimes/linux-x64/native/libpartial.so", "native/partial.so")
            .With("runtimes/linux-x64/native/libfine.so", "native/native_121.so")
            .With("runtimes/linux-x64/native/libcut.so", File.ReadAllBytes(Fixtures.PathOf("native/native_121.so"))[..9000])
            .Publish();
        TestProject project = new TestProject("Both")
            .Property("OutputType", "Exe").Property("UseAppHost", "false")
            .Source("Program.cs", Code)
            .Content("libjit.so", "native/jit_80.so")
            .Reference(package);

        CommandResult local = (await project.Build()).Succeeded();
        string[] rules = ["CUDA1003", "CUDA1004", "CUDA2001", "CUDA2002", "CUDA2003", "CUDA2004", "CUDA2005"];
        Assert.Equal(rules, local.Findings.Select(finding => finding.Id).Order());
        Assert.All(local.Findings, finding => Assert.Equal("warning", finding.Severity));
        Assert.Matches(@"Program\.cs\(27,\d+\)$", local.Single("CUDA1003").Origin);
        Assert.Matches(@"Program\.cs\(21,\d+\)$", local.Single("CUDA1004").Origin);
        Assert.Contains("'libjit.so' (Content item)", local.Single("CUDA2002").Message);
        Assert.Contains("'runtimes/linux-x64/native/libcut.so' (Both.Kernels 3.0.0, linux-x64) is damaged at offset 0x2328: section headers were expected", local.Single("CUDA2004").Message);

        // For a target that has what the code asks for, both halves are of another opinion.
        CommandResult other = (await project.Build("--no-restore", "-p:CudaArchTargets=sm_86")).Succeeded();
        Assert.Equal(2, other.Of("CUDA2001").Count);
        Assert.Contains(other.Of("CUDA2001"), finding => finding.Message.Contains("libfine.so"));
        Assert.Contains(other.Of("CUDA2001"), finding => finding.Message.Contains("libpartial.so"));
        Assert.Contains("sm_86", other.Single("CUDA1003").Message);

        // In CI what cannot run is an error; what runs by JIT compilation, or cannot be read, is not.
        CommandResult ci = (await project.Build("--no-restore", "-p:ContinuousIntegrationBuild=true")).Failed();
        Assert.Equal(["CUDA2001", "CUDA2003", "CUDA2005"], ci.Findings.Where(finding => finding.Severity == "error").Select(finding => finding.Id).Order());
        Assert.Equal(["CUDA2002", "CUDA2004"], ci.Findings.Where(finding => finding.Severity == "warning" && finding.Id.StartsWith("CUDA2", StringComparison.Ordinal)).Select(finding => finding.Id).Order());

        // Nothing of the package is shipped.
        CommandResult publish = (await project.Publish("--no-restore", "-p:Configuration=Debug")).Succeeded();
        string[] shipped = [.. Directory.EnumerateFiles(Path.Combine(project.Folder, "bin", "Debug", "net10.0", "publish"), "*", SearchOption.AllDirectories).Select(Path.GetFileName)!];
        Assert.Contains("libnone.so", shipped);
        Assert.DoesNotContain(shipped, name => name.StartsWith("CudaArch", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(publish.Findings, finding => finding.Severity == "error");
    }
}
