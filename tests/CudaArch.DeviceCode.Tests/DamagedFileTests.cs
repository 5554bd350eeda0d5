using CudaArch.Testing;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Cut-off and altered files give a <see cref="DeviceCodeException"/> or a <see cref="Problem"/>, and nothing else gets out.</summary>
public class DamagedFileTests
{
    public static TheoryData<string> ToCut =>
    [
        "native_121.so", "zstd.so", "lz4.so", "relocatable_linked.so", "stripped_sections.so", "arm64_native_121.so", "object_121.o", "native_121.dll", "archive.a",
        "vector.fatbin", "vector_121.cubin", "concatenated.so",
    ];

    public static TheoryData<string> ToAlter => [.. ExpectedFixture.All.Select(fixture => fixture.File)];

    [Theory]
    [MemberData(nameof(ToCut))]
    public void A_file_cut_anywhere_is_noticed(string name)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.PathOf("native/" + name));

        // What lies behind the last loaded segment of a file without section headers belongs to nothing; an archive of no members is sound.
        int end = name == "stripped_sections.so" ? 28_832 : whole.Length;
        int shortestSound = name == "archive.a" ? 8 : -1;

        // Every length near the start, where the headers are; then an odd step, so that all alignments occur.
        for (int length = 0; length < end; length += length < 256 ? 1 : 61)
        {
            if (length == shortestSound)
            {
                continue;
            }

            IReadOnlyList<string> problems = Read(whole[..length]);
            Assert.True(problems.Count > 0, $"{name} cut to {length} of {whole.Length} bytes is taken for whole.");
            Assert.All(problems, problem => Assert.Contains("expected", problem));
        }
    }

    [Theory]
    [MemberData(nameof(ToAlter))]
    public void An_altered_file_throws_nothing_else(string name)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.PathOf("native/" + name));
        var random = new Random(name.Length);
        for (int i = 0; i < 60; i++)
        {
            byte[] altered = (byte[])whole.Clone();
            for (int j = random.Next(1, 6); j > 0; j--)
            {
                int at = random.Next(3) == 0 ? random.Next(Math.Min(256, altered.Length)) : random.Next(altered.Length);
                altered[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
            }

            Read(altered);
        }
    }

    [Fact]
    public void An_exception_names_file_place_and_expectation()
    {
        DeviceCodeException e = Assert.Throws<DeviceCodeException>(() => DeviceCodeReader.Open("\u007FELF\u0002\u0001"u8.ToArray(), "libcut.so"));

        Assert.Equal(("libcut.so", 6L, "an ELF header of 64 bytes"), (e.FileName, e.Offset, e.Expected));
        Assert.Contains("libcut.so", e.Message);
        Assert.Contains("0x6", e.Message);
    }

    [Theory]
    [InlineData("", "empty", DeviceCodeFailure.NotNative)]
    [InlineData("#!/bin/sh\necho this is no library\n", "text", DeviceCodeFailure.NotNative)]
    [InlineData("\u007FELF\u0001\u0001\u0001", "32-bit", DeviceCodeFailure.NoCudaHost)]
    [InlineData("\u007FELF\u0002\u0002\u0001", "big-endian", DeviceCodeFailure.NoCudaHost)]
    [InlineData("MZ", "ends after 2", DeviceCodeFailure.Unreadable)]
    public void Files_that_are_no_library_say_what_they_are(string content, string says, DeviceCodeFailure failure)
    {
        DeviceCodeException e = Assert.Throws<DeviceCodeException>(() => DeviceCodeReader.Open(System.Text.Encoding.Latin1.GetBytes(content), "libx.so"));

        Assert.Contains(says, e.Message);
        Assert.Equal(failure, e.Failure);
    }

    [Fact]
    public void Missing_files_and_directories_say_so()
    {
        Assert.Contains("no such file", Assert.Throws<DeviceCodeException>(() => DeviceCodeReader.Open(Path.Combine(Fixtures.Root, "nowhere.so"))).Message);
        Assert.Contains("directory", Assert.Throws<DeviceCodeException>(() => DeviceCodeReader.Open(Fixtures.Root)).Message);
    }

    [Fact]
    public void A_damaged_container_does_not_hide_the_next_one()
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.PathOf("native/partial.so"));
        int container = bytes.AsSpan().IndexOf<byte>([0x50, 0xED, 0x55, 0xBA, 1, 0, 16, 0]);
        bytes[container + 8 + 4] = 0x7F; // its size: petabytes
        using DeviceCodeFile file = DeviceCodeReader.Open(bytes, "partial.so");

        Assert.Equal(["sm_121", "sm_90"], file.Modules.SelectMany(module => module.Images).Select(image => image.ArchitectureName));
        Assert.Contains(file.Problems, problem => problem.Offset == container);
    }

    [Fact]
    public void A_damaged_payload_is_a_problem_of_its_image()
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.PathOf("native/zstd.so"));
        using DeviceCodeFile sound = DeviceCodeReader.Open(bytes, "zstd.so");
        DeviceCodeImage first = sound.Modules[0].Images[0];
        int frame = bytes.AsSpan((int)first.Offset).IndexOf<byte>([0x28, 0xB5, 0x2F, 0xFD]) + (int)first.Offset;
        bytes[frame] = 0;
        using DeviceCodeFile file = DeviceCodeReader.Open(bytes, "zstd.so");

        Assert.Empty(file.Problems);
        Assert.Null(file.Modules[0].Images[0].ReadKernels());
        Assert.Null(file.Modules[0].Images[0].ReadKernelDetails());
        Assert.NotNull(file.Modules[0].Images[1].ReadKernels());
        Assert.Equal(first.Offset, Assert.Single(file.Problems).Offset);
    }

    // What is wrong with a file after everything in it was read.
    private static IReadOnlyList<string> Read(byte[] bytes)
    {
        try
        {
            using DeviceCodeFile file = DeviceCodeReader.Open(bytes, "damaged");
            foreach (DeviceCodeImage image in file.Modules.SelectMany(module => module.Images))
            {
                image.ReadKernels();
                image.ReadKernelDetails();
                image.ReadText();
            }

            return file.Problems.Select(problem => problem.Message.Contains("cannot be read") ? "expected: " + problem.Message : problem.Message).ToList();
        }
        catch (DeviceCodeException e)
        {
            return [e.Message];
        }
    }
}
