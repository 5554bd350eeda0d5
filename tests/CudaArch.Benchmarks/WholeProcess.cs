namespace CudaArch.Benchmarks;

/// <summary>Whole processes: the native build of the tool against NVIDIA's lister, where the caller has both.</summary>
public static class WholeProcess
{
    public static void Run(string path, string? native, string? cuobjdump, int rounds)
    {
        if (native is null || !ChildProcess.CanMeasure)
        {
            Console.WriteLine(native is null ? "  whole process: no --native given" : "  whole process: GNU time is not there");
            return;
        }

        Compare("listing", rounds, native, ["inspect", "--format", "json", path], cuobjdump, ["-lelf", path]);
        Compare("listing with coverage", rounds, native, ["verify", "--no-cache", "--format", "json", path], cuobjdump, ["-lelf", path]);
        Compare("kernel names of cubins", rounds, native, ["inspect", "--kernels", "--kind", "cubin", "--format", "json", path], cuobjdump, ["-all", "-symbols", path]);
        Compare("kernel names of cubins and PTX", rounds, native, ["inspect", "--kernels", "--format", "json", path], cuobjdump, ["-all", "-symbols", path]);
    }

    private static void Compare(string what, int rounds, string native, string[] ours, string? cuobjdump, string[] theirs)
    {
        List<Cost> mine = [], other = [];
        List<double> myPeaks = [], otherPeaks = [];
        for (int i = 0; i <= rounds; i++)
        {
            ProcessCost cost = ChildProcess.Measure(native, ours);
            ProcessCost? yours = cuobjdump is null ? null : ChildProcess.Measure(cuobjdump, theirs);
            if (i == 0)
            {
                continue;
            }

            mine.Add(cost.Time);
            myPeaks.Add(cost.PeakMegabytes);
            if (yours is { } measured)
            {
                other.Add(measured.Time);
                otherPeaks.Add(measured.PeakMegabytes);
            }
        }

        Cost median = Measure.Median(mine);
        double peak = Measure.Median(myPeaks);
        Console.WriteLine($"  whole process, {what}: {median.Wall:F0} ms (processor {median.Cpu:F0} ms), peak {peak:F1} MB");
        if (other.Count > 0)
        {
            Cost its = Measure.Median(other), ratio = Measure.MedianRatio(other, mine);
            double itsPeak = Measure.Median(otherPeaks);
            Console.WriteLine(
                $"  cuobjdump {string.Join(' ', theirs.SkipLast(1))}: {its.Wall:F0} ms (processor {its.Cpu:F0} ms), peak {itsPeak:F1} MB: {ratio.Wall:F1} times ours (processor {ratio.Cpu:F1}, memory {itsPeak / peak:F1})");
        }
    }
}
