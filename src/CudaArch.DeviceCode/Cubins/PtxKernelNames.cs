using System.Buffers;
using CudaArch.DeviceCode.Compression;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>
/// The names behind the <c>.entry</c> directives of PTX text, each once. The text is read in pieces, so that its size does not matter; comments and quoted strings are skipped.
/// </summary>
internal static class PtxKernelNames
{
    private const int PieceSize = 64 << 10;
    private const int LongestName = 64 << 10;

    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public static IReadOnlyList<string> Read(ImageBytes image)
    {
        using Stream stream = image.Open();
        var scanner = new Scanner();
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            int read;
            long total = 0;
            while ((read = stream.Read(piece, 0, PieceSize)) > 0)
            {
                total += read;
                scanner.Add(piece.AsSpan(0, read));
            }

            if (total != image.Size)
            {
                throw new PayloadException($"the text unpacks to {total} bytes where its header states {image.Size}");
            }

            return scanner.Names;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private sealed class Scanner
    {
        private readonly List<string> _names = [];
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly List<byte> _word = [];
        private State _state;
        private bool _afterEntry;

        private enum State
        {
            Text,
            Word,
            Slash,
            LineComment,
            BlockComment,
            BlockCommentStar,
            Quote,
            QuoteEscape,
        }

        public IReadOnlyList<string> Names
        {
            get
            {
                EndWord();
                return _names;
            }
        }

        private static ReadOnlySpan<byte> Entry => ".entry"u8;

        public void Add(ReadOnlySpan<byte> piece)
        {
            for (int i = 0; i < piece.Length; i++)
            {
                // Between words only a few characters matter; jump to the next of them.
                if (_state == State.Text && !_afterEntry)
                {
                    int next = piece.Slice(i).IndexOfAny((byte)'.', (byte)'/', (byte)'"');
                    if (next < 0)
                    {
                        return;
                    }

                    i += next;
                }

                Step(piece[i]);
            }
        }

        private void Step(byte c)
        {
            switch (_state)
            {
                case State.Slash when c is (byte)'/' or (byte)'*':
                    _state = c == (byte)'/' ? State.LineComment : State.BlockComment;
                    return;
                case State.LineComment:
                    _state = c == (byte)'\n' ? State.Text : State.LineComment;
                    return;
                case State.BlockCommentStar when c == (byte)'/':
                    _state = State.Text;
                    return;
                case State.BlockComment or State.BlockCommentStar:
                    _state = c == (byte)'*' ? State.BlockCommentStar : State.BlockComment;
                    return;
                case State.QuoteEscape:
                    _state = State.Quote;
                    return;
                case State.Quote:
                    _state = c == (byte)'"' ? State.Text : c == (byte)'\\' ? State.QuoteEscape : State.Quote;
                    return;
            }

            if (!IsWord(c))
            {
                EndWord();
            }

            _state = c switch
            {
                (byte)'/' => State.Slash,
                (byte)'"' => State.Quote,
                _ when IsWord(c) || c == (byte)'.' => State.Word,
                _ => State.Text,
            };
            if (_state == State.Word && _word.Count < LongestName)
            {
                _word.Add(c);
            }
        }

        private void EndWord()
        {
            if (_word.Count == 0)
            {
                return;
            }

            if (_afterEntry)
            {
                string name = Utf8.GetString([.. _word]);
                if (_seen.Add(name))
                {
                    _names.Add(name);
                }
            }

            _afterEntry = !_afterEntry && _word.Count == Entry.Length && Entry.SequenceEqual([.. _word]);
            _word.Clear();
        }

        private static bool IsWord(byte c) =>
            c is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'_' or (byte)'$' or (byte)'%' or >= 0x80;
    }
}
