using System.Buffers;
using CudaArch.DeviceCode.IO;
using ZstdSharp;

namespace CudaArch.DeviceCode.Compression;

/// <summary>The unpacked bytes of a zstd frame, up to the size that its entry states; damage becomes a <see cref="PayloadException"/>. Only as much of the frame is read as is needed.</summary>
internal sealed class ZstdPayloadStream(ByteRange stored, long size, PayloadReader reader) : ReadOnlyStream
{
    private const int InputSize = 16 << 10;

    private readonly byte[] _input = ArrayPool<byte>.Shared.Rent(InputSize);
    private PooledDecompressor? _rented = reader.Decompressors.Rent(size);
    private readonly long _size = size;
    private long _left = size, _next;
    private int _start, _end;
    private bool _isEnd, _isDisposed;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left == 0 && !_isEnd)
        {
            // All that the header states is there: the frame must end here.
            return Unpack(new byte[1], 0, 1) == 0 ? 0 : throw new PayloadException($"the image unpacks to more than the {_size} bytes that its header states");
        }

        return Unpack(buffer, offset, (int)Math.Min(count, _left));
    }

    private int Unpack(byte[] buffer, int offset, int count)
    {
        if (count == 0 || _isEnd || _rented?.Decompressor is not { } decompressor)
        {
            return 0;
        }

        try
        {
            while (true)
            {
                OperationStatus status = decompressor.UnwrapStream(_input.AsSpan(_start, _end - _start), buffer.AsSpan(offset, count), out int consumed, out int written);
                _start += consumed;
                _left -= written;
                _isEnd = status == OperationStatus.Done;
                if (written > 0 || _isEnd)
                {
                    return written;
                }

                if (_start == _end ? !Fill() : consumed == 0)
                {
                    throw new PayloadException("the zstd frame is cut off or damaged");
                }
            }
        }
        catch (Exception e) when (e is ZstdException or InvalidDataException)
        {
            // Its state is of no use to another frame.
            decompressor.Dispose();
            _rented = null;
            throw new PayloadException($"the zstd frame is damaged: {e.Message}", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            ArrayPool<byte>.Shared.Return(_input);
            if (_rented is { } rented)
            {
                _rented = null;
                reader.Decompressors.Return(rented);
            }
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        _start = 0;
        _end = stored.Read(_next, _input.AsSpan(0, InputSize));
        _next += _end;
        return _end > 0;
    }
}
