using System.Text.Json;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Commands;

public class InspectTests
{
    [Theory]
    [InlineData("lz4.so")]
    [InlineData("arm64_jit_87.so")]
    [InlineData("relocatable_linked.so")]
    [InlineData("concatenated.so")]
    public Task Json_of(string name) => Verifier.Verify(CommandRun.Of("inspect", "native/" + name, "--kernels", "--format", "json").Output, Path.GetFileNameWithoutExtension(name), "json");

    [Fact]
    public Task Text_of_two_files() => Verifier.Verify(CommandRun.Of("inspect", "native/zstd.so", "native/no_device_code.so").Transcript);

    [Fact]
    public Task Text_with_kernels() => Verifier.Verify(CommandRun.Of("inspect", "--kernels", "native/partial_jit.so").Transcript);

    [Fact]
    public Task Text_with_resources() => Verifier.Verify(CommandRun.Of("inspect", "--resources", "native/partial_jit.so", "native/shared_memory_100.so").Transcript);

    [Fact]
    public Task Tree() => Verifier.Verify(CommandRun.Of("inspect", "--tree", "native/archive.a").Transcript + CommandRun.Of("inspect", "--tree", "--resources", "native/partial_jit.so").Transcript);

    [Fact]
    public void Json_with_resources_tells_what_each_kernel_needs()
    {
        JsonElement[] images = Images(CommandRun.Of("inspect", "--format", "json", "--resources", "native/partial_jit.so"));
        Assert.Equal(["vector_add", "_Z5scaleIdEvPT_S0_i", "_Z5scaleIfEvPT_S0_i"], images[0].GetProperty("kernels").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([12, 10, 8], images[0].GetProperty("resources").EnumerateArray().Select(kernel => kernel.GetProperty("registers").GetInt32()));
        Assert.Equal(2048, Assert.Single(images[2].GetProperty("resources").EnumerateArray()).GetProperty("staticSharedMemory").GetInt32());
        Assert.Equal(JsonValueKind.Null, Assert.Single(images[1].GetProperty("resources").EnumerateArray()).GetProperty("registers").ValueKind);
    }

    [Theory]
    [InlineData("cubin", "cubin sm_121, cubin sm_90")]
    [InlineData("ptx", "ptx compute_90")]
    [InlineData("lto-ir", "")]
    public void Only_images_of_a_kind(string kind, string expected)
    {
        CommandRun run = CommandRun.Of("inspect", "--format", "json", "--kind", kind, "native/partial_jit.so");
        Assert.Equal(ExitCodes.Covered, run.ExitCode);
        Assert.Equal(expected, string.Join(", ", Images(run).Select(image => $"{image.GetProperty("kind")} {image.GetProperty("architecture")}")));
    }

    [Fact]
    public void Names_of_other_kinds_are_not_read()
    {
        using var folder = new TemporaryFolder();
        string path = DamageFirstPayload(folder);
        string damaged = CommandRun.Of("inspect", "--kernels", path).Error.Split(" the ")[1].Split(' ')[0];
        Assert.Equal(ExitCodes.Covered, CommandRun.Of("inspect", "--kernels", "--kind", damaged == "ptx" ? "cubin" : "ptx", path).ExitCode);
        Assert.Equal(ExitCodes.Unreadable, CommandRun.Of("inspect", "--kernels", "--kind", damaged, path).ExitCode);
    }

    [Fact]
    public void Json_without_kernels_has_no_kernels_field()
    {
        using JsonDocument answer = JsonDocument.Parse(CommandRun.Of("inspect", "--format", "json", "native/native_121.so").Output);
        JsonElement image = answer.RootElement.GetProperty("files")[0].GetProperty("modules")[0].GetProperty("images")[0];
        Assert.Equal("sm_121", image.GetProperty("architecture").GetString());
        Assert.False(image.TryGetProperty("kernels", out _));
    }

    [Fact]
    public void A_missing_file_is_named_and_the_rest_is_answered()
    {
        CommandRun run = CommandRun.Of("inspect", "no/such/file.so", "native/native_121.so");
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Equal("cudaarch: no/such/file.so: there is no such file\n", run.Error);
        Assert.Contains("native/native_121.so: elf for x86-64", run.Output);
    }

    [Fact]
    public void Json_stays_whole_when_a_file_is_missing()
    {
        CommandRun run = CommandRun.Of("inspect", "no/such/file.so", "--format", "json");
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        using JsonDocument answer = JsonDocument.Parse(run.Output);
        JsonElement file = Assert.Single(answer.RootElement.GetProperty("files").EnumerateArray());
        Assert.Equal("none", file.GetProperty("host").GetProperty("format").GetString());
        Assert.Equal("there is no such file", Assert.Single(file.GetProperty("problems").EnumerateArray()).GetProperty("message").GetString());
    }

    [Fact]
    public void A_damaged_image_is_a_problem_with_its_place()
    {
        using var folder = new TemporaryFolder();
        string path = DamageFirstPayload(folder);
        CommandRun run = CommandRun.Of("inspect", "--kernels", path);
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Matches(@"^cudaarch: .*damaged\.so: offset 0x[0-9a-f]+: the \w+ image for \w+ cannot be read: ", run.Error);
    }

    private static string DamageFirstPayload(TemporaryFolder folder)
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.PathOf("native/zstd.so"));

        // The first image's payload starts behind the container's header (16 bytes) and its own (at least 64).
        int container = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0xED, 0x55, 0xBA, 0x01, 0x00, 0x10, 0x00]);
        int payload = bytes.AsSpan(container).IndexOf((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) + container;
        bytes.AsSpan(payload, 12).Fill(0xFF);
        return folder.Write("damaged.so", bytes);
    }

    private static JsonElement[] Images(CommandRun run) => [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("files")[0].GetProperty("modules").EnumerateArray()
        .SelectMany(module => module.GetProperty("images").EnumerateArray())];
}
