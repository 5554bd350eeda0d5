using CudaArch.Architectures;
using CudaArch.DeviceCode;

namespace CudaArch.Benchmarks;

/// <summary>Listing with coverage: headers only, against the C program; and the search of other data sections, against reading their bytes.</summary>
public static class Listing
{
    private const int ReadSize = 256 << 10;

    private static readonly SmArchitecture Target = new(12, 1);
    private static readonly CoverageOptions HeadersOnly = new() { HeadersOnly = true };

    public static void Run(string path, Yardstick? yardstick, int rounds)
    {
        var headersOnly = new DeviceCodeReaderOptions { SearchDataSections = false };
        (int modules, int images) = Once(path, headersOnly);
        long before = Measure.BytesRead() ?? 0;
        Once(path, headersOnly);
        long read = (Measure.BytesRead() ?? 0) - before, size = new FileInfo(path).Length;
        Console.WriteLine($"  listing: {modules} modules, {images} images, {read} bytes read = {100.0 * read / size:F3} % of the file");

        // Enough passes for some hundred milliseconds, and the compiler's last word before the first one counts.
        Cost warm = Measure.InProcess(() => Once(path, headersOnly), 50);
        int passes = Math.Clamp((int)(200 / Math.Max(warm.Wall, 0.01)), 5, 2000);
        Measure.InProcess(() => Once(path, headersOnly), passes);
        List<Cost> ours = [], theirs = [];
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Measure.InProcess(() => Once(path, headersOnly), passes));
            if (yardstick is not null)
            {
                (int m, int n, long bytes, Cost cost) = yardstick.Run(path, passes);
                theirs.Add(cost);
                if (i == 0)
                {
                    Console.WriteLine($"  C program: {m} modules, {n} images, {bytes} bytes read");
                }
            }
        }

        Cost mine = Measure.Median(ours), open = Measure.InProcess(() => DeviceCodeReader.Open(path, headersOnly).Dispose(), passes);
        Console.WriteLine($"  listing with coverage, in process: {mine.Wall:F3} ms (processor {mine.Cpu:F3} ms); without coverage {open.Wall:F3} ms (processor {open.Cpu:F3} ms)");
        if (theirs.Count > 0)
        {
            Cost c = Measure.Median(theirs), ratio = Measure.MedianRatio(ours, theirs);
            Console.WriteLine($"  C program, in process: {c.Wall:F3} ms (processor {c.Cpu:F3} ms); ratio {ratio.Wall:F2} (processor {ratio.Cpu:F2})");
        }

        Search(path, mine, rounds);
    }

    private static void Search(string path, Cost headers, int rounds)
    {
        var all = new DeviceCodeReaderOptions();
        Once(path, all);
        long before = Measure.BytesRead() ?? 0;
        (int modules, _) = Once(path, all);
        long bytes = (Measure.BytesRead() ?? 0) - before;
        List<Cost> ours = [], theirs = [];
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Measure.InProcess(() => Once(path, all), 3));
            theirs.Add(Measure.InProcess(() => Read(path, bytes), 3));
        }

        Cost mine = Measure.Median(ours), reading = Measure.Median(theirs);
        double seconds = Math.Max(mine.Cpu - headers.Cpu, 0.001) / 1000;
        Console.WriteLine(
            $"  with the search of other data sections: {modules} modules, {bytes / 1e6:F1} MB read, {mine.Wall:F2} ms (processor {mine.Cpu:F2} ms, {bytes / seconds / 1e9:F1} GB/s); reading as many bytes alone {reading.Cpu:F2} ms; ratio {Measure.MedianRatio(ours, theirs).Cpu:F2}");
    }

    private static (int Modules, int Images) Once(string path, DeviceCodeReaderOptions options)
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(path, options);
        CoverageReport.For(file, Target, HeadersOnly);
        int images = 0;
        foreach (DeviceCodeModule module in file.Modules)
        {
            images += module.Images.Count;
        }

        return (file.Modules.Count, images);
    }

    private static void Read(string path, long bytes)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
        byte[] buffer = new byte[ReadSize];
        for (long at = 0; at < bytes; at += buffer.Length)
        {
            RandomAccess.Read(handle, buffer, at);
        }
    }
}
