using System.Diagnostics;

namespace CudaArch.Benchmarks;

/// <summary>Time of one run, in milliseconds: on the clock, and on all processors together.</summary>
public readonly record struct Cost(double Wall, double Cpu);

/// <summary>Measures in this process, and takes ratios pair by pair, so that a machine whose speed drifts does not spoil them.</summary>
public static class Measure
{
    /// <summary>Runs something so many times and gives the cost of one.</summary>
    public static Cost InProcess(Action action, int passes)
    {
        GC.Collect();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < passes; i++)
        {
            action();
        }

        return new Cost(Stopwatch.GetElapsedTime(start).TotalMilliseconds / passes, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / passes);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>The median cost, each part by itself.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) => new(Median(costs.Select(cost => cost.Wall)), Median(costs.Select(cost => cost.Cpu)));

    /// <summary>The median of the ratios of pairs.</summary>
    public static Cost MedianRatio(IReadOnlyList<Cost> ours, IReadOnlyList<Cost> theirs)
    {
        var pairs = ours.Zip(theirs).ToList();
        return new Cost(Median(pairs.Select(pair => pair.First.Wall / pair.Second.Wall)), Median(pairs.Select(pair => pair.First.Cpu / pair.Second.Cpu)));
    }

    /// <summary>Bytes that this process has read by system calls; null where the system does not tell.</summary>
    public static long? BytesRead() => Field("/proc/self/io", "rchar:");

    /// <summary>The largest memory that this process has had, in bytes; null where the system does not tell.</summary>
    public static long? PeakMemory() => Field("/proc/self/status", "VmHWM:") * 1024;

    private static long? Field(string path, string name)
    {
        try
        {
            string? line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
