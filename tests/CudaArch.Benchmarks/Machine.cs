namespace CudaArch.Benchmarks;

/// <summary>What a run was measured on.</summary>
public static class Machine
{
    /// <summary>Processor, cores and memory.</summary>
    public static string Describe()
    {
        string model = "unknown processor";
        if (File.Exists("/proc/cpuinfo"))
        {
            model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? model;
        }

        return $"{model}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB";
    }
}
