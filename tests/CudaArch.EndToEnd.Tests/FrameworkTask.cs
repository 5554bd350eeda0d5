using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CudaArch.EndToEnd.Tests;

/// <summary>The task that <c>msbuild.exe</c> loads, taken from the package: it has everything it needs beside it, and it runs.</summary>
public class FrameworkTask
{
    private static readonly string ReferenceAssemblies =
        Path.Combine(Workshop.MachinePackages, "microsoft.netframework.referenceassemblies.net472", "1.0.3", "build", ".NETFramework", "v4.7.2");

    [MonoFact]
    public async Task RunsOnDotNetFrameworksLibraries()
    {
        string task = Path.Combine(await Unpack("framework-run"), "CudaArch.MSBuild.dll");
        string configuration = typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CudaArch.Configuration").Value!;
        string host = Path.Combine(Fixtures.RepositoryRoot, "tests", "CudaArch.FrameworkHost", "bin", configuration, "net472", "CudaArch.FrameworkHost.exe");
        string project = Path.Combine(Directory.CreateDirectory(Path.Combine(Workshop.Root, "projects", "framework")).FullName, "App.csproj");
        string[] files = [.. new[] { "lz4.so", "zstd.so", "partial.so", "none_86.dll", "tcgen05_100a.ptx" }.Select(name => Fixtures.PathOf("native/" + name))];

        // Kernel names stand in the packed images; a package is a zip file around all of it.
        string package = Path.Combine(Path.GetDirectoryName(project)!, "Acme.1.0.0.nupkg");
        using (ZipArchive zip = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(Fixtures.PathOf("native/none_86.so"), "runtimes/linux-x64/native/libnone.so");
        }

        CommandResult result = await Mono.Run(host, [task, project, "sm_75", .. files, package]);
        Assert.EndsWith("succeeded\n", result.Succeeded().Output);
        Assert.Equal(
            ["Acme.1.0.0.nupkg/runtimes/linux-x64/native/libnone.so", "lz4.so", "none_86.dll", "partial.so", "tcgen05_100a.ptx", "zstd.so"],
            result.Of("CUDA2001").Select(finding => finding.Message.Split('\'')[1].Replace(Path.GetDirectoryName(files[0]) + "/", "")).Order(StringComparer.Ordinal));
        Assert.All(result.Of("CUDA2001"), finding => Assert.Matches("; kernels? [a-z_]+", finding.Message));

        // The second time the answers come from the cache, word for word.
        Assert.Equal(result.Findings, (await Mono.Run(host, [task, project, "sm_75", .. files, package])).Succeeded().Findings);
        foreach (string extension in new[] { ".html", ".sarif", ".json", ".md" })
        {
            Assert.Contains("zstd.so", await File.ReadAllTextAsync(Path.ChangeExtension(project, extension)));
        }
    }

    [Fact]
    public async Task EveryReferenceIsMetWithoutAConfigurationFile()
    {
        Dictionary<string, AssemblyFile> beside = Directory.GetFiles(await Unpack("framework-references"), "*.dll").Select(AssemblyFile.Read).ToDictionary(file => file.Name);
        HashSet<string> framework = [.. Directory.GetFiles(ReferenceAssemblies, "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))];
        Assert.Contains("CudaArch.DeviceCode", beside.Keys);
        foreach (AssemblyFile file in beside.Values)
        {
            foreach ((string name, Version version) in file.References)
            {
                string what = $"{file.Name} asks for {name} {version}";
                Assert.True(beside.TryGetValue(name, out AssemblyFile? found) || framework.Contains(name) || name is "Microsoft.Build.Framework" or "Microsoft.Build.Utilities.Core", what);

                // The task's own resolver gives the copy in the folder for any version, which is sound for older ones only.
                Assert.True(found is null || found.Version >= version, $"{what}, {found?.Version} is there");
            }
        }

        // MSBuild's own copy of such a library may answer for the versions that its configuration file names: two versions are two types with one name.
        foreach (AssemblyFile file in beside.Values)
        {
            foreach ((string other, string shared, string member) in file.Exchanged.Where(exchange => beside.ContainsKey(exchange.Other) && beside.ContainsKey(exchange.Shared)))
            {
                Assert.True(!beside[other].References.TryGetValue(shared, out Version? theirs) || theirs == file.References[shared],
                    $"{file.Name} and {other} exchange types of {shared} in {member}: {file.References[shared]} and {theirs}");
            }
        }
    }

    private static async Task<string> Unpack(string name)
    {
        string folder = Path.Combine(Workshop.Root, name);
        using ZipArchive package = ZipFile.OpenRead(await Workshop.Package);
        package.ExtractToDirectory(folder);
        return Path.Combine(folder, "tools", "net472");
    }

    // What an assembly's metadata says of others.
    private sealed record AssemblyFile(string Name, Version Version, IReadOnlyDictionary<string, Version> References, IReadOnlyList<(string Other, string Shared, string Member)> Exchanged)
    {
        public static AssemblyFile Read(string path)
        {
            using var file = new PEReader(File.OpenRead(path));
            MetadataReader reader = file.GetMetadataReader();
            AssemblyDefinition definition = reader.GetAssemblyDefinition();
            var exchanged = new List<(string, string, string)>();
            foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
            {
                if (member.Parent.Kind == HandleKind.TypeReference && ScopeOf(reader, (TypeReferenceHandle)member.Parent) is { } other)
                {
                    var types = new TypeScopes();
                    if (member.GetKind() == MemberReferenceKind.Method)
                    {
                        member.DecodeMethodSignature(types, null);
                    }
                    else
                    {
                        member.DecodeFieldSignature(types, null);
                    }

                    exchanged.AddRange(types.Seen.Select(shared => (other, shared, reader.GetString(member.Name))));
                }
            }

            return new AssemblyFile(
                reader.GetString(definition.Name), definition.Version,
                reader.AssemblyReferences.Select(reader.GetAssemblyReference).ToDictionary(reference => reader.GetString(reference.Name), reference => reference.Version), exchanged);
        }
    }

    private static string? ScopeOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference ? reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
            : scope.Kind == HandleKind.TypeReference ? ScopeOf(reader, (TypeReferenceHandle)scope) : null;
    }

    // Notes from which assemblies the types of a signature come.
    private sealed class TypeScopes : ISignatureTypeProvider<int, object?>
    {
        public HashSet<string> Seen { get; } = [];

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            if (ScopeOf(reader, handle) is { } scope)
            {
                Seen.Add(scope);
            }

            return 0;
        }

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, System.Collections.Immutable.ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => 0;

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => 0;
    }
}
