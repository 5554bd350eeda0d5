namespace CudaArch.CudaCpp.Execution;

/// <summary>What a type of the language or of CUDA's headers holds.</summary>
internal enum BuiltInKind
{
    Boolean,
    Signed,
    Unsigned,
    Real,
    Other,
}

/// <summary>A type that is not defined in the text.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Alignment">Its alignment.</param>
internal readonly record struct BuiltInType(BuiltInKind Kind, int Bytes, int Alignment);

/// <summary>Sizes of the types of the language, and of those headers that stand in shared memory (64-bit, Linux).</summary>
internal static class BuiltInTypes
{
    private static readonly Dictionary<string, BuiltInType> Known = Make();

    /// <summary>A type by its name, with or without the namespace <c>std</c> or <c>cuda::std</c>.</summary>
    public static BuiltInType? Find(string name)
    {
        int at = name.LastIndexOf(':');
        return Known.TryGetValue(at < 0 ? name : name.Substring(at + 1), out BuiltInType type) ? type : null;
    }

    private static Dictionary<string, BuiltInType> Make()
    {
        var known = new Dictionary<string, BuiltInType>(StringComparer.Ordinal) { ["bool"] = new(BuiltInKind.Boolean, 1, 1) };
        void Add(BuiltInKind kind, int bytes, params string[] names)
        {
            foreach (string name in names)
            {
                known[name] = new BuiltInType(kind, bytes, Math.Min(bytes, 16));
            }
        }

        Add(BuiltInKind.Signed, 1, "char", "signed char", "int8_t");
        Add(BuiltInKind.Unsigned, 1, "unsigned char", "uint8_t", "char8_t", "uchar");
        Add(BuiltInKind.Signed, 2, "short", "int16_t");
        Add(BuiltInKind.Unsigned, 2, "unsigned short", "uint16_t", "char16_t", "ushort");
        Add(BuiltInKind.Signed, 4, "int", "int32_t", "wchar_t");
        Add(BuiltInKind.Unsigned, 4, "unsigned int", "uint32_t", "char32_t", "uint");
        Add(BuiltInKind.Signed, 8, "long", "long long", "int64_t", "ptrdiff_t", "intptr_t");
        Add(BuiltInKind.Unsigned, 8, "unsigned long", "unsigned long long", "uint64_t", "size_t", "uintptr_t", "ulong");
        Add(BuiltInKind.Real, 4, "float");
        Add(BuiltInKind.Real, 8, "double");
        Add(BuiltInKind.Other, 1, "byte", "__nv_fp8_e4m3", "__nv_fp8_e5m2", "__nv_fp8_e8m0", "__nv_fp6_e2m3", "__nv_fp6_e3m2", "__nv_fp4_e2m1", "__nv_fp8_storage_t", "__nv_fp6_storage_t", "__nv_fp4_storage_t");
        Add(BuiltInKind.Other, 1, "__nv_fp4x2_e2m1", "__nv_fp4x2_storage_t");
        Add(BuiltInKind.Other, 2, "half", "__half", "__half_raw", "nv_bfloat16", "__nv_bfloat16", "__nv_bfloat16_raw", "__nv_fp8x2_e4m3", "__nv_fp8x2_e5m2", "__nv_fp8x2_e8m0", "__nv_fp8x2_storage_t");
        Add(BuiltInKind.Other, 2, "__nv_fp6x2_e2m3", "__nv_fp6x2_e3m2", "__nv_fp6x2_storage_t", "__nv_fp4x4_e2m1", "__nv_fp4x4_storage_t");
        Add(BuiltInKind.Other, 4, "half2", "__half2", "nv_bfloat162", "__nv_bfloat162", "__nv_fp8x4_e4m3", "__nv_fp8x4_e5m2", "__nv_fp8x4_e8m0", "__nv_fp6x4_e2m3", "__nv_fp6x4_e3m2", "__nv_fp8x4_storage_t");
        Add(BuiltInKind.Other, 8, "barrier", "cuFloatComplex", "cuComplex");
        Add(BuiltInKind.Other, 16, "cuDoubleComplex", "__int128");
        known["CUtensorMap"] = new BuiltInType(BuiltInKind.Other, 128, 64);
        foreach ((string prefix, int bytes) in new[] { ("char", 1), ("uchar", 1), ("short", 2), ("ushort", 2), ("int", 4), ("uint", 4), ("long", 8), ("ulong", 8), ("longlong", 8), ("ulonglong", 8), ("float", 4), ("double", 8) })
        {
            for (int count = 1; count <= 4; count++)
            {
                int alignment = count == 3 ? bytes : Math.Min(16, bytes * count);
                known[prefix + count] = new BuiltInType(BuiltInKind.Other, bytes * count, alignment);
            }
        }

        known["dim3"] = new BuiltInType(BuiltInKind.Other, 12, 4);
        return known;
    }
}
