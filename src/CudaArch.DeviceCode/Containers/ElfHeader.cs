using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The header of a 64-bit little-endian ELF file.</summary>
internal readonly struct ElfHeader
{
    public const int Size = 64;

    private const byte Class64 = 2, LittleEndian = 1;

    private ElfHeader(ReadOnlySpan<byte> bytes)
    {
        Machine = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(18));
        ProgramTable = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(32));
        SectionTable = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(40));
        ProgramEntrySize = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(54));
        ProgramCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(56));
        SectionEntrySize = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(58));
        SectionCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(60));
        NameSection = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(62));
    }

    public ushort Machine { get; }

    public ulong ProgramTable { get; }

    public ushort ProgramEntrySize { get; }

    public ushort ProgramCount { get; }

    public ulong SectionTable { get; }

    public ushort SectionEntrySize { get; }

    public ushort SectionCount { get; }

    public ushort NameSection { get; }

    public static ReadOnlySpan<byte> Magic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <exception cref="DeviceCodeException">The header is cut off, or of a kind that never holds device code.</exception>
    public static ElfHeader Read(ByteRange file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        int read = file.Read(0, bytes);
        if (read > 4 && bytes[4] != Class64)
        {
            throw new DeviceCodeException(file.Name, file.Start + 4, "64-bit ELF", bytes[4] == 1
                ? "this is a 32-bit ELF file, which holds no CUDA device code that runs today"
                : $"the ELF file has unknown class {bytes[4]}")
            {
                Failure = bytes[4] == 1 ? DeviceCodeFailure.NoCudaHost : DeviceCodeFailure.Unreadable,
            };
        }

        if (read > 5 && bytes[5] != LittleEndian)
        {
            throw new DeviceCodeException(file.Name, file.Start + 5, "little-endian ELF", "this is a big-endian ELF file, which no CUDA host is")
            {
                Failure = DeviceCodeFailure.NoCudaHost,
            };
        }

        if (read < Size)
        {
            throw new DeviceCodeException(file.Name, file.Start + read, $"an ELF header of {Size} bytes", $"the file ends after {read} bytes");
        }

        return new ElfHeader(bytes);
    }

    /// <summary>The usual name of a machine number.</summary>
    public static string MachineName(ushort machine) => machine switch
    {
        0x3E => "x86-64",
        0xB7 => "aarch64",
        0x15 => "ppc64",
        0xF3 => "riscv",
        0x102 => "loongarch",
        0x28 => "arm",
        0x03 => "x86",
        0x16 => "s390x",
        _ => FormattableString.Invariant($"elf-machine-{machine}"),
    };
}
