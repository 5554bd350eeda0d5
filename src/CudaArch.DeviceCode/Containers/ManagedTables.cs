using System.Buffers.Binary;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// The two metadata tables of a .NET assembly that lead to data: embedded resources and fields with initial bytes (ECMA-335, partition II, chapters 22 and 24).
/// The sizes of all tables before them are needed to find them, so the columns of those are listed here.
/// </summary>
internal sealed class ManagedTables
{
    private const int ModuleRefTable = 0x1A, FieldRvaTable = 0x1D, ResourceTable = 0x28, TableCount = 64;
    private const int MaxFields = 1 << 17, MaxResources = 1 << 14, MaxImports = 1 << 12, MaxMetadataHeader = 64 << 10;

    // 2 and 4: so many bytes. S, G, B: an index into the strings, the GUIDs, the blobs. #: an index into that table, in hexadecimal.
    // Letters behind @: an index into one of several tables.
    private static readonly string[] Columns =
    [
        /* 00 Module */ "2 S G G G", /* 01 TypeRef */ "@ResolutionScope S S", /* 02 TypeDef */ "4 S S @TypeDefOrRef #04 #06", /* 03 FieldPtr */ "#04",
        /* 04 Field */ "2 S B", /* 05 MethodPtr */ "#06", /* 06 MethodDef */ "4 2 2 S B #08", /* 07 ParamPtr */ "#08",
        /* 08 Param */ "2 2 S", /* 09 InterfaceImpl */ "#02 @TypeDefOrRef", /* 0A MemberRef */ "@MemberRefParent S B", /* 0B Constant */ "2 @HasConstant B",
        /* 0C CustomAttribute */ "@HasCustomAttribute @CustomAttributeType B", /* 0D FieldMarshal */ "@HasFieldMarshal B", /* 0E DeclSecurity */ "2 @HasDeclSecurity B",
        /* 0F ClassLayout */ "2 4 #02", /* 10 FieldLayout */ "4 #04", /* 11 StandAloneSig */ "B", /* 12 EventMap */ "#02 #14", /* 13 EventPtr */ "#14",
        /* 14 Event */ "2 S @TypeDefOrRef", /* 15 PropertyMap */ "#02 #17", /* 16 PropertyPtr */ "#17", /* 17 Property */ "2 S B",
        /* 18 MethodSemantics */ "2 #06 @HasSemantics", /* 19 MethodImpl */ "#02 @MethodDefOrRef @MethodDefOrRef", /* 1A ModuleRef */ "S", /* 1B TypeSpec */ "B",
        /* 1C ImplMap */ "2 @MemberForwarded S #1A", /* 1D FieldRVA */ "4 #04", /* 1E EncLog */ "4 4", /* 1F EncMap */ "4",
        /* 20 Assembly */ "4 2 2 2 2 4 B S S", /* 21 AssemblyProcessor */ "4", /* 22 AssemblyOS */ "4 4 4", /* 23 AssemblyRef */ "2 2 2 2 4 B S S B",
        /* 24 AssemblyRefProcessor */ "4 #23", /* 25 AssemblyRefOS */ "4 4 4 #23", /* 26 File */ "4 S B", /* 27 ExportedType */ "4 4 S S @Implementation",
        /* 28 ManifestResource */ "4 4 S @Implementation",
    ];

    private static readonly Dictionary<string, (int TagBits, int[] Tables)> CodedIndexes = new(StringComparer.Ordinal)
    {
        ["TypeDefOrRef"] = (2, [0x02, 0x01, 0x1B]),
        ["HasConstant"] = (2, [0x04, 0x08, 0x17]),
        ["HasCustomAttribute"] =
            (5, [0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0A, 0x00, 0x0E, 0x17, 0x14, 0x11, 0x1A, 0x1B, 0x20, 0x23, 0x26, 0x27, 0x28, 0x2A, 0x2C, 0x2B]),
        ["HasFieldMarshal"] = (1, [0x04, 0x08]),
        ["HasDeclSecurity"] = (2, [0x02, 0x06, 0x20]),
        ["MemberRefParent"] = (3, [0x02, 0x01, 0x1A, 0x06, 0x1B]),
        ["HasSemantics"] = (1, [0x14, 0x17]),
        ["MethodDefOrRef"] = (1, [0x06, 0x0A]),
        ["MemberForwarded"] = (1, [0x04, 0x06]),
        ["Implementation"] = (2, [0x26, 0x23, 0x27]),
        ["CustomAttributeType"] = (3, [0x06, 0x0A]),
        ["ResolutionScope"] = (2, [0x00, 0x1A, 0x23, 0x01]),
    };

    private readonly ByteRange _tables;
    private readonly ByteRange _strings;
    private readonly uint[] _rows = new uint[TableCount];
    private readonly int _heapSizes;
    private readonly long _firstTable;

    private ManagedTables(ByteRange tables, ByteRange strings, ReadOnlySpan<byte> header)
    {
        _tables = tables;
        _strings = strings;
        _heapSizes = header[6];
        ulong present = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(8));
        int position = 24;
        for (int i = 0; i < TableCount; i++)
        {
            if ((present >> i & 1) != 0)
            {
                _rows[i] = position + 4 <= header.Length ? BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(position)) : 0;
                position += 4;
            }
        }

        // An undocumented bit: four more bytes behind the row counts.
        _firstTable = position + ((_heapSizes & 0x40) != 0 ? 4 : 0);
    }

    /// <summary>Reads the headers of an assembly's metadata; null when they are not what they should be.</summary>
    public static ManagedTables? Read(ByteRange metadata)
    {
        var bytes = new byte[Math.Min(metadata.Length, MaxMetadataHeader)];
        ReadOnlySpan<byte> head = bytes.AsSpan(0, metadata.Read(0, bytes));
        if (head.Length < 20 || !head.StartsWith("BSJB"u8))
        {
            return null;
        }

        long position = 16 + (long)BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(12));
        if (position + 4 > head.Length)
        {
            return null;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(head.Slice((int)position + 2));
        position += 4;
        ByteRange tables = default, strings = default;
        for (int i = 0; i < count && position + 8 < head.Length; i++)
        {
            ReadOnlySpan<byte> stream = head.Slice((int)position);
            int length = stream.Slice(8).IndexOf((byte)0);
            if (length < 0)
            {
                return null;
            }

            ReadOnlySpan<byte> name = stream.Slice(8, length);
            metadata.TrySlice(BinaryPrimitives.ReadUInt32LittleEndian(stream), BinaryPrimitives.ReadUInt32LittleEndian(stream.Slice(4)), out ByteRange range);
            if (name.SequenceEqual("#~"u8) || name.SequenceEqual("#-"u8))
            {
                tables = range;
            }
            else if (name.SequenceEqual("#Strings"u8))
            {
                strings = range;
            }

            position += 8 + ((length + 4) & ~3);
        }

        var header = new byte[24 + (4 * TableCount)];
        int read = tables.Length == 0 ? 0 : tables.Read(0, header);
        return read < 24 ? null : new ManagedTables(tables, strings, header.AsSpan(0, read));
    }

    /// <summary>The relative addresses of the bytes of fields, such as those of <c>byte[]</c> and UTF-8 literals.</summary>
    public List<uint> FieldAddresses()
    {
        var addresses = new List<uint>();
        ForEachRow(FieldRvaTable, MaxFields, (row, _) => addresses.Add(BinaryPrimitives.ReadUInt32LittleEndian(row)));
        return addresses;
    }

    /// <summary>The names of the embedded resources, and where each starts among the resources.</summary>
    public List<(string Name, uint Offset)> Resources()
    {
        var resources = new List<(string, uint)>();
        ForEachRow(ResourceTable, MaxResources, (row, columns) =>
        {
            bool isElsewhere = Index(row, columns[3]) != 0;
            if (!isElsewhere)
            {
                resources.Add((StringAt(Index(row, columns[2])), BinaryPrimitives.ReadUInt32LittleEndian(row)));
            }
        });
        return resources;
    }

    /// <summary>The names of the native libraries that are called.</summary>
    public List<string> Imports()
    {
        var names = new List<string>();
        ForEachRow(ModuleRefTable, MaxImports, (row, columns) => names.Add(StringAt(Index(row, columns[0]))));
        return names;
    }

    private delegate void RowReader(ReadOnlySpan<byte> row, List<(int Offset, int Size)> columns);

    private void ForEachRow(int table, int most, RowReader read)
    {
        long position = _firstTable;
        for (int i = 0; i < table; i++)
        {
            position += _rows[i] * (long)Layout(i).Size;
        }

        (List<(int Offset, int Size)> columns, int size) = Layout(table);
        var row = new byte[size];
        for (uint i = 0; i < Math.Min(_rows[table], most) && _tables.TryReadExactly(position, row); i++)
        {
            read(row, columns);
            position += size;
        }
    }

    private (List<(int Offset, int Size)> Columns, int Size) Layout(int table)
    {
        var columns = new List<(int, int)>();
        int offset = 0;
        foreach (string column in Columns[table].Split(' '))
        {
            int size = ColumnSize(column);
            columns.Add((offset, size));
            offset += size;
        }

        return (columns, offset);
    }

    private int ColumnSize(string column) => column[0] switch
    {
        '2' => 2,
        '4' => 4,
        'S' => (_heapSizes & 1) != 0 ? 4 : 2,
        'G' => (_heapSizes & 2) != 0 ? 4 : 2,
        'B' => (_heapSizes & 4) != 0 ? 4 : 2,
        '#' => _rows[Convert.ToInt32(column.Substring(1), 16)] > ushort.MaxValue ? 4 : 2,
        _ when CodedIndexes[column.Substring(1)] is var (bits, tables) => tables.Any(table => _rows[table] >= 1u << (16 - bits)) ? 4 : 2,
        _ => 0,
    };

    private static uint Index(ReadOnlySpan<byte> row, (int Offset, int Size) column) => column.Size == 2
        ? BinaryPrimitives.ReadUInt16LittleEndian(row.Slice(column.Offset))
        : BinaryPrimitives.ReadUInt32LittleEndian(row.Slice(column.Offset));

    private string StringAt(uint offset)
    {
        Span<byte> bytes = stackalloc byte[512];
        ReadOnlySpan<byte> text = bytes.Slice(0, _strings.Length == 0 ? 0 : _strings.Read(offset, bytes));
        int end = text.IndexOf((byte)0);
        return Utf8.GetString(end < 0 ? text : text.Slice(0, end));
    }
}
