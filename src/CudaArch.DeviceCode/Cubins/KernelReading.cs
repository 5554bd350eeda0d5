namespace CudaArch.DeviceCode.Cubins;

/// <summary>Reads the kernel names of many images at once.</summary>
internal static class KernelReading
{
    /// <summary>Reads the names of all images of modules, so many bytes of images at a time.</summary>
    public static void ReadAll(IReadOnlyList<DeviceCodeModule> modules, long maxBytes, CancellationToken cancellation)
    {
        var budget = new Budget(maxBytes);
        DeviceCodeImage[] images = [.. modules.SelectMany(module => module.Images)];
        InParallel.Run(
            images.Length,
            i =>
            {
                long size = budget.Take(images[i].Size);
                try
                {
                    images[i].ReadKernels();
                }
                finally
                {
                    budget.Give(size);
                }
            },
            cancellation);
    }

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
