using System.Text;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>A project of a user, in a folder of its own outside the repository, that references the packed package.</summary>
public sealed class TestProject
{
    private readonly StringBuilder _body = new();
    private string _framework = "<TargetFramework>net10.0</TargetFramework>";

    /// <summary>Starts a project.</summary>
    /// <param name="name">Its name, unlike that of every other test's project.</param>
    /// <param name="folder">The folder below the workshop, by default called as the project is.</param>
    public TestProject(string name, string? folder = null)
    {
        Name = name;
        Folder = Path.Combine(Workshop.Root, "projects", folder ?? name);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>The project's folder.</summary>
    public string Folder { get; }

    /// <summary>The project file.</summary>
    public string ProjectFile => Path.Combine(Folder, Name + ".csproj");

    /// <summary>Whether the project references the package itself.</summary>
    public bool UsesCudaArch { get; init; } = true;

    /// <summary>Targets several frameworks.</summary>
    public TestProject TargetFrameworks(string frameworks)
    {
        _framework = $"<TargetFrameworks>{frameworks}</TargetFrameworks>";
        return this;
    }

    /// <summary>Targets another framework than net10.0.</summary>
    public TestProject TargetFramework(string framework)
    {
        _framework = $"<TargetFramework>{framework}</TargetFramework>";
        return this;
    }

    /// <summary>Makes a program of it, without the host executable, which no test needs.</summary>
    public TestProject AsProgram() => Property("OutputType", "Exe").Property("UseAppHost", "false").Source("Program.cs", "System.Console.WriteLine(\"ran\");");

    /// <summary>Sets a property.</summary>
    public TestProject Property(string name, string value) => Xml($"<PropertyGroup><{name}>{value}</{name}></PropertyGroup>");

    /// <summary>Adds an item.</summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="include">The file or package.</param>
    /// <param name="metadata">Attributes, as in the project file.</param>
    public TestProject Item(string type, string include, string metadata = "") => Xml($"<ItemGroup><{type} Include=\"{include}\" {metadata} /></ItemGroup>");

    /// <summary>References a package.</summary>
    public TestProject Reference(NativePackage package) => Item("PackageReference", package.Id, $"Version=\"{package.Version}\"");

    /// <summary>References a project.</summary>
    public TestProject Reference(TestProject project) => Item("ProjectReference", project.ProjectFile);

    /// <summary>Adds any part of a project file.</summary>
    public TestProject Xml(string xml)
    {
        _body.AppendLine(xml);
        return this;
    }

    /// <summary>Adds a source file.</summary>
    public TestProject Source(string path, string text)
    {
        Write(path, Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>Copies a fixture of <c>tests/fixtures</c>.</summary>
    public TestProject Copy(string path, string fixture) => Write(path, File.ReadAllBytes(Fixtures.PathOf(fixture)));

    /// <summary>Writes a file.</summary>
    public TestProject Write(string path, byte[] content)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return this;
    }

    /// <summary>Copies a fixture and ships it as content.</summary>
    public TestProject Content(string path, string fixture) => Copy(path, fixture).Item("Content", path, "CopyToOutputDirectory=\"PreserveNewest\"");

    /// <summary>Writes the project file.</summary>
    public TestProject Save()
    {
        string package = UsesCudaArch ? $"<ItemGroup><PackageReference Include=\"CudaArch\" Version=\"{Workshop.Version}\" PrivateAssets=\"all\" /></ItemGroup>" : "";
        string text = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {_framework}
                <Nullable>enable</Nullable>
                <ImplicitUsings>disable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <NuGetAudit>false</NuGetAudit>
                <LangVersion>latest</LangVersion>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
              </PropertyGroup>
              {package}
              {_body}
            </Project>
            """;

        // A new time stamp would make everything be built again.
        if (!File.Exists(ProjectFile) || File.ReadAllText(ProjectFile) != text)
        {
            File.WriteAllText(ProjectFile, text);
        }

        return this;
    }

    /// <summary>Runs <c>dotnet build</c>.</summary>
    public Task<CommandResult> Build(params string[] arguments) => Run("build", arguments);

    /// <summary>Runs <c>dotnet publish</c>.</summary>
    public Task<CommandResult> Publish(params string[] arguments) => Run("publish", arguments);

    /// <summary>Runs a command on the project file as it now is.</summary>
    public async Task<CommandResult> Run(string command, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await Workshop.Package;
        Save();
        return await Dotnet.Run(Folder, [command, ProjectFile, "-tl:off", "-v:minimal", "-nologo", .. arguments], environment);
    }
}
