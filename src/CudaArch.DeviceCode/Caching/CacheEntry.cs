using System.Text;
using CudaArch.DeviceCode.Verification;
using CudaArch.Features;
using CudaArch.Ptx;

namespace CudaArch.DeviceCode.Caching;

/// <summary>
/// The bytes of an entry: a mark with the version of this form, the key, what was found, and a check sum over all of it. Whatever does not fit makes the entry as good as none.
/// </summary>
internal static class CacheEntry
{
    private const int CheckSize = 16;

    private static ReadOnlySpan<byte> Mark => "CUDAARCH verification 2\n"u8;

    /// <summary>Writes an entry.</summary>
    public static byte[] Write(string key, IReadOnlyList<CachedPart> parts)
    {
        var memory = new MemoryStream();
        byte[] mark = Mark.ToArray();
        memory.Write(mark, 0, mark.Length);
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(key);
            writer.Write(parts, Write);
        }

        byte[] check = PartHash.Of(memory.GetBuffer(), (int)memory.Length);
        memory.Write(check, 0, check.Length);
        return memory.ToArray();
    }

    /// <summary>Reads an entry; null when it is damaged, of another version, or has another key.</summary>
    public static IReadOnlyList<CachedPart>? Read(byte[] bytes, string key)
    {
        if (!bytes.AsSpan().StartsWith(Mark) || bytes.Length < Mark.Length + CheckSize || !IsWhole(bytes))
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, Mark.Length, bytes.Length - Mark.Length - CheckSize, writable: false), Encoding.UTF8);
            return reader.ReadString() == key ? reader.ReadList(ReadPart) : null;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static bool IsWhole(byte[] bytes) => PartHash.Of(bytes, bytes.Length - CheckSize).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - CheckSize));

    private static void Write(BinaryWriter writer, CachedPart part)
    {
        writer.WriteText(part.Member);
        writer.Write(part.Package is not null);
        if (part.Package is { } package)
        {
            writer.Write(package.Id);
            writer.WriteText(package.Version);
        }

        writer.Write(part.Verification is not null);
        if (part.Verification is not { } file)
        {
            return;
        }

        writer.Write((byte)file.HostFormat);
        writer.WriteText(file.Machine);
        writer.Write(file.Modules, Write);
        writer.Write(file.Targets, Write);
        writer.Write(file.Problems, (to, problem) =>
        {
            to.Write(problem.Offset);
            to.Write(problem.Message);
            to.WriteText(problem.Member);
        });
    }

    private static CachedPart ReadPart(BinaryReader reader)
    {
        string? member = reader.ReadText();
        PackageIdentity? package = reader.ReadBoolean() ? new PackageIdentity(reader.ReadString(), reader.ReadText()) : null;
        return new CachedPart(member, package, !reader.ReadBoolean() ? null : new FileVerification
        {
            Input = new VerificationInput(""),
            HostFormat = (HostFormat)reader.ReadByte(),
            Machine = reader.ReadText(),
            Modules = reader.ReadList(ReadPlace),
            Targets = reader.ReadList(ReadTarget),
            Problems = reader.ReadList(from => new Problem(from.ReadInt64(), from.ReadString(), from.ReadText())),
        });
    }

    private static void Write(BinaryWriter writer, ModulePlace place)
    {
        writer.Write(place.Offset);
        writer.Write(place.Location);
        writer.WriteText(place.Member);
    }

    private static ModulePlace ReadPlace(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadString(), reader.ReadText());

    private static void Write(BinaryWriter writer, TargetVerification target)
    {
        writer.Write(target.Target);
        writer.Write((byte)target.Coverage);
        writer.Write(target.Modules, (to, module) =>
        {
            to.Write((byte)module.Coverage);
            to.Write((byte)module.ByDesign);
            to.Write(module.IsGap);
        });
        writer.Write(target.MissingImages, Write);
        writer.Write(target.RefusedImages, (to, image) =>
        {
            Write(to, image.Place);
            Write(to, image.Label);
            to.Write(image.Faults, Write);
            to.Write(image.IsRelocatable);
        });
        writer.Write(target.ModulesWithLostKernels);
        writer.Write(target.MissingKernels, (to, kernel) => to.Write(kernel));
    }

    private static TargetVerification ReadTarget(BinaryReader reader) => new()
    {
        Target = reader.ReadArchitecture(),
        Coverage = (FileCoverage)reader.ReadByte(),
        Modules = reader.ReadList(from => new ModuleVerification((Coverage)from.ReadByte(), (ByDesignReason)from.ReadByte(), from.ReadBoolean())),
        MissingImages = reader.ReadList(ReadLabel),
        RefusedImages = reader.ReadList(from => new RefusedImage(ReadPlace(from), ReadLabel(from), from.ReadList(ReadFault), from.ReadBoolean())),
        ModulesWithLostKernels = reader.ReadInt32(),
        MissingKernels = reader.ReadList(from => from.ReadString()),
    };

    private static void Write(BinaryWriter writer, ImageLabel label)
    {
        writer.Write((byte)label.Kind);
        writer.Write(label.Architecture);
    }

    private static ImageLabel ReadLabel(BinaryReader reader) => new((ImageKind)reader.ReadByte(), reader.ReadArchitecture());

    private static void Write(BinaryWriter writer, PtxFinding fault)
    {
        writer.Write((byte)fault.Kind);
        writer.Write(fault.Span.Start);
        writer.Write(fault.Span.Length);
        writer.WriteText(fault.Feature?.Id);
        writer.Write(fault.Token);
        writer.WriteText(fault.Kernel);
        writer.Write(fault.Line);
        writer.Write(fault.Detail);
    }

    private static PtxFinding ReadFault(BinaryReader reader) => new()
    {
        Kind = (PtxFindingKind)reader.ReadByte(),
        Span = new PtxSpan(reader.ReadInt32(), reader.ReadInt32()),
        Feature = reader.ReadText() is { } feature ? FeatureCatalog.Find(feature) ?? throw new FormatException($"There is no feature {feature}.") : null,
        Token = reader.ReadString(),
        Kernel = reader.ReadText(),
        Line = reader.ReadInt32(),
        Detail = reader.ReadString(),
    };
}
