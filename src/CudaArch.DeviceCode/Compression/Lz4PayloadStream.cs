using System.Buffers;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Compression;

/// <summary>
/// The unpacked bytes of an LZ4 block from its start on, as far as they are asked for, with a window of 64 KB behind them: the libraries unpack a block whole or not at all, and
/// the kernel names of a library would take as much memory as its largest image. Blocks that are wanted whole go through the library.
/// </summary>
internal sealed class Lz4PayloadStream(ByteRange stored, long size) : ReadOnlyStream
{
    private const int InputSize = 16 << 10, History = 64 << 10, WindowSize = 2 * History;
    private const int ShortestMatch = 4, LongLength = 15, LengthStep = 255;

    private readonly byte[] _input = ArrayPool<byte>.Shared.Rent(InputSize), _window = ArrayPool<byte>.Shared.Rent(WindowSize);
    private readonly long _size = size;
    private long _left = size, _nextInput, _literals, _match;
    private int _inputAt, _inputEnd, _readAt, _writeAt, _distance, _matchNibble;
    private bool _isMatchNext, _isEnd, _isDisposed;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_readAt == _writeAt)
        {
            Unpack();
        }

        if (_left == 0)
        {
            return _readAt == _writeAt ? 0 : throw new PayloadException($"the image unpacks to more than the {_size} bytes that its header states");
        }

        count = (int)Math.Min(count, _left);
        count = Math.Min(count, _writeAt - _readAt);
        _window.AsSpan(_readAt, count).CopyTo(buffer.AsSpan(offset));
        _readAt += count;
        _left -= count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            ArrayPool<byte>.Shared.Return(_input);
            ArrayPool<byte>.Shared.Return(_window);
        }

        base.Dispose(disposing);
    }

    private static PayloadException Damaged() => new("the LZ4 block is damaged");

    // Fills the window behind the history that matches may refer to.
    private void Unpack()
    {
        if (_writeAt > History)
        {
            _window.AsSpan(_writeAt - History, History).CopyTo(_window);
            _readAt = _writeAt = History;
        }

        while (_writeAt < WindowSize && !_isEnd)
        {
            if (_literals > 0)
            {
                CopyLiterals();
            }
            else if (_match > 0)
            {
                CopyMatch();
            }
            else if (_isMatchNext)
            {
                // A block ends behind literals.
                if (_isEnd = !TryNext(out byte low))
                {
                    return;
                }

                _distance = low | (Next() << 8);
                _match = LengthOf(_matchNibble) + ShortestMatch;
                _isMatchNext = false;
                if (_distance == 0 || _distance > _writeAt)
                {
                    throw Damaged();
                }
            }
            else
            {
                byte token = Next();
                _literals = LengthOf(token >> 4);
                _matchNibble = token & 0xF;
                _isMatchNext = true;
            }
        }
    }

    private void CopyLiterals()
    {
        if (_inputAt == _inputEnd && !Fill())
        {
            throw Damaged();
        }

        int count = (int)Math.Min(_literals, Math.Min(_inputEnd - _inputAt, WindowSize - _writeAt));
        _input.AsSpan(_inputAt, count).CopyTo(_window.AsSpan(_writeAt));
        _inputAt += count;
        _writeAt += count;
        _literals -= count;
    }

    private void CopyMatch()
    {
        // A match may overlap what it makes: then it repeats its first bytes, so no more than the distance is copied at once.
        int count = (int)Math.Min(Math.Min(_match, _distance), WindowSize - _writeAt);
        _window.AsSpan(_writeAt - _distance, count).CopyTo(_window.AsSpan(_writeAt));
        _writeAt += count;
        _match -= count;
    }

    private long LengthOf(int nibble)
    {
        long length = nibble;
        for (int step = nibble == LongLength ? LengthStep : 0; step == LengthStep; length += step)
        {
            step = Next();
        }

        return length;
    }

    private byte Next() => TryNext(out byte value) ? value : throw Damaged();

    private bool TryNext(out byte value)
    {
        bool isThere = _inputAt < _inputEnd || Fill();
        value = isThere ? _input[_inputAt++] : (byte)0;
        return isThere;
    }

    private bool Fill()
    {
        _inputAt = 0;
        _inputEnd = stored.Read(_nextInput, _input.AsSpan(0, InputSize));
        _nextInput += _inputEnd;
        return _inputEnd > 0;
    }
}
