using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>
/// What opcodes need, remembered: a library has millions of statements and some hundred opcodes. Safe to use from several threads, and bounded: of a text that invents
/// opcodes, those beyond the bound are looked up each time.
/// </summary>
internal static class PtxOpcodes
{
    private const int Slots = 1 << 14, MostKnown = Slots / 2, MostProbes = 32;

    private static readonly Opcode?[] Known = new Opcode?[Slots];
    private static int _count;

    /// <summary>What is known of one opcode.</summary>
    internal sealed class Opcode(byte[] text, bool isPlain, CudaFeature[] features, bool dependsOnOperands)
    {
        /// <summary>As it is written: <c>cvt.rn.f16.f32</c>; of a directive with its dot and without numbers, <c>.param.align.b8</c>.</summary>
        public byte[] Text { get; } = text;

        /// <summary>Whether it is one opcode, from the first character to the last.</summary>
        public bool IsPlain { get; } = isPlain;

        /// <summary>What it needs whatever its operands.</summary>
        public CudaFeature[] Features { get; } = features;

        /// <summary>Whether it can need more by its operands.</summary>
        public bool DependsOnOperands { get; } = dependsOnOperands;
    }

    /// <summary>The hash of an opcode that <see cref="Find"/> wants; it can be made along with reading the opcode, 31 times what it was and the next byte.</summary>
    public static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = 0;
        foreach (byte c in word)
        {
            hash = (hash * 31) + c;
        }

        return hash;
    }

    /// <summary>What is known of an opcode.</summary>
    /// <param name="opcode">The opcode.</param>
    /// <param name="hash">Its <see cref="Hash"/>.</param>
    public static Opcode Find(ReadOnlySpan<byte> opcode, uint hash)
    {
        uint mixed = hash * 0x9E3779B1;
        int slot = (int)(mixed >> 18);
        for (int probe = 0; probe < MostProbes; probe++, slot = (slot + 1) % Slots)
        {
            Opcode? known = Volatile.Read(ref Known[slot]);
            if (known is null)
            {
                return Add(opcode, slot);
            }

            if (opcode.SequenceEqual(known.Text))
            {
                return known;
            }
        }

        return Describe(opcode);
    }

    // Two threads may fill one slot: one answer is kept, and both are right.
    private static Opcode Add(ReadOnlySpan<byte> text, int slot)
    {
        Opcode opcode = Describe(text);
        if (Volatile.Read(ref _count) < MostKnown && Interlocked.CompareExchange(ref Known[slot], opcode, null) is null)
        {
            Interlocked.Increment(ref _count);
        }

        return opcode;
    }

    private static Opcode Describe(ReadOnlySpan<byte> opcode)
    {
        char[] text = new char[opcode.Length + 1];
        for (int i = 0; i < opcode.Length; i++)
        {
            text[i] = (char)opcode[i];
        }

        text[opcode.Length] = ';';
        var reader = new PtxReader(text);
        if (!reader.Read() || reader.Statement.OpcodeSpan is var span && (span.Start != 0 || span.Length != opcode.Length))
        {
            return new Opcode(opcode.ToArray(), false, [], false);
        }

        CudaFeature[] features = PtxPatterns.OfOpcode(text, reader.Statement, out bool dependsOnOperands);
        return new Opcode(opcode.ToArray(), true, features, dependsOnOperands);
    }
}
