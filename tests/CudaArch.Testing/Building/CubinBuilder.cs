using System.Text;

namespace CudaArch.Testing.Building;

/// <summary>Builds cubins of which only the tables count: section names first, symbol names and symbols behind them, as the compiler lays them out.</summary>
public static class CubinBuilder
{
    private const int HeaderSize = 64;
    private const byte Function = 2, LocalSection = 3, EntryAndVisibility = 0x10;

    /// <summary>A cubin of ABI 8 for <c>sm_90</c>.</summary>
    /// <param name="kernels">Its kernels.</param>
    /// <param name="zerosAmidNames">How many zeros stand between the names of the first sections and those of the kernels'.</param>
    /// <param name="zerosAfterNames">How many zeros stand behind all section names.</param>
    /// <param name="firstSymbolName">What the names of symbols start with.</param>
    public static byte[] Build(IReadOnlyList<string> kernels, int zerosAmidNames = 0, int zerosAfterNames = 0, string firstSymbolName = ".shstrtab")
    {
        string[] first = [".shstrtab", ".strtab", ".symtab", ".nv.info"];
        var names = new StringBuilder("\0");
        var nameOf = new Dictionary<string, int>();
        void Name(string name)
        {
            nameOf[name] = names.Length;
            names.Append(name).Append('\0');
        }

        Array.ForEach(first, Name);
        names.Append('\0', zerosAmidNames);
        foreach (string kernel in kernels)
        {
            Name(".text." + kernel);
            Name(".nv.constant0." + kernel);
        }

        names.Append('\0', zerosAfterNames);
        var symbolNames = new StringBuilder("\0" + firstSymbolName + "\0");
        var symbols = new Bytes().Zeros(24);
        foreach (string kernel in kernels)
        {
            symbols.U32(symbolNames.Length).U8(LocalSection, 0).U16(4).U64(0, 0);
            symbolNames.Append(".nv.constant0.").Append(kernel).Append('\0');
            symbols.U32(symbolNames.Length).U8(0x10 | Function, EntryAndVisibility).U16(4).U64(0, 64);
            symbolNames.Append(kernel).Append('\0');
        }

        // A device function: of type FUNC, without the bit of a kernel.
        symbols.U32(symbolNames.Length).U8(Function, 0).U16(4).U64(0, 64);
        symbolNames.Append("_Z6helperf\0");

        int symbolNamesAt = HeaderSize + names.Length;
        var body = new Bytes().Zeros(HeaderSize).Text(names.ToString()).Text(symbolNames.ToString()).AlignTo(8);
        int symbolsAt = body.Length;
        body.Add(symbols.ToArray());
        int sectionsAt = body.Length;
        void Section(string name, uint type, int at, int size, uint link, ulong entry) =>
            body.U32(nameOf.GetValueOrDefault(name), type).U64(0, 0, (ulong)at, (ulong)size).U32(link, 0).U64(1, entry);
        Section("", 0, 0, 0, 0, 0);
        Section(".shstrtab", 3, HeaderSize, names.Length, 0, 0);
        Section(".strtab", 3, symbolNamesAt, symbolNames.Length, 0, 0);
        Section(".symtab", 2, symbolsAt, symbols.Length, 2, 24);

        byte[] cubin = body.ToArray();
        new Bytes().U8(0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0x41, 8).Zeros(7).U16(2, 190).U32(1).U64(0, 0, (ulong)sectionsAt)
            .U32(0x6005A02).U16(HeaderSize, 56, 0, 64, 4, 1).ToArray().CopyTo(cubin, 0);
        return cubin;
    }
}
