using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Sizes of types, and the static shared memory of a block.</content>
internal sealed partial class Interpreter
{
    private const int DeepestLayout = 20;

    private int _layouts;

    private (long Bytes, int Alignment)? SizeOf(CppType type)
    {
        if (type.Pointers > 0)
        {
            return (8, 8);
        }

        if (type.Instance is { } instance)
        {
            if (_layouts >= DeepestLayout)
            {
                return null;
            }

            _layouts++;
            (long, int)? size = InClass(instance, () => SizeOfClass(instance));
            _layouts--;
            return size;
        }

        if (BuiltInTypes.Find(type.Name) is { } built)
        {
            return (built.Bytes, built.Alignment);
        }

        // cuda::std::array<T, N>, cuda::atomic<T>
        string local = type.Name.Substring(type.Name.LastIndexOf(':') + 1);
        if (local == "array" && type.Arguments is [TypeValue element, IntegerValue count] && SizeOf(element.Type) is { } each && count.Value is > 0 and < 1 << 30)
        {
            return (each.Bytes * count.Value, each.Alignment);
        }

        return local is "atomic" or "atomic_ref" && type.Arguments is [TypeValue held, ..] ? SizeOf(held.Type) : null;
    }

    private (long Bytes, int Alignment)? SizeOfClass(ClassInstance instance)
    {
        CppClass declaration = instance.Declaration;
        if (declaration.Key == "enum")
        {
            int at = declaration.Underlying.Start;
            return declaration.Underlying.IsEmpty ? (4, 4) : ReadType(ref at, declaration.Underlying.End) is { } underlying ? SizeOf(underlying) : null;
        }

        long offset = 0;
        int alignment = 1;
        bool isUnion = declaration.Key == "union";
        bool Add((long Bytes, int Alignment)? part)
        {
            if (part is not { } field)
            {
                return false;
            }

            alignment = Math.Max(alignment, field.Alignment);
            offset = isUnion ? Math.Max(offset, field.Bytes) : Aligned(offset, field.Alignment) + field.Bytes;
            return true;
        }

        foreach (CppType parent in BasesOf(instance))
        {
            if (!Add(SizeOf(parent)))
            {
                return null;
            }
        }

        foreach (CppDeclaration member in declaration.Members.All.ToList())
        {
            if (member is CppVariable { IsEnumerator: false, TemplateParameters: null } field && (field.Specifiers & (CppSpecifiers.Static | CppSpecifiers.Constexpr | CppSpecifiers.Typedef)) == 0 && !Add(SizeOf(field)))
            {
                return null;
            }
        }

        foreach (TokenRange wanted in declaration.Alignments)
        {
            alignment = Math.Max(alignment, AlignmentIn(wanted));
        }

        return (Aligned(Math.Max(1, offset), alignment), alignment);
    }

    private int AlignmentIn(TokenRange range)
    {
        int at = range.Start;
        if (ReadType(ref at, range.End) is { } type && at == range.End && SizeOf(type) is { } size)
        {
            return size.Alignment;
        }

        return Quiet(range) is IntegerValue { Value: > 0 and <= 1 << 20 } value ? (int)value.Value : 1;
    }

    private (long Bytes, int Alignment)? SizeOf(CppVariable variable)
    {
        (long Bytes, int Alignment)? size = variable.IsPointer || variable.IsReference ? (8, 8) : TypeOf(variable) is { } type ? SizeOf(type) : null;
        if (size is not { } one)
        {
            return null;
        }

        long bytes = one.Bytes;
        foreach (TokenRange dimension in variable.Dimensions)
        {
            if (Quiet(dimension) is not IntegerValue { Value: > 0 and < 1L << 31 } count || bytes > 1L << 40)
            {
                return null;
            }

            bytes *= count.Value;
        }

        int alignment = one.Alignment;
        for (int i = variable.Type.Start; i < variable.Type.End; i++)
        {
            if (_unit[i].Text is "alignas" or "__align__" && _unit.Is(i + 1, "("))
            {
                alignment = Math.Max(alignment, AlignmentIn(_unit.Within(i + 1, variable.Type.End)));
            }
        }

        return (bytes, alignment);
    }

    private long? ArraySizeOf(string name) => _arrays.TryGetValue((_frame.Key, name), out long bytes) ? bytes : null;

    private readonly Dictionary<(string, string), long> _arrays = [];

    private static long Aligned(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    private void AddShared(CppVariable variable)
    {
        if ((variable.Specifiers & CppSpecifiers.Extern) != 0 || !IsUsed(variable))
        {
            return;
        }

        (long Bytes, int Alignment) size = SizeOf(variable) ?? (0, 1);
        int word = variable.Type.Start;
        while (word < variable.Type.End && !_unit.Is(word, "__shared__"))
        {
            word++;
        }

        _function.Shared.Add(new SharedVariable(_unit[word], size.Bytes, size.Alignment));
    }

    // The compiler drops a variable that nothing names.
    private bool IsUsed(CppVariable variable)
    {
        for (int i = variable.Position + 1; i < _frame.Body.End; i++)
        {
            if (_unit[i].Kind == CppTokenKind.Name && _unit[i].Text == variable.Name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The static shared memory that a kernel needs, and the variable that takes the most.</summary>
    public static (long Bytes, CppToken? Largest) SharedMemoryOf(ReachedFunction kernel)
    {
        var seen = new HashSet<ReachedFunction>();
        var open = new Stack<ReachedFunction>();
        open.Push(kernel);
        var variables = new Dictionary<int, SharedVariable>();
        while (open.Count > 0)
        {
            ReachedFunction function = open.Pop();
            if (seen.Add(function))
            {
                foreach (SharedVariable variable in function.Shared)
                {
                    // One variable for all calls of a function.
                    variables[variable.Token.Start] = variable;
                }

                foreach (ReachedFunction called in function.Calls)
                {
                    open.Push(called);
                }
            }
        }

        long bytes = 0;
        SharedVariable? largest = null;
        foreach (SharedVariable variable in variables.Values.OrderBy(v => v.Token.Start))
        {
            bytes = Aligned(bytes, variable.Alignment) + variable.Bytes;
            largest = largest is null || variable.Bytes > largest.Bytes ? variable : largest;
        }

        return (bytes, largest?.Token);
    }
}
