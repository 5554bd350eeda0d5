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
        byte[] bytes = File.ReadAllBytes(Fixtures.PathOf("native/zstd.so"));

        // The first image's payload starts behind the container's header (16 bytes) and its own (at least 64).
        int container = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0xED, 0x55, 0xBA, 0x01, 0x00, 0x10, 0x00]);
        int payload = bytes.AsSpan(container).IndexOf((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) + container;
        bytes.AsSpan(payload, 12).Fill(0xFF);
        string path = folder.Write("damaged.so", bytes);

        CommandRun run = CommandRun.Of("inspect", "--kernels", path);
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Matches(@"^cudaarch: .*damaged\.so: offset 0x[0-9a-f]+: the \w+ image for \w+ cannot be read: ", run.Error);
    }
}
