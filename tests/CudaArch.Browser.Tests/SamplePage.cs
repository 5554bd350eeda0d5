using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;
using CudaArch.Testing;
using Verifier = CudaArch.DeviceCode.Verification.Verifier;

namespace CudaArch.Browser.Tests;

/// <summary>A report with every kind of answer, and with names as long as they come.</summary>
internal static class SamplePage
{
    /// <summary>The page for the default target.</summary>
    public static string One { get; } = Render([new(12, 1)]);

    /// <summary>The page for many targets.</summary>
    public static string Many { get; } = Render([new(7, 5), new(8, 0), new(8, 6), new(8, 9), new(9, 0), new(10, 0), new(10, 3), new(11, 0), new(12, 0), new(12, 1)]);

    /// <summary>Writes a page where a browser can open it.</summary>
    public static string Write(string html, string folder)
    {
        string path = Path.Combine(folder, "report.html");
        File.WriteAllText(path, html);
        return new Uri(path).AbsoluteUri;
    }

    private static string Render(SmArchitecture[] targets)
    {
        FileVerification[] files =
        [
            Verify("native/arm64_none_87.so", "runtimes/linux-arm64/native/libgaps.so", "Acme.Kernels", "linux-arm64"),
            Verify("native/jit_80.so", "runtimes/linux-x64/native/libjit.so", "Acme.Kernels", "linux-x64"),
            Verify("native/partial.so", "native/libpartial.so", null, null),
            Verify("ptx/nvcc_tmem_alloc_100.ptx", "kernels/memory.ptx", null, null),
            Verify("native/native_121.so", "native/libfine file.so", null, null),
            Verify("native/none_86.so", $"runtimes/linux-x64/native/{new string('x', 180)}.so", $"Very.{string.Concat(Enumerable.Repeat("Long.", 30))}Package", "linux-x64"),
            LongKernels(targets[^1]),
            Verifier.Verify(new VerificationInput(Fixtures.PathOf("native/README.md")) { DisplayName = "native/libtext.so" }, targets),
        ];
        return ReportFormats.For("report.html")!(new VerificationReport(targets, files) { Title = "Spark & <Inference>", Version = "0.1.0" });

        FileVerification Verify(string fixture, string name, string? package, string? identifier) => Verifier.Verify(
            new VerificationInput(Fixtures.PathOf(fixture)) { DisplayName = name, PackageId = package, PackageVersion = package is null ? null : "2.1.0", RuntimeIdentifier = identifier }, targets);
    }

    // Names of templates run to thousands of letters without a blank.
    private static FileVerification LongKernels(SmArchitecture target) => new()
    {
        Input = new VerificationInput("native/libtemplates.so"),
        HostFormat = HostFormat.Elf,
        Targets =
        [
            new TargetVerification
            {
                Target = target,
                Coverage = FileCoverage.None,
                Modules = [new ModuleVerification(Coverage.None, ByDesignReason.NotByDesign, true)],
                MissingImages = [new ImageLabel(ImageKind.Cubin, new SmArchitecture(8, 6))],
                MissingKernels = [.. Enumerable.Range(0, 700).Select(i => $"_Z{i}{new string('k', 900)}")],
            },
        ],
    };
}
