using System.Text;

namespace CudaArch.EndToEnd.Tests;

/// <summary>Every rule of the build in one project, first with files that break it, then with files of the same names that do not.</summary>
public class EveryRule
{
    [Fact]
    public async Task IsReportedOnceAndNotOfFilesThatKeepIt()
    {
        await Workshop.Package;
        NativePackage bad = new NativePackage("Every.Rule", "1.0.0")
            .With("runtimes/linux-x64/native/libnone.so", "native/none_86.so")
            .With("runtimes/linux-x64/native/libjit.so", "native/jit_80.so")
            .With("runtimes/linux-x64/native/libpartial.so", "native/partial.so")
            .With("runtimes/linux-x64/native/libcut.so", File.ReadAllBytes(Fixtures.PathOf("native/native_121.so"))[..9000])
            .With("runtimes/win-x64/native/wrong.dll", "native/native_121.so")
            .With("runtimes/linux-x64/native/libnvrtc-builtins.so.12.8", "native/no_device_code.so")
            .Publish();
        NativePackage good = new NativePackage("Every.Rule", "2.0.0")
            .With("runtimes/linux-x64/native/libnone.so", "native/native_121.so")
            .With("runtimes/linux-x64/native/libjit.so", "native/native_120.so")
            .With("runtimes/linux-x64/native/libpartial.so", "native/family_120f.so")
            .With("runtimes/linux-x64/native/libcut.so", "native/native_121.so")
            .With("runtimes/linux-arm64/native/libnone.so", "native/arm64_native_121.so")
            .With("runtimes/win-x64/native/wrong.dll", "native/native_121.dll")
            .With("runtimes/linux-x64/native/libnvrtc-builtins.so.12.9", "native/no_device_code.so")
            .Publish();
        TestProject project = new TestProject("RuleByRule").AsProgram()
            .Write("kernel.ptx", Ptx("    .shared .align 4 .b32 slot;\n    tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32 [slot], 32;\n"))
            .Item("None", "kernel.ptx", "CopyToOutputDirectory=\"PreserveNewest\"")
            .Item("CudaArchSuppress", "kernel.ptx", "Rule=\"CUDA2002\" Reason=\"a text is always compiled at the start\"")
            .Xml("<ItemGroup><PackageReference Include=\"Every.Rule\" Version=\"$(RuleVersion)\" /></ItemGroup>");

        CommandResult broken = (await project.Build("-p:RuleVersion=" + bad.Version)).Succeeded();
        Assert.Equal(["CUDA2001", "CUDA2002", "CUDA2003", "CUDA2004", "CUDA2005", "CUDA2006", "CUDA2007", "CUDA2008"], broken.Findings.Select(finding => finding.Id).Order());
        Assert.All(broken.Findings, finding => Assert.Matches("suppress CUDA200[1-8]", finding.Message));

        project.Write("kernel.ptx", Ptx(""));
        (await project.Build("-p:RuleVersion=" + good.Version, "-p:CudaArchTargets=sm_121")).Succeeded().IsQuiet();
        Assert.Single((await project.Build("--no-restore", "-p:RuleVersion=" + good.Version, "-p:CudaArchTargets=sm_121;bm_1".Replace(";", "%3B"))).Failed().Of("CUDA2009"));
    }

    private static byte[] Ptx(string body) => Encoding.ASCII.GetBytes($".version 8.8\n.target sm_121\n.address_size 64\n.visible .entry kernel()\n{{\n{body}    ret;\n}}\n");
}
