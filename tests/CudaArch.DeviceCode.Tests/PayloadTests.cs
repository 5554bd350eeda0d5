using System.Text;
using CsCheck;
using CudaArch.Testing.Building;
using K4os.Compression.LZ4;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Payloads read in pieces hold what they hold when they are unpacked whole.</summary>
public class PayloadTests
{
    private const ulong Lz4 = 0x2000, Zstd = 0x8000;

    // What a text may be made of; {0} is a number.
    private static readonly string[] Pieces =
    [
        ".visible .entry _Z{0}kernelPf(\n)", ".entry\tplain_{0}\r\n(", ".weak .entry/* a comment */ commented_{0} (", "// .entry in_a_line_comment_{0}\n", "/* .entry in_a_block_{0}(\n ** / */",
        ".file 1 \"a \\\" quoted .entry name_{0}\"\n", ".entryx no_directive_{0}", "{{ mov.u32 %r{0}, %tid.x; add.f32 %f1, %f2, 0f3F800000; ret; }}\n", "a / b\n",
    ];

    private static readonly Gen<string> GenText = Gen.Select(Gen.Int[0, Pieces.Length - 1], Gen.Int[0, 99_999], Gen.Int[1, 300]).Array[1, 400].Select(
        parts => ".version 8.7\n.target sm_90\n.address_size 64\n" + string.Concat(parts.Select(part => string.Concat(Enumerable.Repeat(string.Format(Pieces[part.Item1], part.Item2), part.Item1 == 7 ? part.Item3 : 1)))) + "\n");

    [Theory]
    [InlineData(0)]
    [InlineData(Lz4)]
    [InlineData(Zstd)]
    public void Texts_of_any_size_tell_their_kernels(ulong compression) => GenText.Sample(text =>
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Container(text, compression), "x.fatbin");
        DeviceCodeImage image = Assert.Single(Assert.Single(file.Modules).Images);

        Assert.Equal(KernelsOf(text), image.ReadKernels());
        Assert.Equal(text, image.ReadText());
        Assert.Empty(file.Problems);
    }, iter: 60);

    [Theory]
    [InlineData(Lz4)]
    [InlineData(Zstd)]
    public void What_is_cut_off_or_altered_is_a_problem_or_another_text(ulong compression) => Gen.Select(GenText, Gen.Int[0, 1_000_000], Gen.Byte, Gen.Bool).Sample((text, place, value, isCut) =>
    {
        byte[] container = Container(text, compression);
        int first = 16 + 64, at = first + (place % (container.Length - first));
        if (isCut)
        {
            container.AsSpan(at).Clear();
        }
        else
        {
            container[at] = value;
        }

        using DeviceCodeFile file = DeviceCodeReader.Open(container, "x.fatbin");
        DeviceCodeImage image = file.Modules[0].Images[0];
        bool isRead = image.ReadKernels() is not null && image.ReadText() is not null;
        Assert.Equal(isRead, file.Problems.Count == 0);
    }, iter: 200);

    [Fact]
    public void A_size_that_lies_is_a_problem_and_no_allocation()
    {
        foreach (ulong compression in new ulong[] { Lz4, Zstd })
        {
            foreach (ulong size in new ulong[] { 1UL << 29, 1UL << 40, 1UL << 62, 10 })
            {
                byte[] container = Container(".version 8.7\n.target sm_90\n.entry a(){}\n", compression);
                BitConverter.TryWriteBytes(container.AsSpan(16 + 56), size);
                using DeviceCodeFile file = DeviceCodeReader.Open(container, "x.fatbin");
                long before = GC.GetAllocatedBytesForCurrentThread();
                file.Modules[0].Images[0].ReadText();
                file.Modules[0].Images[0].ReadKernels();

                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
                Assert.Single(file.Problems);
            }
        }
    }

    [Fact]
    public void All_cores_read_what_one_reads()
    {
        foreach (string name in NativeFixtureTests.Files)
        {
            using DeviceCodeFile together = DeviceCodeReader.Open(ExpectedFixture.Of(name).Path), alone = DeviceCodeReader.Open(ExpectedFixture.Of(name).Path);
            together.ReadAllKernels();

            Assert.Equal(
                alone.Modules.SelectMany(module => module.Images).Select(image => string.Join(' ', image.ReadKernels() ?? ["?"])),
                together.Modules.SelectMany(module => module.Images).Select(image => string.Join(' ', image.ReadKernels() ?? ["?"])));
            Assert.All(together.Modules, module => Assert.Equal(module.ReadKernels() is not { Count: 0 }, module.HasKernels()));
        }
    }

    // Lexed the slow way: what a comment or string hides is blanked first.
    private static IEnumerable<string> KernelsOf(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            int end = i;
            if (text[i] == '"')
            {
                for (end = i + 1; text[end] != '"'; end++)
                {
                    end += text[end] == '\\' ? 1 : 0;
                }
            }
            else if (string.CompareOrdinal(text, i, "//", 0, 2) == 0)
            {
                end = text.IndexOf('\n', i);
            }
            else if (string.CompareOrdinal(text, i, "/*", 0, 2) == 0)
            {
                end = text.IndexOf("*/", i + 2, StringComparison.Ordinal) + 1;
            }

            plain.Append(end == i ? text[i] : ' ');
            i = end;
        }

        return System.Text.RegularExpressions.Regex.Matches(plain.ToString(), @"\.entry\s+([\w$%]+)").Select(match => match.Groups[1].Value).Distinct();
    }

    private static byte[] Container(string text, ulong compression)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text), stored = plain;
        if (compression == Lz4)
        {
            stored = new byte[LZ4Codec.MaximumOutputSize(plain.Length)];
            stored = stored[..LZ4Codec.Encode(plain, stored, LZ4Level.L03_HC)];
        }
        else if (compression == Zstd)
        {
            using var compressor = new ZstdSharp.Compressor();
            stored = compressor.Wrap(plain).ToArray();
        }

        int padded = (stored.Length + 7) & ~7;
        return new Bytes().U32(0xBA55ED50).U16(1, 16).U64((ulong)(64 + padded))
            .U16(1, 0x0101).U32(64).U64((ulong)padded).U32(compression == 0 ? 0 : stored.Length, 0).U16(7, 8).U32(90, 0, 0)
            .U64(0x11 | compression, 0, compression == 0 ? 0 : (ulong)plain.Length).Add(stored).Zeros(padded - stored.Length).ToArray();
    }
}
