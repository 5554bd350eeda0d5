namespace CudaArch.DeviceCode.Cubins;

/// <summary>Reads the kernel names of many images at once.</summary>
internal static class KernelReading
{
    /// <summary>Reads the names of all images of modules, so many bytes of images at a time.</summary>
    public static void ReadAll(IReadOnlyList<DeviceCodeModule> modules, long maxBytes, CancellationToken cancellation)
    {
        var budget = new Budget(maxBytes);
        try
        {
            Parallel.ForEach(Images(modules), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, image =>
            {
                long size = budget.Take(image.Size);
                try
                {
                    image.ReadKernels();
                }
                finally
                {
                    budget.Give(size);
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<DeviceCodeException>().FirstOrDefault() is { } failure)
        {
            throw new DeviceCodeException(failure.FileName, failure.Offset, failure.Expected, failure.Found, failure);
        }
    }

    private static IEnumerable<DeviceCodeImage> Images(IReadOnlyList<DeviceCodeModule> modules) => modules.SelectMany(module => module.Images);

    private sealed class Budget(long most)
    {
        private readonly object _lock = new();
        private long _taken;

        /// <summary>Waits until there is room, or nothing else is being read.</summary>
        public long Take(long size)
        {
            size = Math.Min(size, most);
            lock (_lock)
            {
                while (_taken + size > most)
                {
                    Monitor.Wait(_lock);
                }

                _taken += size;
            }

            return size;
        }

        public void Give(long size)
        {
            lock (_lock)
            {
                _taken -= size;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
