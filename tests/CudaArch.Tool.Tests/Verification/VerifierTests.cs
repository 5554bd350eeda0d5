using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;
using CudaArch.Testing;
using Snapshot = CudaArch.Testing.Verifier;
using Verifier = CudaArch.DeviceCode.Verification.Verifier;

namespace CudaArch.Tool.Tests.Verification;

public class VerifierTests
{
    private static readonly SmArchitecture[] Spark = [new(12, 1)];

    /// <summary>What is said of every library among the fixtures: the whole vocabulary at a glance.</summary>
    [Fact]
    public Task Messages_of_all_libraries()
    {
        var text = new StringBuilder();
        foreach (string path in Directory.EnumerateFiles(Fixtures.PathOf("native"), "*.so").Order(StringComparer.Ordinal))
        {
            FileVerification result = Verifier.Verify(new VerificationInput(path) { DisplayName = Path.GetFileName(path) }, [.. Spark, new(9, 0)]);
            foreach (Finding finding in result.Findings)
            {
                text.AppendLine($"{finding.Severity} {finding.RuleId} {finding.Target}: {finding.Message}");
            }
        }

        return Snapshot.Verify(text.ToString());
    }

    [Fact]
    public Task Messages_by_origin()
    {
        VerificationInput file = new(Fixtures.PathOf("native/none_86.so")) { DisplayName = "runtimes/linux-x64/native/libfoo.so" };
        VerificationInput[] origins =
        [
            file,
            file with { Item = "Content" },
            file with { RuntimeIdentifier = "linux-x64" },
            file with { PackageId = "Foo.Native", PackageVersion = "1.2.0", RuntimeIdentifier = "linux-x64", Item = "None" },
            file with { PackageId = "Foo.Native" },
        ];
        return Snapshot.Verify(string.Join("\n", origins.Select(origin => Assert.Single(Verifier.Verify(origin, Spark).Findings).Message)));
    }

    [Fact]
    public Task Messages_of_unreadable_files()
    {
        using var folder = new TemporaryFolder();
        byte[] library = File.ReadAllBytes(Fixtures.PathOf("native/native_121.so"));
        int entry = library.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0xED, 0x55, 0xBA, 0x01, 0x00, 0x10, 0x00]) + 16;
        byte[] broken = [.. library];
        broken.AsSpan(entry + 8, 8).Fill(0x7F);
        var inputs = new List<VerificationInput>
        {
            new("no/such/libfoo.so"),
            new(folder.Write("libempty.so", "")),
            new(folder.Write("libtext.so", "version https://git-lfs.github.com/spec/v1\n")),
            new(folder.Write("libcut.so", library[..40])),
            new(folder.Write("libbroken.so", broken)) { PackageId = "Foo.Native", PackageVersion = "1.2.0" },
            new(folder.Path),
        };
        IEnumerable<string> messages = inputs.Select(input =>
            Assert.Single(Verifier.Verify(input with { DisplayName = Path.GetFileName(input.Path == folder.Path ? "folder" : input.Path) }, Spark).Findings,
                finding => finding.RuleId == RuleIds.UnreadableFile).Message);
        return Snapshot.Verify(string.Join("\n", messages));
    }

    /// <summary>What is said of the texts that only their instructions or their memory keep off the Spark.</summary>
    [Fact]
    public Task Messages_of_refused_texts()
    {
        var text = new StringBuilder();
        foreach (string path in Directory.EnumerateFiles(Fixtures.PathOf("ptx"), "*.ptx").Order(StringComparer.Ordinal))
        {
            FileVerification result = Verifier.Verify(new VerificationInput(path) { DisplayName = Path.GetFileName(path) }, Spark, new VerificationOptions { GapsAreErrors = true });
            foreach (Finding finding in result.Findings.Where(finding => finding.RuleId == RuleIds.ImageNeedsFeature))
            {
                Assert.Equal(RuleSeverity.Error, finding.Severity);
                Assert.Equal(FileCoverage.None, result.Targets[0].Coverage);
                text.AppendLine($"{finding.RuleId} {string.Join(' ', finding.Kernels)}: {finding.Message}");
            }
        }

        return Snapshot.Verify(text.ToString());
    }

    [Fact]
    public void What_a_refused_text_alone_is_to_blame_for_is_said_once()
    {
        VerificationInput input = new(Fixtures.PathOf("native/jit_80.so"));
        FileVerification result = Verifier.Verify(input, Spark, new VerificationOptions { DriverVersion = new PtxVersion(7, 0) });
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(RuleIds.ImageNeedsFeature, finding.RuleId);
        Assert.Contains("The driver compiles PTX up to version 7.0", finding.Message);
        Assert.Equal(FileCoverage.None, Assert.Single(result.Targets).Coverage);
    }

    [Fact]
    public void A_library_of_a_host_without_CUDA_is_sound_and_has_no_device_code()
    {
        using var folder = new TemporaryFolder();
        byte[] library = File.ReadAllBytes(Fixtures.PathOf("native/native_121.so"));
        library[4] = 1; // ELF class: 32 bits.
        FileVerification result = Verifier.Verify(new VerificationInput(folder.Write("lib32.so", library)), Spark);
        Assert.Empty(result.Findings);
        Assert.False(result.IsUnreadable);
        Assert.Equal(FileCoverage.NoDeviceCode, Assert.Single(result.Targets).Coverage);

        FileVerification mac = Verifier.Verify(new VerificationInput(folder.Write("libfoo.dylib", [0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0, 0, 1])), Spark);
        Assert.Empty(mac.Findings);
    }

    [Fact]
    public void Severities_come_from_the_rule_table()
    {
        VerificationInput none = new(Fixtures.PathOf("native/none_86.so")), jit = new(Fixtures.PathOf("native/jit_80.so"));
        Assert.Equal(RuleSeverity.Warning, Assert.Single(Verifier.Verify(none, Spark).Findings).Severity);
        Assert.Equal(RuleSeverity.Error, Assert.Single(Verifier.Verify(none, Spark, new VerificationOptions { GapsAreErrors = true }).Findings).Severity);
        Assert.Equal(RuleSeverity.Warning, Assert.Single(Verifier.Verify(jit, Spark, new VerificationOptions { GapsAreErrors = true }).Findings).Severity);
    }

    [Fact]
    public void Kernels_are_named_mangled_and_only_when_asked_for()
    {
        VerificationInput input = new(Fixtures.PathOf("native/none_86.so"));
        Assert.Equal(
            ["_Z5scaleIdEvPT_S0_i", "_Z5scaleIfEvPT_S0_i", "vector_add"],
            Assert.Single(Verifier.Verify(input, Spark).Findings).Kernels.Order(StringComparer.Ordinal));
        Finding without = Assert.Single(Verifier.Verify(input, Spark, new VerificationOptions { ReadKernels = false }).Findings);
        Assert.Empty(without.Kernels);
        Assert.DoesNotContain("kernel", without.Message);
    }

    [Fact]
    public void A_stream_is_read_instead_of_the_path()
    {
        VerificationInput input = new("lib/embedded.so") { OpenStream = () => File.OpenRead(Fixtures.PathOf("native/partial.so")) };
        FileVerification result = Verifier.Verify(input, Spark);
        Assert.Equal(FileCoverage.Partial, Assert.Single(result.Targets).Coverage);
        Assert.Contains("'lib/embedded.so'", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public void Messages_are_one_line_each()
    {
        VerificationInput input = new(Fixtures.PathOf("native/none_86.so")) { DisplayName = "lib\nfoo\e.so", PackageId = "Foo\nBar" };
        Assert.DoesNotContain(Assert.Single(Verifier.Verify(input, Spark).Findings).Message, char.IsControl);
    }

    [Fact]
    public void Nothing_to_verify_for_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Verifier.Verify(new VerificationInput(Fixtures.PathOf("native/none_86.so")), []));
}
