using System.Buffers;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Presence;

/// <summary>
/// Finds whether a text contains any of many words, ASCII letters in any case, in one pass without allocation (Aho and Corasick's automaton).
/// A text may come in pieces: hand the state of one piece to the next.
/// </summary>
internal sealed class WordAutomaton
{
    /// <summary>The state before the first character.</summary>
    public const int Start = 0;

    /// <summary>The state once a word was seen; it never leaves it.</summary>
    public const int Found = -1;

    private readonly byte[] _classes = new byte[128];
    private readonly int _width;
    private readonly int[] _next;

    /// <summary>Builds the automaton of words, which consist of ASCII characters.</summary>
    public WordAutomaton(IEnumerable<string> words)
    {
        string[] lowered = [.. words.Where(word => word.Length > 0).Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        byte count = 0;
        foreach (char c in lowered.SelectMany(word => word))
        {
            if (_classes[c] == 0)
            {
                _classes[c] = ++count;
            }
        }

        for (char c = 'A'; c <= 'Z'; c++)
        {
            _classes[c] = _classes[char.ToLowerInvariant(c)];
        }

        // Class 0 is every character in no word.
        _width = count + 1;
        _next = Transitions(lowered);
    }

    /// <summary>The state after some more characters.</summary>
    public int Advance(int state, ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (state == Found)
            {
                break;
            }

            state = c < 128 ? _next[(state * _width) + _classes[c]] : Start;
        }

        return state;
    }

    /// <summary>Whether a whole text contains a word.</summary>
    public bool IsIn(ReadOnlySpan<char> text) => Advance(Start, text) == Found;

    /// <summary>Whether a file contains a word.</summary>
    public bool IsIn(SourceText text, CancellationToken cancellation)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(8192);
        try
        {
            int state = Start;
            for (int start = 0; start < text.Length && state != Found; start += buffer.Length)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(buffer.Length, text.Length - start);
                text.CopyTo(start, buffer, 0, count);
                state = Advance(state, buffer.AsSpan(0, count));
            }

            return state == Found;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private int[] Transitions(string[] words)
    {
        // The trie: 0 is "no edge yet", for no edge leads back to the root.
        var trie = new List<int[]> { new int[_width] };
        var ends = new List<bool> { false };
        foreach (string word in words)
        {
            int node = 0;
            foreach (char c in word)
            {
                ref int edge = ref trie[node][_classes[c]];
                if (edge == 0)
                {
                    edge = trie.Count;
                    trie.Add(new int[_width]);
                    ends.Add(false);
                }

                node = trie[node][_classes[c]];
            }

            ends[node] = true;
        }

        // Breadth first: where a node has no edge, go on as its longest proper suffix would.
        var suffix = new int[trie.Count];
        var queue = new Queue<int>([0]);
        while (queue.Count > 0)
        {
            int node = queue.Dequeue();
            ends[node] |= ends[suffix[node]];
            for (int c = 0; c < _width; c++)
            {
                int fallback = node == 0 ? 0 : trie[suffix[node]][c];
                if (trie[node][c] == 0)
                {
                    trie[node][c] = fallback;
                }
                else
                {
                    suffix[trie[node][c]] = fallback;
                    queue.Enqueue(trie[node][c]);
                }
            }
        }

        var next = new int[trie.Count * _width];
        for (int node = 0; node < trie.Count; node++)
        {
            for (int c = 0; c < _width; c++)
            {
                int target = trie[node][c];
                next[(node * _width) + c] = ends[target] ? Found : target;
            }
        }

        return next;
    }
}
