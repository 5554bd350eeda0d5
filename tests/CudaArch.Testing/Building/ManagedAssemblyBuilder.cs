using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CudaArch.Testing.Building;

/// <summary>Builds .NET assemblies that hold nothing but data.</summary>
public static class ManagedAssemblyBuilder
{
    /// <summary>An assembly with embedded resources.</summary>
    public static byte[] WithResources(params (string Name, byte[] Bytes)[] resources)
    {
        MetadataBuilder metadata = NewMetadata();
        var data = new BlobBuilder();
        foreach ((string name, byte[] bytes) in resources)
        {
            data.Align(8);
            metadata.AddManifestResource(ManifestResourceAttributes.Public, metadata.GetOrAddString(name), default, (uint)data.Count);
            data.WriteInt32(bytes.Length);
            data.WriteBytes(bytes);
        }

        return Serialize(new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder(), managedResources: data));
    }

    /// <summary>An assembly that names native libraries.</summary>
    public static byte[] WithImports(params string[] libraries)
    {
        MetadataBuilder metadata = NewMetadata();
        foreach (string library in libraries)
        {
            metadata.AddModuleReference(metadata.GetOrAddString(library));
        }

        return Serialize(new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()));
    }

    /// <summary>An assembly with fields that have initial bytes, as the compiler makes of literals.</summary>
    public static byte[] WithFieldData(params byte[][] fields)
    {
        MetadataBuilder metadata = NewMetadata();
        var data = new BlobBuilder();
        var signature = new BlobBuilder();
        new BlobEncoder(signature).FieldSignature().Int64();
        foreach (byte[] bytes in fields)
        {
            data.Align(8);
            FieldDefinitionHandle field = metadata.AddFieldDefinition(
                FieldAttributes.Static | FieldAttributes.HasFieldRVA | FieldAttributes.Assembly, metadata.GetOrAddString("f" + data.Count), metadata.GetOrAddBlob(signature));
            metadata.AddFieldRelativeVirtualAddress(field, data.Count);
            data.WriteBytes(bytes);
        }

        return Serialize(new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder(), mappedFieldData: data));
    }

    private static MetadataBuilder NewMetadata()
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Demo.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Demo"), new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        return metadata;
    }

    private static byte[] Serialize(ManagedPEBuilder builder)
    {
        var output = new BlobBuilder();
        builder.Serialize(output);
        return output.ToArray();
    }
}
