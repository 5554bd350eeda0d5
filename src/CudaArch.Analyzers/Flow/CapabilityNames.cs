using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>What a name says its value is.</summary>
internal enum CapabilityRole
{
    /// <summary>Nothing about the device.</summary>
    None,

    /// <summary>The number before the point: 12 of 12.1.</summary>
    Major,

    /// <summary>The number after the point: 1 of 12.1.</summary>
    Minor,

    /// <summary>The whole capability, as a number, text, <c>Version</c>, tuple or structure.</summary>
    Whole,

    /// <summary>The most shared memory that a block can opt in to, in bytes.</summary>
    SharedMemoryOptIn,
}

/// <summary>
/// Recognises compute capabilities by the names that bindings and programs give them. There is no common type: every binding has its own properties, structures and
/// enums, but their names come from NVIDIA's headers (<c>cudaDeviceProp.major</c>, <c>CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR</c>).
/// </summary>
internal static class CapabilityNames
{
    // A version of software, or a demand, is no property of the device.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "driver", "runtime", "toolkit", "nvrtc", "nvcc", "ptx", "isa", "cudnn", "cublas", "cublaslt", "nccl", "tensorrt", "api", "os", "assembly", "library", "lib",
        "framework", "package", "product", "file", "min", "minimum", "max", "maximum", "required", "requires", "require", "expected", "wanted", "supported",
    };

    private static readonly HashSet<string> Qualifiers = new(StringComparer.Ordinal)
    {
        "compute", "capability", "cc", "sm", "arch", "architecture", "gpu", "device", "cuda",
    };

    private static readonly HashSet<string> Owners = new(StringComparer.Ordinal)
    {
        "capability", "capabilities", "cc", "sm", "arch", "architecture", "gpu", "device", "compute", "prop", "props", "properties", "cuda", "accelerator",
    };

    private static readonly HashSet<string> Getters = new(StringComparer.Ordinal) { "get", "query", "read", "fetch", "try", "detect", "current" };

    /// <summary>What a field, property or method without arguments says by its name and owner.</summary>
    public static CapabilityRole OfMember(ISymbol member, ITypeSymbol type)
    {
        IReadOnlyList<string> owner = member.ContainingType is { } containing ? NameWords.Of(containing.Name) : [];
        return OfWords(NameWords.Of(member.Name), type, owner.Any(Owners.Contains) && !owner.Any(Foreign.Contains));
    }

    /// <summary>What a parameter says: <c>major</c> only beside <c>minor</c>, in a method that is not about a version of software.</summary>
    public static CapabilityRole OfParameter(IParameterSymbol parameter)
    {
        IReadOnlyList<string> words = NameWords.Of(parameter.Name);
        bool bare = false;
        if (words.Count == 1 && words[0] is "major" or "minor" && parameter.ContainingSymbol is IMethodSymbol method)
        {
            string sibling = words[0] == "major" ? "minor" : "major";
            bare = method.Parameters.Any(other => other.Name.Equals(sibling, StringComparison.OrdinalIgnoreCase))
                && !NameWords.Of(method.Name).Concat(NameWords.Of(method.ContainingType.Name)).Any(word => word == "version" || Foreign.Contains(word));
        }

        return OfWords(words, parameter.Type, bare);
    }

    /// <summary>What a local says whose value could not be computed.</summary>
    public static CapabilityRole OfLocal(ILocalSymbol local) => OfWords(NameWords.Of(local.Name), local.Type, bareIsDevice: true);

    /// <summary>What an enum member or constant asks for that is handed to a query: <c>ComputeCapabilityMajor</c>.</summary>
    public static CapabilityRole OfAttribute(string name)
    {
        IReadOnlyList<string> words = NameWords.Of(name);
        return EndsWith(words, "compute", "capability", "major") ? CapabilityRole.Major
            : EndsWith(words, "compute", "capability", "minor") ? CapabilityRole.Minor
            : IsSharedMemoryOptIn(words) ? CapabilityRole.SharedMemoryOptIn
            : CapabilityRole.None;
    }

    /// <summary>Whether an expression speaks of a version of software, so that what it gives is no capability although a variable is called so.</summary>
    public static bool IsForeign(string expression) =>
        NameWords.Of(expression).Any(word => Foreign.Contains(word) || word == "version");

    /// <summary>Whether a type holds a compute capability by its own name, such as <c>ComputeCapability</c> or ILGPU's <c>CudaArchitecture</c>.</summary>
    public static bool IsCapabilityType(ITypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class) || type.SpecialType != SpecialType.None)
        {
            return false;
        }

        IReadOnlyList<string> words = NameWords.Of(type.Name);
        return EndsWith(words, "compute", "capability") || EndsWith(words, "cuda", "architecture") || EndsWith(words, "sm", "architecture")
            || EndsWith(words, "cuda", "capability");
    }

    private static CapabilityRole OfWords(IReadOnlyList<string> all, ITypeSymbol type, bool bareIsDevice)
    {
        List<string> words = [.. all.SkipWhile(Getters.Contains)];
        if (words.Count == 0 || type.SpecialType == SpecialType.System_Boolean)
        {
            return CapabilityRole.None;
        }

        if (IsSharedMemoryOptIn(words) && IsInteger(type))
        {
            return CapabilityRole.SharedMemoryOptIn;
        }

        if (words.Any(Foreign.Contains))
        {
            return CapabilityRole.None;
        }

        bool qualified = words.Any(Qualifiers.Contains);
        bool asksVersion = words.Contains("version") && !words.Any(word => word is "sm" or "compute" or "capability" or "arch");
        if (IsInteger(type) && !asksVersion)
        {
            bool known = qualified || (bareIsDevice && words.Count == 1);
            if (known && (words[words.Count - 1] is "major" || words[0] is "major"))
            {
                return CapabilityRole.Major;
            }

            if (known && (words[words.Count - 1] is "minor" || words[0] is "minor"))
            {
                return CapabilityRole.Minor;
            }
        }

        return (IsWhole(words, bareIsDevice) || (words.Count == 1 && words[0] == "capability" && IsPair(type))) && CanHoldWhole(type) || (IsCapabilityType(type) && !words.Any(word => word is "default" or "target"))
            ? CapabilityRole.Whole
            : CapabilityRole.None;
    }

    private static bool IsWhole(IReadOnlyList<string> words, bool bareIsDevice)
    {
        string last = words[words.Count - 1];
        return EndsWith(words, "compute", "capability") || EndsWith(words, "device", "capability") || EndsWith(words, "gpu", "capability")
            || EndsWith(words, "cuda", "capability")
            || EndsWith(words, "sm", "version") || EndsWith(words, "compute", "version")
            || (last is "arch" or "architecture" && words.Any(word => word is "sm" or "gpu" or "cuda" or "device"))
            || (words.Count == 1 && last is "cc" or "sm" or "smversion" or "capability" && bareIsDevice);
    }

    private static bool CanHoldWhole(ITypeSymbol type) =>
        IsInteger(type)
        || type.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_String
        || type.TypeKind == TypeKind.Enum
        || IsPair(type);

    /// <summary>Whether a type has a major and a minor part: a tuple of two integers, <c>Version</c>, a structure with such members.</summary>
    public static bool IsPair(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Length == 2 && tuple.TupleElements.All(element => IsInteger(element.Type))
            : type.TypeKind is TypeKind.Struct or TypeKind.Class && type.SpecialType == SpecialType.None
                && type.GetMembers().Any(member => member.Name.Equals("major", StringComparison.OrdinalIgnoreCase))
                && type.GetMembers().Any(member => member.Name.Equals("minor", StringComparison.OrdinalIgnoreCase));

    private static bool IsSharedMemoryOptIn(IReadOnlyList<string> words)
    {
        string joined = string.Concat(words);
        return joined.Contains("sharedmem") && joined.EndsWith("optin", StringComparison.Ordinal);
    }

    private static bool IsInteger(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Byte or SpecialType.System_SByte;

    private static bool EndsWith(IReadOnlyList<string> words, params string[] ending)
    {
        if (words.Count < ending.Length)
        {
            return false;
        }

        for (int i = 0; i < ending.Length; i++)
        {
            if (words[words.Count - ending.Length + i] != ending[i])
            {
                return false;
            }
        }

        return true;
    }
}
