using System.Text;

namespace CudaArch.Testing.Building;

/// <summary>Builds 64-bit ELF files around real device code: sections where a test wants them, or loadable segments only.</summary>
public sealed class ElfBuilder(ushort machine = 0x3E, ushort type = 3)
{
    public const uint ProgramBits = 1, NoBits = 8;
    public const ulong Allocated = 2, Executable = 4;

    private const int HeaderSize = 64, SectionHeaderSize = 64, ProgramHeaderSize = 56;

    private readonly List<(string Name, byte[] Bytes, uint Type, ulong Flags, long Offset)> _sections = [];

    /// <summary>Adds a section behind the earlier ones, or at an offset of its own.</summary>
    public ElfBuilder Section(string name, byte[] bytes, uint type = ProgramBits, ulong flags = Allocated, long offset = 0)
    {
        long end = _sections.Count == 0 ? HeaderSize : _sections[^1].Offset + _sections[^1].Bytes.Length;
        _sections.Add((name, bytes, type, flags, offset != 0 ? offset : end));
        return this;
    }

    /// <summary>The file with a table of sections.</summary>
    public byte[] ToArray()
    {
        var stream = new MemoryStream();
        WriteTo(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the file with a table of sections; what lies between sections stays a hole.</summary>
    public void WriteTo(Stream stream)
    {
        var names = new StringBuilder("\0");
        var headers = new Bytes().Zeros(SectionHeaderSize);
        foreach ((string name, byte[] bytes, uint type, ulong flags, long offset) in _sections)
        {
            headers.U32(names.Length, type).U64(flags, 0x10000 + (ulong)offset, (ulong)offset, (ulong)bytes.Length).U32(0, 0).U64(8, 0);
            names.Append(name).Append('\0');
            stream.Position = offset;
            stream.Write(bytes);
        }

        long namesAt = stream.Length;
        headers.U32(names.Length, 3).U64(0, 0, (ulong)namesAt, (ulong)names.Length + 10).U32(0, 0).U64(1, 0);
        names.Append(".shstrtab\0");
        stream.Position = namesAt;
        stream.Write(Encoding.UTF8.GetBytes(names.ToString()));
        long tableAt = stream.Length;
        stream.Write(headers.ToArray());
        stream.Position = 0;
        stream.Write(Header(0, 0, (ulong)tableAt, _sections.Count + 2, _sections.Count + 1));
    }

    /// <summary>The file as if stripped of its sections: one loadable segment for each.</summary>
    public byte[] WithoutSections()
    {
        var table = new Bytes();
        foreach ((string _, byte[] bytes, uint _, ulong _, long offset) in _sections)
        {
            ulong shifted = (ulong)(offset + (_sections.Count * ProgramHeaderSize));
            table.U32(1, 4).U64(shifted, shifted, shifted, (ulong)bytes.Length, (ulong)bytes.Length, 4096);
        }

        var file = new Bytes().Add(Header(HeaderSize, _sections.Count, 0, 0, 0)).Add(table.ToArray());
        foreach ((string _, byte[] bytes, uint _, ulong _, long _) in _sections)
        {
            file.Add(bytes);
        }

        return file.ToArray();
    }

    private byte[] Header(ulong programTable, int programs, ulong sectionTable, int sections, int names) => new Bytes()
        .U8(0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0).Zeros(8).U16(type, machine).U32(1).U64(0, programTable, sectionTable)
        .U32(0).U16(HeaderSize, ProgramHeaderSize, programs, SectionHeaderSize, sections, names).ToArray();
}
