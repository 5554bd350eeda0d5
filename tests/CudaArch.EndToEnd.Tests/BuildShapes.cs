namespace CudaArch.EndToEnd.Tests;

/// <summary>The ways in which builds are started: by graph, with many threads, through a filter, by an IDE, to pack, to test, to publish as one file.</summary>
public class BuildShapes
{
    [Fact]
    public async Task GraphThreadsAndFilters()
    {
        await Workshop.Package;
        TestProject library = new TestProject("ShapedLibrary", "shaped/library").Content("libgaps.so", "native/none_86.so").Save();
        TestProject program = new TestProject("ShapedProgram", "shaped/program").AsProgram().Content("libjit.so", "native/jit_80.so").Reference(library).Save();
        TestProject other = new TestProject("ShapedOther", "shaped/other").Content("libother.so", "native/none_90a.so").Save();
        string folder = Path.Combine(Workshop.Root, "projects", "shaped");
        File.WriteAllText(Path.Combine(folder, "All.slnx"), """
            <Solution><Project Path="library/ShapedLibrary.csproj" /><Project Path="program/ShapedProgram.csproj" /><Project Path="other/ShapedOther.csproj" /></Solution>
            """);
        File.WriteAllText(Path.Combine(folder, "Some.slnf"), """{ "solution": { "path": "All.slnx", "projects": [ "library/ShapedLibrary.csproj", "program/ShapedProgram.csproj" ] } }""");

        // The filter leaves one project out; the program ships the library's file too.
        Check(await Build("Some.slnf", "-graph", "-m:2"), "ShapedLibrary", "ShapedProgram");
        Check(await Build("All.slnx", "-mt", "-m:2", "-t:Rebuild"), "ShapedLibrary", "ShapedOther", "ShapedProgram");

        Task<CommandResult> Build(string solution, params string[] arguments) =>
            Dotnet.Run(folder, ["build", Path.Combine(folder, solution), "-tl:off", "-v:minimal", .. arguments]);

        static void Check(CommandResult result, params string[] projects)
        {
            result.Succeeded();
            Assert.Equal(projects, result.Of("CUDA2001").Select(finding => Path.GetFileNameWithoutExtension(finding.Origin)).Order());
            Assert.EndsWith("ShapedProgram.csproj", result.Single("CUDA2002").Origin);
        }
    }

    [Fact]
    public async Task AnIdeIsNotHeldUpAndNothingIsDoneTwice()
    {
        TestProject project = new TestProject("Logged").AsProgram().Property("UseAppHost", "true").Content("libgaps.so", "native/none_86.so").Property("CudaArchTargets", "sm_121;sm_120");
        string log = Path.Combine(project.Folder, "build.binlog");
        (await project.Run("restore", [])).Succeeded();

        // As an IDE asks for the compiler's arguments.
        (await project.Run("msbuild", ["-t:CoreCompile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-bl:" + log])).Succeeded().IsQuiet();
        Assert.Empty(new BinaryLog(log).Tasks);

        Assert.Equal(2, (await project.Build("--no-restore", "-bl:" + log)).Succeeded().Of("CUDA2001").Count);
        Assert.Equal(["CheckCudaConfiguration", "FindNativeFiles", "VerifyCudaTargets", "FindNativeFiles", "VerifyCudaTargets"], new BinaryLog(log).Tasks.Select(task => task.Name));

        (await project.Build("--no-restore", "-bl:" + log)).Succeeded().IsQuiet();
        var second = new BinaryLog(log);
        Assert.Empty(second.Tasks);
        Assert.True(second.WasUpToDate("VerifyCudaTargets"));
        Assert.True(second.WasUpToDate("_CudaArchCover"));
    }

    [Fact]
    public async Task AProgramWithoutNativeFilesRunsNoTask()
    {
        TestProject project = new TestProject("Plain").AsProgram().Property("UseAppHost", "true");
        string log = Path.Combine(project.Folder, "build.binlog");
        (await project.Build("-bl:" + log)).Succeeded().IsQuiet();
        Assert.Empty(new BinaryLog(log).Tasks);
    }

    [Fact]
    public async Task OfFilesThatAreNotNativeOnlyTheBeginningIsReadAndOnlyOnce()
    {
        TestProject project = new TestProject("Texts").AsProgram().Item("Content", "texts/*", "CopyToOutputDirectory=\"PreserveNewest\"");
        for (int i = 0; i < 200; i++)
        {
            project.Write($"texts/{i}.txt", "nothing native"u8.ToArray());
        }

        // The task that reads device code is not even loaded.
        string log = Path.Combine(project.Folder, "build.binlog");
        (await project.Build("-bl:" + log)).Succeeded().IsQuiet();
        Assert.Equal(["FindNativeFiles", "FindNativeFiles"], new BinaryLog(log).Tasks.Select(task => task.Name));
        Assert.Single(new BinaryLog(log).TaskAssemblies, assembly => assembly.EndsWith("CudaArch.MSBuild.Triage.dll", StringComparison.Ordinal));
        (await project.Build("--no-restore", "-bl:" + log)).Succeeded().IsQuiet();
        Assert.Empty(new BinaryLog(log).Tasks);

        // One of them is native after all, under whatever name.
        project.Copy("texts/7.txt", "native/vector.fatbin").Copy("texts/8.txt", "native/none_86.so");
        Assert.Contains("'texts/8.txt'", (await project.Build("--no-restore")).Succeeded().Single("CUDA2001").Message);
        project.Write("texts/8.txt", "nothing native"u8.ToArray()).Write("texts/7.txt", "nothing native"u8.ToArray());
        (await project.Build("--no-restore")).Succeeded().IsQuiet();
    }

    [Fact]
    public async Task PackAndTest()
    {
        TestProject project = await OneFile("Packed");

        // Packing builds, and the package of the program is none of a file's business.
        Assert.Contains("(Packed.Native 1.0.0, linux-x64)", (await project.Run("pack", [])).Succeeded().Single("CUDA2001").Message);
        (await project.Publish("--runtime", "linux-arm64", "--no-self-contained", "-p:UseAppHost=false")).Succeeded().IsQuiet();

        // A project of tests that loads the same package.
        NativePackage kernels = new NativePackage("Packed.Native");
        TestProject tests = new TestProject("PackedTests")
            .Item("PackageReference", "Microsoft.NET.Test.Sdk", "Version=\"18.11.0\"").Item("PackageReference", "xunit", "Version=\"2.9.3\"").Item("PackageReference", "xunit.runner.visualstudio", "Version=\"3.1.5\"")
            .Source("Tests.cs", "public class Tests { [Xunit.Fact] public void Pass() => Xunit.Assert.True(true); }").Reference(kernels);
        CommandResult tested = (await tests.Run("test", [])).Succeeded();
        Assert.Contains("(Packed.Native 1.0.0, linux-x64)", tested.Single("CUDA2001").Message);
        Assert.Matches("Passed!|Passed: +1|total: 1", tested.Output);
        Assert.Equal("error", (await tests.Run("test", ["--no-restore", "-p:ContinuousIntegrationBuild=true"])).Failed().Single("CUDA2001").Severity);
    }

    [RuntimePackFact]
    public async Task PublishAsOneFile()
    {
        TestProject project = await OneFile("ShippedAsOne");
        CommandResult published = (await project.Publish("--runtime", "linux-x64", "--no-self-contained", "-p:PublishSingleFile=true", "-p:IncludeNativeLibrariesForSelfExtract=true", "-p:UseAppHost=true")).Succeeded();
        Assert.Contains("(ShippedAsOne.Native 1.0.0, linux-x64)", published.Single("CUDA2001").Message);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(project.Folder, "bin", "Release", "net10.0", "linux-x64", "publish")), file => file.EndsWith(".so", StringComparison.Ordinal));
    }

    [RuntimePackFact]
    public async Task PublishSelfContained()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("With.Runtime").With("runtimes/linux-x64/native/libinside.so", "native/none_86.so").Publish();
        TestProject project = new TestProject("SelfContained").Property("OutputType", "Exe").Source("Program.cs", "System.Console.WriteLine(\"ran\");").Reference(package);
        CommandResult published = (await project.Publish("--runtime", "linux-x64", "--self-contained", "-p:PublishSingleFile=true")).Succeeded();

        // The runtime's own libraries are native too, and none of them is worth a word.
        published.Single("CUDA2001");
        Assert.Single(published.Findings);
    }

    [NativeAotFact]
    public async Task PublishAsNativeProgram()
    {
        TestProject project = (await OneFile("Native")).Property("PublishAot", "true").Property("InvariantGlobalization", "true");
        CommandResult published = (await project.Publish("--runtime", "linux-x64")).Succeeded();
        Assert.Contains("(Native.Native 1.0.0, linux-x64)", published.Single("CUDA2001").Message);

        // The program itself is native, and none of its own code is device code.
        Assert.Single(published.Findings);
        Assert.True(File.Exists(Path.Combine(project.Folder, "bin", "Release", "net10.0", "linux-x64", "publish", "Native")));
    }

    private static async Task<TestProject> OneFile(string name)
    {
        await Workshop.Package;
        NativePackage package = new NativePackage(name + ".Native").With("runtimes/linux-x64/native/libinside.so", "native/none_86.so").With("runtimes/linux-arm64/native/libinside.so", "native/arm64_native_121.so").Publish();
        return new TestProject(name).Property("OutputType", "Exe").Property("IsPackable", "true").Source("Program.cs", "System.Console.WriteLine(\"ran\");").Reference(package);
    }
}
