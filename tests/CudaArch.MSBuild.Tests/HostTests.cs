using System.Text;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>What keeps files from the machines they are shipped to: CUDA2005, CUDA2006, CUDA2008.</summary>
public sealed class HostTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryRuleOnce()
    {
        (bool succeeded, string text) = _folder.Run(
            configure: null,
            _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-x64/native/libfine.so", "native/native_121.so"),
            _folder.Package("Acme.Kernels", "2.1.0", "runtimes/win-x64/native/fine.dll", "native/native_121.dll"),
            _folder.Package("Acme.Swapped", "1.0.0", "runtimes/linux-arm64/native/libswapped.so", "native/native_121.so"),
            _folder.Package("Acme.Nvrtc", "12.8.93", "runtimes/linux-x64/native/libnvrtc.so.12", "native/no_device_code.so"),
            _folder.Package("Acme.Nvrtc", "12.8.93", "runtimes/linux-x64/native/libnvrtc-builtins.so.12.8", "native/no_device_code.so"),
            _folder.Content("nvrtc64_112_0.dll", "native/native_121.dll"));

        Assert.True(succeeded);
        await Verifier.Verify(text);
    }

    [Theory]
    [InlineData("sm_121", "linux-arm64;linux-x64;win-x64", true)]
    [InlineData("sm_121", "linux-x64", false)]
    [InlineData("sm_121", "", true)]
    [InlineData("sm_120", "linux-arm64;linux-x64;win-x64", false)]
    public void AHostIsMissedOnlyWhereTheTargetIsPartOfItAndTheProjectIsForIt(string target, string hosts, bool isMissed)
    {
        (_, string text) = Run(target, hosts, Package("Acme", "linux-x64", "native/family_120f.so"));
        Assert.Equal(isMissed, text.Contains("CUDA2005", StringComparison.Ordinal));
    }

    [Fact]
    public void AnotherPackageMayBringTheLibraryForTheHost()
    {
        ITaskItem x64 = Package("runtime.linux-x64.Acme", "linux-x64", "native/native_121.so");
        ITaskItem arm64 = Package("runtime.linux-arm64.Acme", "linux-arm64", "native/arm64_native_121.so");
        Assert.Contains("CUDA2005", Run("sm_121", "", x64).Text);
        Assert.Equal("", Run("sm_121", "", x64, arm64).Text);
    }

    [Fact]
    public void APackageForEachHostIsNoGap()
    {
        // As a package does that only depends on one package for each host.
        (_, string text) = _folder.Run(
            configure: null,
            _folder.Package("Kernels.runtime.linux-x64", "1.0.0", "runtimes/linux-x64/native/libkernels.so", "native/native_121.so"),
            _folder.Package("Kernels.runtime.win-x64", "1.0.0", "runtimes/win-x64/native/kernels.dll", "native/native_121.dll"),
            _folder.Package("Kernels.runtime.linux-arm64", "1.0.0", "runtimes/linux-arm64/native/libkernels.so", "native/arm64_native_121.so"));
        Assert.Equal("", text);
    }

    [Fact]
    public void APackageThatShipsNothingForTheProjectIsLookedInto()
    {
        Package("Acme.Only", "linux-x64", "native/native_121.so");
        Package("Plain.Only", "linux-x64", "native/no_device_code.so");
        string list = _folder.Write("project/obj/project.nuget.cache", Encoding.UTF8.GetBytes($$"""
            { "expectedPackageFiles": [
              "{{_folder.Packages}}/acme.only/1.0.0/acme.only.1.0.0.nupkg.sha512",
              "{{_folder.Packages}}/plain.only/1.0.0/plain.only.1.0.0.nupkg.sha512",
              "{{_folder.Packages}}/gone/1.0.0/gone.1.0.0.nupkg.sha512" ] }
            """));
        (_, string text) = _folder.Run(
            task =>
            {
                task.RuntimeIdentifiers = "linux-arm64";
                task.PackageList = list;
            },
            _folder.Content("libown.so", "native/arm64_native_121.so"));

        Assert.StartsWith("App.csproj : warning CUDA2005: acme.only 1.0.0 has CUDA code for linux-x64 (libx.so), and none for linux-arm64", text);
        Assert.Single(text.Split('\n'));
    }

    [Theory]
    [InlineData("linux-x64", "native/native_121.so", false)]
    [InlineData("linux-arm64", "native/native_121.so", true)]
    [InlineData("linux-arm64", "native/arm64_native_121.so", false)]
    [InlineData("ubuntu.22.04-x64", "native/arm64_native_121.so", true)]
    [InlineData("win-x64", "native/native_121.so", true)]
    [InlineData("win-x64", "native/native_121.dll", false)]
    [InlineData("linux-x64", "native/native_121.dll", true)]
    [InlineData("linux-x64", "native/vector_121.cubin", false)]
    [InlineData("linux-arm64", "native/no_device_code.so", false)]
    public void AFileMustFitItsRuntimeIdentifier(string identifier, string fixture, bool isReported)
    {
        (_, string text) = Run("sm_121", "linux-x64;linux-arm64;win-x64;ubuntu.22.04-x64", Package("Acme", identifier, fixture));
        Assert.Equal(isReported, text.Contains("CUDA2006", StringComparison.Ordinal));
    }

    [Fact]
    public void AShimOfAPackageWithCudaCodeMustFitToo()
    {
        ITaskItem shim = Package("Acme", "linux-arm64", "native/no_device_code.so", "libshim.so");
        Assert.Contains("'runtimes/linux-arm64/native/libshim.so'", Run("sm_121", "", shim, Package("Acme", "linux-arm64", "native/arm64_native_121.so")).Text);
    }

    [Theory]
    [InlineData("sm_121", "libnvrtc.so.12", null)]
    [InlineData("sm_121", "libnvrtc.so.11.2", "NVRTC of CUDA 11.2, which does not know sm_121: CUDA 12.9 is the first that does")]
    [InlineData("sm_121", "libnvrtc.so.12.8.93", "NVRTC of CUDA 12.8")]
    [InlineData("sm_120", "libnvrtc.so.12.8.93", null)]
    [InlineData("sm_120f", "libnvrtc.so.12.8.93", "which does not know sm_120f: CUDA 12.9")]
    [InlineData("sm_121", "libnvrtc.so.13", null)]
    [InlineData("sm_110", "libnvrtc.so.12", "NVRTC of CUDA 12.x, which does not know sm_110: CUDA 13.0")]
    [InlineData("sm_121", "libnvrtc-builtins.so.12.8", "NVRTC builtins of CUDA 12.8")]
    [InlineData("sm_121", "libnvrtc-builtins.so.12.9", null)]
    [InlineData("sm_121", "nvrtc-builtins64_128.dll", "NVRTC builtins of CUDA 12.8")]
    [InlineData("sm_121", "nvrtc64_120_0.dll", null)]
    [InlineData("sm_121", "libnvJitLink.so.12.6.85", "nvJitLink of CUDA 12.6")]
    [InlineData("sm_75", "libnvrtc.so.11.2", null)]
    [InlineData("sm_121", "libcudart.so.11.0", "the CUDA runtime of CUDA 11.x: what is built with it has no cubin for sm_121 and runs there only by JIT compilation, which takes PTX; CUDA 12 is the first")]
    [InlineData("sm_120a", "libcudart.so.11.8.89", "the CUDA runtime of CUDA 11.8")]
    [InlineData("sm_121", "cudart64_110.dll", "the CUDA runtime of CUDA 11.x")]
    [InlineData("sm_121", "cudart64_102.dll", "the CUDA runtime of CUDA 10.x")]
    [InlineData("sm_121", "cudart64_12.dll", null)]
    [InlineData("sm_121", "libcudart.so.12", null)]
    [InlineData("sm_121", "libcudart.so.12.1.105", null)]
    [InlineData("sm_90", "libcudart.so.11.0", null)]
    [InlineData("sm_121", "libcublas.so.11", "cuBLAS of CUDA 11.x, which was built before there was sm_121: CUDA 12.8 is the first with cubins for it")]
    [InlineData("sm_121", "libcublas.so.12.4.5.8", "cuBLAS of CUDA 12.4")]
    [InlineData("sm_121", "libcublasLt.so.12.6.4.1", "cuBLASLt of CUDA 12.6")]
    [InlineData("sm_121", "libcublas.so.12", null)]
    [InlineData("sm_121", "libcublas.so.12.8.4.1", null)]
    [InlineData("sm_121", "libcublas.so.13.0.0.19", null)]
    [InlineData("sm_86", "libcublas.so.11", null)]
    [InlineData("sm_121", "libcublasnot.so.11", null)]
    public void ALibraryOfTheToolkitMustKnowTheTarget(string target, string name, string? message)
    {
        (_, string text) = Run(target, "linux-x64", Package("Acme", "linux-x64", "native/no_device_code.so", name));
        string found = string.Join('\n', text.Split('\n').Where(line => line.Contains("CUDA2008", StringComparison.Ordinal)));
        Assert.Equal(message is null, found.Length == 0);
        Assert.Contains(message ?? "", found);
    }

    [Theory]
    [InlineData("12.8, V12.8.93", true)]
    [InlineData("13.5, V13.5.37", false)]
    [InlineData("%d.%d, V%d", false)]
    public void PtxasSaysItsVersionItself(string version, bool isOld)
    {
        byte[] padding = new byte[(1 << 20) - 30];
        byte[] program = [.. File.ReadAllBytes(Fixtures.PathOf("native/no_device_code.so")), .. padding, .. Encoding.ASCII.GetBytes("Cuda compilation tools, release " + version + "\0")];
        (_, string text) = Run("sm_121", "linux-x64", _folder.Content("tools/ptxas", program));
        Assert.Equal(isOld, text.Contains("'tools/ptxas' (Content item) is ptxas of CUDA 12.8, which does not know sm_121", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cudart64_12.dll", 12080, null)]
    [InlineData("cudart64_110.dll", 11080, "the CUDA runtime of CUDA 11.8")]
    [InlineData("cudart64_110.dll", 1284, "the CUDA runtime of CUDA 11.x")]
    [InlineData("cublas64_12.dll", 1263, "cuBLAS of CUDA 12.6")]
    [InlineData("cublasLt64_12.dll", 1241, "cuBLASLt of CUDA 12.4")]
    [InlineData("cublas64_12.dll", 1284, null)]
    [InlineData("cublas64_13.dll", 1300, null)]
    [InlineData("cublas64_12.dll", 12040, null)]
    [InlineData("cublas64_12.dll", 1130, null)]
    [InlineData("other64_12.dll", 1130, null)]
    public void ADllTellsItsVersionInItsResources(string name, int lastField, string? message)
    {
        (_, string text) = Run("sm_121", "win-x64", _folder.Content("runtimes/win-x64/native/" + name, Dll(lastField)));
        Assert.Equal(message is null, text.Length == 0);
        Assert.Contains(message ?? "", text);
    }

    [Fact]
    public void CodeSaysMoreThanAVersion()
    {
        // A cubin beside an old runtime shows that it was not built by its toolkit.
        ITaskItem runtime = Package("Acme", "linux-x64", "native/no_device_code.so", "libcudart.so.11.0");
        Assert.DoesNotContain("CUDA2008", Run("sm_121", "linux-x64", runtime, Package("Acme", "linux-x64", "native/native_121.so")).Text);
        Assert.Contains("CUDA2008", Run("sm_121", "linux-x64", runtime, Package("Acme", "linux-x64", "native/jit_80.so")).Text);

        Assert.Equal("", Run("sm_121", "linux-x64", Package("Acme", "linux-x64", "native/native_121.so", "libcublas.so.12.4.5.8")).Text);
        (_, string jit) = Run("sm_121", "linux-x64", Package("Acme", "linux-x64", "native/jit_80.so", "libcublas.so.12.4.5.8"));
        Assert.DoesNotContain("CUDA2008", jit);
        Assert.EndsWith("Use a version of Acme with cuBLAS of CUDA 12.8 or later, choose another package, or suppress CUDA2002.", jit);
        Assert.EndsWith("Ship NCCL 2.26.5 or later, or suppress CUDA2001.", Run("sm_121", "linux-x64", _folder.Content("libnccl.so.2", "native/none_86.so")).Text);

        // Of a version that should have the code, no newer one is known to be better.
        Assert.Contains("built with -gencode", Run("sm_121", "linux-x64", Package("Acme", "linux-x64", "native/none_86.so", "libcublas.so.12.9.1.4")).Text);
    }

    // A DLL without anything but a version of its file: 6.14.11.X.
    private static byte[] Dll(int lastField)
    {
        byte[] dll = new byte[1024];
        "MZ"u8.CopyTo(dll);
        dll[60] = 64;
        "PE\0\0"u8.CopyTo(dll.AsSpan(64));
        BitConverter.TryWriteBytes(dll.AsSpan(68), (ushort)0x8664);
        BitConverter.TryWriteBytes(dll.AsSpan(70), (ushort)1);
        BitConverter.TryWriteBytes(dll.AsSpan(84), (ushort)240);
        BitConverter.TryWriteBytes(dll.AsSpan(88), (ushort)0x20B);
        Span<byte> section = dll.AsSpan(88 + 240);
        ".rsrc"u8.CopyTo(section);
        BitConverter.TryWriteBytes(section[16..], 512);
        BitConverter.TryWriteBytes(section[20..], 512);
        Span<byte> version = dll.AsSpan(600);
        BitConverter.TryWriteBytes(version, 0xFEEF04BD);
        BitConverter.TryWriteBytes(version[4..], 0x00010000);
        BitConverter.TryWriteBytes(version[8..], (6 << 16) | 14);
        BitConverter.TryWriteBytes(version[12..], (11 << 16) | lastField);
        return dll;
    }

    private ITaskItem Package(string id, string identifier, string fixture, string? name = null) =>
        _folder.Package(id, "1.0.0", $"runtimes/{identifier}/native/{name ?? (fixture.EndsWith(".dll", StringComparison.Ordinal) ? "x.dll" : fixture.EndsWith(".cubin", StringComparison.Ordinal) ? "x.cubin" : "libx.so")}", fixture);

    private (bool Succeeded, string Text) Run(string target, string hosts, params ITaskItem[] files) => _folder.Run(
        task =>
        {
            task.Targets = target;
            task.RuntimeIdentifiers = hosts;
        },
        files);
}
