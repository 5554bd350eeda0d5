using CudaArch.Testing.Building;

namespace CudaArch.Tool.Tests.Commands;

/// <summary>What was found in files is kept, so that a repeated scan need not read them again, and says the same.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("native")]
    [InlineData("ptx")]
    public void The_second_answer_is_the_first(string fixtures)
    {
        string cache = _folder.Path + "/cache";
        CommandRun without = CommandRun.Of("verify", fixtures, "--no-cache"), first = CommandRun.Of("verify", fixtures, "--cache", cache), second = CommandRun.Of("verify", fixtures, "--cache", cache);
        Assert.NotEmpty(Directory.GetFiles(cache));
        Assert.Equal(without.Transcript, first.Transcript);
        Assert.Equal(first.Transcript, second.Transcript);
    }

    [Fact]
    public void A_damaged_entry_or_a_changed_file_is_read_again()
    {
        string cache = _folder.Path + "/cache", path = _folder.Copy("libx.so", "native/native_121.so");
        Assert.Equal(ExitCodes.Covered, CommandRun.Of("verify", path, "--cache", cache).ExitCode);
        foreach (string entry in Directory.GetFiles(cache))
        {
            File.WriteAllBytes(entry, File.ReadAllBytes(entry)[..^1]);
        }

        Assert.Equal(ExitCodes.Covered, CommandRun.Of("verify", path, "--cache", cache).ExitCode);
        File.Copy("native/none_86.so", path, overwrite: true);
        Assert.Equal(ExitCodes.Gaps, CommandRun.Of("verify", path, "--cache", cache).ExitCode);
    }

    [Fact]
    public void A_relocatable_text_is_called_so_the_second_time_too()
    {
        string cache = _folder.Path + "/cache", path = _folder.Path + "/x.a";
        File.WriteAllBytes(path, Library());
        string first = CommandRun.Of("verify", path, "--cache", cache).Output, second = CommandRun.Of("verify", path, "--cache", cache).Output;
        Assert.Contains("The relocatable compute_90 PTX in x.o of ", first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void The_folder_of_the_environment_is_used_unless_told_otherwise()
    {
        string cache = _folder.Path + "/cache";
        ToolConsole console = CommandRun.Terminal with { IsTerminal = false, Environment = name => name == "CUDAARCH_CACHE_DIRECTORY" ? cache : null };
        CommandRun.Of(console, "verify", "native/native_121.so", "--no-cache");
        Assert.False(Directory.Exists(cache));
        CommandRun.Of(console, "verify", "native/native_121.so");
        Assert.Single(Directory.GetFiles(cache));
    }

    // An archive of one object with relocatable PTX that needs what the target lacks.
    private static byte[] Library()
    {
        byte[] text = ".version 8.0\n.target sm_90\n.address_size 64\n.visible .entry k() {\nwgmma.fence.sync.aligned;\nret;\n}\n"u8.ToArray();
        int padded = (text.Length + 7) & ~7;
        byte[] entry = new Bytes().U16(1, 0x0101).U32(64).U64((ulong)padded).U32(0, 0).U16(0, 8).U32(90, 0, 0).U64(0x11, 0, 0).Add(text).AlignTo(8).ToArray();
        byte[] fatbin = new Bytes().U32(0xBA55ED50).U16(1, 16).U64((ulong)entry.Length).Add(entry).ToArray();
        return ArchiveBuilder.Gnu(("x.o", new ElfBuilder(type: 1).Section("__nv_relfatbin", fatbin).ToArray()));
    }
}
