namespace CudaArch.DeviceCode;

/// <summary>Work on all cores whose result does not depend on their number.</summary>
internal static class InParallel
{
    /// <summary>The results for 0 to <paramref name="count"/> - 1.</summary>
    /// <exception cref="DeviceCodeException">The first one, in order, that was thrown.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static T[] Map<T>(int count, Func<int, T> work, CancellationToken cancellation)
    {
        var results = new T[count];
        Run(count, i => results[i] = work(i), cancellation);
        return results;
    }

    /// <inheritdoc cref="Map"/>
    public static void Run(int count, Action<int> work, CancellationToken cancellation)
    {
        var failures = new DeviceCodeException?[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, (i, state) =>
        {
            try
            {
                work(i);
            }
            catch (DeviceCodeException e)
            {
                failures[i] = e;
                state.Break();
            }
            catch (OperationCanceledException)
            {
                state.Stop();
            }
        });
        cancellation.ThrowIfCancellationRequested();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
        {
            throw new DeviceCodeException(first.FileName, first.Offset, first.Expected, first.Found, first);
        }
    }
}
