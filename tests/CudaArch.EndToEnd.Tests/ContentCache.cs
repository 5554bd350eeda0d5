namespace CudaArch.EndToEnd.Tests;

/// <summary>A package's file is read once per machine, whichever project builds with it.</summary>
public class ContentCache
{
    [Fact]
    public async Task AnotherProjectAndAnotherBuildDoNotReadTheFileOfAPackageAgain()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("Kept.Kernels", "3.0.0").With("runtimes/linux-x64/native/libkept.so", "native/none_86.so").Publish();
        TestProject first = new TestProject("Keeper").AsProgram().Reference(package), second = new TestProject("Finder").AsProgram().Reference(package);
        string[] detailed = ["-v:detailed", "-p:RuntimeIdentifier=linux-x64", "-p:SelfContained=false", "-p:CudaArchCacheDirectory=../kept cache"];

        CommandResult cold = (await first.Build(detailed)).Succeeded(), warm = (await second.Build(detailed)).Succeeded();
        Assert.DoesNotContain("were known from", cold.Output);
        Assert.Contains($"1 of them were known from '{Path.Combine(Workshop.Root, "projects", "kept cache")}'", warm.Output);
        Assert.Equal(cold.Single("CUDA2001").Message, warm.Single("CUDA2001").Message);

        // Not used: nothing is asked, and the answer is the same. Damaged: neither.
        string[] again = [.. detailed, "--no-restore", "-t:Rebuild"];
        CommandResult without = (await second.Build([.. again, "-p:CudaArchCache=false"])).Succeeded();
        Assert.DoesNotContain("were known from", without.Output);
        Assert.Equal(cold.Single("CUDA2001").Message, without.Single("CUDA2001").Message);
        string entry = Assert.Single(Directory.EnumerateFiles(Path.Combine(Workshop.Root, "projects", "kept cache"), "*.entry"));
        byte[] bytes = await File.ReadAllBytesAsync(entry);
        await File.WriteAllBytesAsync(entry, bytes[..(bytes.Length / 2)]);
        CommandResult mended = (await second.Build(again)).Succeeded();
        Assert.DoesNotContain("were known from", mended.Output);
        Assert.Equal(cold.Single("CUDA2001").Message, mended.Single("CUDA2001").Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(entry));
    }
}
