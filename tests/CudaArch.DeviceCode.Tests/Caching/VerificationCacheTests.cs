using System.IO.Compression;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Caching;
using CudaArch.DeviceCode.Verification;
using Verifier = CudaArch.DeviceCode.Verification.Verifier;
using CudaArch.Testing;
using CsCheck;

namespace CudaArch.DeviceCode.Tests.Caching;

/// <summary>What the cache answers is what the file would answer; whatever is wrong with it, the file is read.</summary>
public sealed class VerificationCacheTests : IDisposable
{
    private static readonly SmArchitecture[] Targets = [new(12, 1), new(9, 0)];

    private readonly string _root = Directory.CreateTempSubdirectory("cudaarch-cache-").FullName;

    private string Folder => Path.Combine(_root, "cache");

    [Fact]
    public void EveryFixtureIsAnsweredAlikeFromTheCacheAndFromTheFile()
    {
        string[] files = [.. Directory.EnumerateFiles(Fixtures.PathOf("native")).Concat(Directory.EnumerateFiles(Fixtures.PathOf("ptx")))];
        foreach (string file in files)
        {
            string expected = Describe(Verify(file, cache: null));
            Assert.Equal(expected, Describe(Verify(file, new VerificationCache(Folder))));
            var cache = new VerificationCache(Folder);
            FileVerification again = Verify(file, cache);
            Assert.Equal(expected, Describe(again));
            Assert.Equal(again.IsUnreadable ? 0 : 1, cache.Hits);
        }

        Assert.True(files.Length > 20);
    }

    [Fact]
    public void TheWordsBelongToWhoAsks()
    {
        string file = Fixture("native/none_86.so", "libx.so");
        Verify(file, new VerificationCache(Folder));
        var cache = new VerificationCache(Folder);
        var input = new VerificationInput(file) { DisplayName = "shown.so", PackageId = "Some.Package", PackageVersion = "2.0.0" };
        FileVerification answer = Verifier.Verify(input, Targets, new VerificationOptions { Cache = cache, GapsAreErrors = true });

        Assert.Equal(1, cache.Hits);
        Assert.StartsWith("'shown.so' (Some.Package 2.0.0) cannot run on sm_121", answer.Findings[0].Message);
        Assert.Equal(CudaArch.Rules.RuleSeverity.Error, answer.Findings[0].Severity);
    }

    [Fact]
    public void OtherTargetsAndOtherQuestionsAreOtherEntries()
    {
        string file = Fixture("native/none_86.so", "libx.so");
        Verify(file, new VerificationCache(Folder));
        var cache = new VerificationCache(Folder);
        Verifier.Verify(new VerificationInput(file), [new SmArchitecture(8, 6)], new VerificationOptions { Cache = cache });
        Verifier.Verify(new VerificationInput(file), Targets, new VerificationOptions { Cache = cache, ReadKernels = false });
        Verifier.Verify(new VerificationInput(file), Targets, new VerificationOptions { Cache = cache, DriverVersion = new PtxVersion(8, 0) });
        Verifier.VerifyEach(new VerificationInput(file), Targets, options: new VerificationOptions { Cache = cache });

        Assert.Equal(0, cache.Hits);
        Assert.Equal(5, Entries().Length);
    }

    [Fact]
    public void AChangedFileIsReadAgainThoughItsTimeAndLengthAreTheSame()
    {
        string file = Fixture("native/native_121.so", "libx.so");
        DateTime time = File.GetLastWriteTimeUtc(file);
        Verify(file, new VerificationCache(Folder));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.Write(bytes);
        }

        File.SetLastWriteTimeUtc(file, time);
        var cache = new VerificationCache(Folder);
        Verify(file, cache);
        Assert.Equal(0, cache.Hits);

        File.SetLastWriteTimeUtc(file, time.AddSeconds(1));
        Verify(file, cache);
        Assert.Equal(0, cache.Hits);
    }

    [Fact]
    public void ALargeFileIsToldByASampleOfItsBytes()
    {
        // 4 MB of a library and padding behind it; the changed bytes lie in the middle.
        byte[] bytes = new byte[4 << 20];
        File.ReadAllBytes(Fixtures.PathOf("native/native_121.so")).CopyTo(bytes, 0);
        string file = Path.Combine(_root, "large.so");
        File.WriteAllBytes(file, bytes);
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, time);
        string? before = ContentIdentity.Of(file);
        Assert.Equal(before, ContentIdentity.Of(file));
        bytes.AsSpan(2 << 20, 256 << 10).Fill(1);
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.Write(bytes);
        }

        File.SetLastWriteTimeUtc(file, time);
        Assert.NotEqual(before, ContentIdentity.Of(file));
    }

    [Fact]
    public void AFileOfARestoredPackageIsKnownWhereverThePackageLies()
    {
        string first = RestoredPackage("one", "HashHashHashHashHash==");
        string second = RestoredPackage("two", "HashHashHashHashHash==");
        string other = RestoredPackage("three", "AnotherHashAnotherHash==");
        var cache = new VerificationCache(Folder);
        Verify(first, cache);
        Verify(second, cache);
        Assert.Equal(1, cache.Hits);

        // Another package, and a file that somebody has put in the place of the package's own.
        Verify(other, cache);
        File.SetLastWriteTimeUtc(second, DateTime.UtcNow);
        Verify(second, cache);
        Assert.Equal(1, cache.Hits);
    }

    [Fact]
    public void EachFileOfAPackageIsKeptAndOneThatWasLeftOutIsReadWhenItIsAskedFor()
    {
        string package = Path.Combine(_root, "two.nupkg");
        using (ZipArchive zip = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(Fixtures.PathOf("native/none_86.so"), "runtimes/linux-x64/native/libx.so");
            zip.CreateEntryFromFile(Fixtures.PathOf("native/arm64_none_87.so"), "runtimes/linux-arm64/native/libx.so");
        }

        Func<VerificationInput, VerificationInput?> only = member => member.Path.Contains("arm64") ? member : null;
        Assert.Single(Each(package, only, new VerificationCache(Folder)));
        var cache = new VerificationCache(Folder);
        Assert.Single(Each(package, only, cache));
        Assert.Equal(2, Each(package, null, cache).Count);
        IReadOnlyList<FileVerification> all = Each(package, null, cache);

        Assert.Equal(Each(package, null, null).Select(Describe), all.Select(Describe));
        Assert.Equal(["two.nupkg/runtimes/linux-x64/native/libx.so", "two.nupkg/runtimes/linux-arm64/native/libx.so"], all.Select(file => file.Input.DisplayName));
    }

    [Fact]
    public void WhatCannotBeReadIsNotKept()
    {
        string file = Path.Combine(_root, "libtext.so");
        File.WriteAllText(file, "no library");
        Verify(file, new VerificationCache(Folder));
        Verify(Path.Combine(_root, "libmissing.so"), new VerificationCache(Folder));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void ADamagedEntryIsIgnoredAndReplaced() => Gen.Select(Gen.Int[0, 10], Gen.Int[0, 1_000_000], Gen.Byte[1, 255]).Sample((kind, at, bits) =>
    {
        string file = Fixture("native/partial.so", "libx.so");
        string expected = Describe(Verify(file, cache: null));
        Verify(file, new VerificationCache(Folder));
        string entry = Assert.Single(Entries());
        byte[] sound = File.ReadAllBytes(entry);
        byte[] bytes = kind switch
        {
            0 => [],
            1 => sound[..(at % sound.Length)],
            2 => [.. sound, bits],
            _ => [.. sound.Select((value, i) => i == at % sound.Length ? (byte)(value ^ bits) : value)],
        };
        File.WriteAllBytes(entry, bytes);

        var cache = new VerificationCache(Folder);
        Assert.Equal(expected, Describe(Verify(file, cache)));
        Assert.Equal(0, cache.Hits);
        Assert.Equal(sound, File.ReadAllBytes(Assert.Single(Entries())));
    }, iter: 200, threads: 1);

    [Fact]
    public void AnEntryUnderAnotherNameIsNotBelieved()
    {
        string one = Fixture("native/none_86.so", "libone.so"), two = Fixture("native/native_121.so", "libtwo.so");
        Verify(one, new VerificationCache(Folder));
        string first = Assert.Single(Entries());
        Verify(two, new VerificationCache(Folder));
        File.Copy(first, Entries().Single(entry => entry != first), overwrite: true);

        var cache = new VerificationCache(Folder);
        Assert.DoesNotContain(Verify(two, cache).Findings, finding => finding.Target == Targets[0]);
        Assert.Equal(0, cache.Hits);
    }

    [Fact]
    public void AFolderThatCannotBeUsedIsNoHindrance()
    {
        string file = Fixture("native/partial.so", "libx.so");
        string expected = Describe(Verify(file, cache: null));
        File.WriteAllText(Path.Combine(_root, "file"), "");

        // A file in the place of the folder; a folder in the place of an entry.
        Assert.Equal(expected, Describe(Verify(file, new VerificationCache(Path.Combine(_root, "file")))));
        CacheKey key = CacheKey.Of(file, Targets, new VerificationOptions(), perPart: false)!;
        Directory.CreateDirectory(Path.Combine(Folder, key.FileName + ".entry"));
        Assert.Equal(expected, Describe(Verify(file, new VerificationCache(Folder))));
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public void ALockedEntryIsReadFromTheFileInstead()
    {
        string file = Fixture("native/partial.so", "libx.so");
        string expected = Describe(Verify(file, new VerificationCache(Folder)));
        var cache = new VerificationCache(Folder);
        using (new FileStream(Assert.Single(Entries()), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(expected, Describe(Verify(file, cache)));
            Assert.Equal(0, cache.Hits);
        }

        Verify(file, cache);
        Assert.Equal(1, cache.Hits);
    }

    [Fact]
    public void TheLeastUsedEntriesGoWhenThereAreTooMany()
    {
        for (int i = 0; i < 130; i++)
        {
            var cache = new VerificationCache(Folder, mostBytes: 20_000);
            string[] before = i == 0 ? [] : Entries();
            Verify(Fixture("native/none_86.so", $"lib{i}.so"), cache);

            // One that is used stays, by the day.
            File.SetLastWriteTimeUtc(Entries().Except(before).Single(), DateTime.UtcNow.AddDays(-200 + i));
            Verify(Path.Combine(_root, "lib0.so"), cache);
        }

        Assert.True(Entries().Sum(entry => new FileInfo(entry).Length) <= 20_000);
        var last = new VerificationCache(Folder);
        Verify(Path.Combine(_root, "lib0.so"), last);
        Assert.Equal(1, last.Hits);
        Verify(Path.Combine(_root, "lib1.so"), last);
        Assert.Equal(1, last.Hits);
    }

    [Fact]
    public void AnAbandonedPartIsRemovedAndAFreshOneIsNot()
    {
        Directory.CreateDirectory(Folder);
        string old = Path.Combine(Folder, "old.part"), fresh = Path.Combine(Folder, "fresh.part");
        File.WriteAllText(old, "");
        File.WriteAllText(fresh, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-1));
        Verify(Fixture("native/none_86.so", "libx.so"), new VerificationCache(Folder));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(fresh));
    }

    [Fact]
    public void ManyAtOnceNeverAnswerWrong()
    {
        string[] files = [Fixture("native/none_86.so", "liba.so"), Fixture("native/partial.so", "libb.so"), Fixture("native/jit_80.so", "libc.so")];
        string[] expected = [.. files.Select(file => Describe(Verify(file, cache: null)))];
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 7 == 0)
            {
                foreach (string entry in Directory.Exists(Folder) ? Entries() : [])
                {
                    try
                    {
                        File.Delete(entry);
                    }
                    catch (IOException)
                    {
                        // Being read.
                    }
                }
            }

            Assert.Equal(expected[i % 3], Describe(Verify(files[i % 3], new VerificationCache(Folder, mostBytes: 1000))));
        });
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.part"));
    }

    [Theory]
    [InlineData("CUDAARCH_CACHE=false", null)]
    [InlineData("CUDAARCH_CACHE=0;CUDAARCH_CACHE_DIRECTORY=/c", null)]
    [InlineData("CUDAARCH_CACHE_DIRECTORY=/c;HOME=/h", "/c")]
    [InlineData("HOME=", null)]
    public void ThePlaceFollowsTheEnvironment(string environment, string? expected)
    {
        var variables = environment.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(expected is null ? null : Path.GetFullPath(expected), CacheLocation.Of(variables.GetValueOrDefault));
    }

    [Fact]
    public void ThePlaceIsThePlatformsOwn()
    {
        string root = Path.GetFullPath("/h");
        var variables = new Dictionary<string, string> { ["HOME"] = root, ["LOCALAPPDATA"] = root, ["XDG_CACHE_HOME"] = "relative" };
        string expected = OperatingSystem.IsWindows() ? Path.Combine(root, "cudaarch", "cache")
            : OperatingSystem.IsMacOS() ? Path.Combine(root, "Library", "Caches", "cudaarch")
            : Path.Combine(root, ".cache", "cudaarch");
        Assert.Equal(expected, CacheLocation.Of(variables.GetValueOrDefault));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static FileVerification Verify(string file, VerificationCache? cache) =>
        Verifier.Verify(new VerificationInput(file) { DisplayName = Path.GetFileName(file) }, Targets, new VerificationOptions { Cache = cache });

    private static IReadOnlyList<FileVerification> Each(string file, Func<VerificationInput, VerificationInput?>? describe, VerificationCache? cache) =>
        Verifier.VerifyEach(new VerificationInput(file) { DisplayName = Path.GetFileName(file) }, Targets, describe, new VerificationOptions { Cache = cache });

    // Everything that an answer holds.
    private static string Describe(FileVerification file) => System.Text.Json.JsonSerializer.Serialize(file with { Input = file.Input with { OpenStream = null } });

    private string[] Entries() => [.. Directory.EnumerateFiles(Folder, "*.entry")];

    private string Fixture(string fixture, string name)
    {
        string file = Path.Combine(_root, name);
        File.Copy(Fixtures.PathOf(fixture), file, overwrite: true);
        return file;
    }

    private string RestoredPackage(string place, string hash)
    {
        string folder = Path.Combine(_root, place, "some.package", "1.0.0");
        string file = Path.Combine(folder, "runtimes", "linux-x64", "native", "libx.so");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(Fixtures.PathOf("native/none_86.so"), file);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.WriteAllText(Path.Combine(folder, ".nupkg.metadata"), $$"""{ "version": 2, "contentHash": "{{hash}}", "source": "feed" }""");
        return file;
    }
}
