using System.Globalization;
using System.Reflection;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>
/// A folder outside the repository, made once a test run: a feed with the freshly packed package, and a packages folder of its own. Neither the version nor the
/// packages folder is ever seen by another run, so that no stale copy can answer in place of what was just built.
/// </summary>
public static class Workshop
{
    private static readonly Lazy<Task<string>> Packed = new(Pack);

    /// <summary>The folder of the packages that this machine has restored.</summary>
    public static string MachinePackages { get; } =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The folder. Projects are made below it.</summary>
    public static string Root { get; } = CreateRoot();

    /// <summary>The folder from which projects restore.</summary>
    public static string Feed { get; } = Path.Combine(Root, "feed");

    /// <summary>The version of the packed package.</summary>
    public static string Version { get; } = "0.1.0-e2e." + DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>The path of the package, which the first caller packs.</summary>
    public static Task<string> Package => Packed.Value;

    private static string CreateRoot()
    {
        string root = Directory.CreateTempSubdirectory("cudaarch-e2e-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "feed"));

        // The feed is the only source: restoring asks no other. What the SDK itself needs (netstandard2.0) was restored for this repository already.
        File.WriteAllText(Path.Combine(root, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="cudaarch-e2e" value="feed" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);

        // Whatever lies above the temporary folder stays out.
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(root, name), "<Project />");
        }

        File.WriteAllText(Path.Combine(root, ".editorconfig"), "root = true\n");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(root);
        return root;
    }

    private static async Task<string> Pack()
    {
        string configuration = typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CudaArch.Configuration").Value!;
        string project = Path.Combine(Fixtures.RepositoryRoot, "src", "CudaArch.Package", "CudaArch.Package.csproj");
        string roslyn = (await Dotnet.Run(Root, ["msbuild", project, "-getProperty:RoslynTargetsPath"])).Succeeded().Output.Trim();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dotnet.StopCompiler(roslyn);

        string[] arguments = ["pack", project, "--configuration", configuration, "--output", Feed, "-p:PackageVersion=" + Version, "-tl:off", "-v:minimal"];
        CommandResult result = await Dotnet.Run(Root, arguments);
        result.Succeeded();
        Assert.True(result.Diagnostics.Count == 0, "Packing is not free of warnings:\n" + result.Output);
        return Path.Combine(Feed, $"CudaArch.{Version}.nupkg");
    }

    private static void Delete(string root)
    {
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left to the system, which cleans its temporary folder.
        }
    }
}
