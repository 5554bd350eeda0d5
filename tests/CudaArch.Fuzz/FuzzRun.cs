using System.Diagnostics;

namespace CudaArch.Fuzz;

/// <summary>What came of a run.</summary>
/// <param name="Format">The format.</param>
/// <param name="Inputs">Inputs tried.</param>
/// <param name="Opened">Those that were opened.</param>
/// <param name="WithKernels">Those in which kernels were found.</param>
/// <param name="Slowest">The longest time for one input.</param>
/// <param name="Failures">What did not hold, by the index of the input.</param>
public sealed record FuzzResult(string Format, long Inputs, long Opened, long WithKernels, TimeSpan Slowest, IReadOnlyList<(long Index, string Failure)> Failures);

/// <summary>Tries inputs of one format, one after the other.</summary>
public static class FuzzRun
{
    /// <summary>No input may take longer. Generous, for machines that do other work as well.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private const int MostFailures = 20;

    /// <summary>Runs.</summary>
    /// <param name="format">The format.</param>
    /// <param name="seed">Which inputs: the same seed makes the same ones.</param>
    /// <param name="start">Index of the first input.</param>
    /// <param name="count">How many.</param>
    /// <param name="onHang">Called from another thread with the index of an input that takes far too long; when it returns, waiting goes on.</param>
    public static FuzzResult Run(FuzzFormat format, ulong seed, long start, long count, Action<long>? onHang = null)
    {
        var mutator = new Mutator(format);
        var check = new FuzzCheck();
        var failures = new List<(long, string)>();
        TimeSpan slowest = TimeSpan.Zero;
        long current = start, startedAt = Stopwatch.GetTimestamp();
        using var watch = new Timer(_ =>
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref startedAt)) > 3 * TimeLimit)
            {
                onHang?.Invoke(Volatile.Read(ref current));
            }
        }, null, TimeLimit, TimeLimit);
        for (long i = start; i < start + count && failures.Count < MostFailures; i++)
        {
            Volatile.Write(ref current, i);
            byte[] input = mutator.Make(FuzzRandom.For(seed, format.Name, i));
            Volatile.Write(ref startedAt, Stopwatch.GetTimestamp());
            string? failure = check.Run(input);
            TimeSpan time = Stopwatch.GetElapsedTime(startedAt);
            slowest = time > slowest ? time : slowest;
            if (failure is not null || time > TimeLimit)
            {
                failures.Add((i, failure ?? $"took {time.TotalSeconds:F1} s"));
            }
        }

        Volatile.Write(ref startedAt, Stopwatch.GetTimestamp());
        return new FuzzResult(format.Name, Math.Min(count, current - start + 1), check.Opened, check.WithKernels, slowest, failures);
    }
}
