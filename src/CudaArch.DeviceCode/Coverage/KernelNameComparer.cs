namespace CudaArch.DeviceCode;

/// <summary>
/// Takes the names of a static kernel in images that were compiled one by one for the same: the compiler puts a mark of the compilation into them, as in
/// <c>_GLOBAL__N__3f2a9c01_9_kernel_cu</c>. A mark is a run of hexadecimal digits too long to be a word.
/// </summary>
internal sealed class KernelNameComparer : IEqualityComparer<string>
{
    private const int ShortestMark = 8;

    private KernelNameComparer()
    {
    }

    public static KernelNameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y)
    {
        if (ReferenceEquals(x, y) || x is null || y is null)
        {
            return ReferenceEquals(x, y);
        }

        var left = new Letters(x);
        var right = new Letters(y);
        while (true)
        {
            int letter = left.Next();
            if (letter != right.Next())
            {
                return false;
            }

            if (letter == Letters.End)
            {
                return true;
            }
        }
    }

    public int GetHashCode(string name)
    {
        uint hash = 0;
        var letters = new Letters(name);
        for (int letter = letters.Next(); letter != Letters.End; letter = letters.Next())
        {
            hash = (hash * 31) + (uint)letter;
        }

        return (int)hash;
    }

    /// <summary>The characters of a name, with one for each mark.</summary>
    private struct Letters(string name)
    {
        public const int End = -1, Mark = -2;

        private int _at;
        private int _plainEnd;

        public int Next()
        {
            if (_at >= name.Length)
            {
                return End;
            }

            if (_at < _plainEnd || !IsHexadecimal(name[_at]))
            {
                return name[_at++];
            }

            int end = _at;
            while (end < name.Length && IsHexadecimal(name[end]))
            {
                end++;
            }

            if (end - _at >= ShortestMark)
            {
                _at = end;
                return Mark;
            }

            _plainEnd = end;
            return name[_at++];
        }

        private static bool IsHexadecimal(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f');
    }
}
