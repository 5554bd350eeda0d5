using CudaArch.DeviceCode;

namespace CudaArch.Benchmarks;

/// <summary>Kernel names of all images, and of the cubins alone, which is what other tools tell.</summary>
public static class KernelNames
{
    public static void Run(string path, int rounds)
    {
        Report("kernel names of all images", path, rounds, file => file.ReadAllKernels(), _ => true);
        Report("kernel names of the cubins", path, rounds,
            file => Parallel.ForEach(file.Modules.SelectMany(module => module.Images).Where(image => image.Kind == ImageKind.Cubin), image => image.ReadKernels()),
            image => image.Kind == ImageKind.Cubin);
        if (Environment.ProcessPath is { } self && ChildProcess.Output(self, "--peak-of-kernels", path) is { } peak && long.TryParse(peak, out long bytes))
        {
            Console.WriteLine($"  peak memory of a process that reads all kernel names: {bytes / 1048576.0:F1} MB (with the .NET runtime)");
        }
    }

    private static void Report(string what, string path, int rounds, Action<DeviceCodeFile> read, Func<DeviceCodeImage, bool> isMeant)
    {
        List<Cost> costs = [];
        int names = 0;
        long unpacked = 0;
        for (int i = 0; i <= rounds; i++)
        {
            using DeviceCodeFile file = DeviceCodeReader.Open(path);
            Cost cost = Measure.InProcess(() => read(file), 1);
            if (i > 0)
            {
                costs.Add(cost);
            }

            names = file.Modules.SelectMany(module => module.Images).Where(isMeant).Sum(image => image.ReadKernels()?.Count ?? 0);
            unpacked = file.Modules.SelectMany(module => module.Images).Where(isMeant).Sum(image => image.Size);
        }

        Cost median = Measure.Median(costs);
        Console.WriteLine($"  {what}: {names}, {median.Wall:F0} ms (processor {median.Cpu:F0} ms) for {unpacked / 1e6:F0} MB of unpacked images");
    }
}
