using ZstdSharp;

namespace CudaArch.DeviceCode.Compression;

/// <summary>
/// Decompressors of zstd frames that are used again, because making one takes longer than most frames. Each holds the largest window that it has met, outside the managed heap: what is kept of these has a
/// bound together, whatever the number of threads. Safe to use from several threads.
/// </summary>
internal sealed class DecompressorPool : IDisposable
{
    private const long MostKept = 12 << 20;

    // Of a frame that states a larger window the decompressor makes an error.
    private const long LargestWindow = 128 << 20;

    // Smallest window first.
    private readonly List<PooledDecompressor> _kept = [];
    private long _sizeKept;

    /// <summary>A decompressor for one frame: the kept one whose window fits best, else a new one.</summary>
    /// <param name="size">Bytes that the frame unpacks to, as its entry states: its window is at most as large.</param>
    public PooledDecompressor Rent(long size)
    {
        size = Math.Min(size, LargestWindow);
        lock (_kept)
        {
            if (_kept.Count == 0)
            {
                return new PooledDecompressor(new Decompressor(), size);
            }

            int index = IndexOf(size);
            PooledDecompressor rented = _kept[Math.Min(index, _kept.Count - 1)];
            _kept.Remove(rented);
            _sizeKept -= rented.Window;
            return rented with { Window = Math.Max(size, rented.Window) };
        }
    }

    /// <summary>Takes a decompressor back that has met no damage.</summary>
    public void Return(PooledDecompressor rented)
    {
        lock (_kept)
        {
            if (_sizeKept + rented.Window <= MostKept)
            {
                rented.Decompressor.ResetStream();
                _kept.Insert(IndexOf(rented.Window), rented);
                _sizeKept += rented.Window;
                return;
            }
        }

        rented.Decompressor.Dispose();
    }

    // Of the first that has such a window.
    private int IndexOf(long window) => _kept.FindIndex(kept => kept.Window >= window) is >= 0 and var index ? index : _kept.Count;

    public void Dispose()
    {
        lock (_kept)
        {
            _kept.ForEach(kept => kept.Decompressor.Dispose());
            _kept.Clear();
            _sizeKept = 0;
        }
    }
}

/// <summary>A decompressor out of the pool.</summary>
/// <param name="Decompressor">It.</param>
/// <param name="Window">The most bytes that its window has, or will have after the frame that it was rented for.</param>
internal readonly record struct PooledDecompressor(Decompressor Decompressor, long Window);
