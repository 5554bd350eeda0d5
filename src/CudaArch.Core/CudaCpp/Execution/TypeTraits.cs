namespace CudaArch.CudaCpp.Execution;

/// <summary>The parts of <c>&lt;type_traits&gt;</c> that decide what is compiled, of <c>std</c> and <c>cuda::std</c>.</summary>
internal static class TypeTraits
{
    /// <summary>What a name with template arguments stands for; null when it is none of them.</summary>
    public static CppValue? Evaluate(string name, IReadOnlyList<CppValue> arguments)
    {
        bool isStandard = name.StartsWith("std::", StringComparison.Ordinal) || name.StartsWith("cuda::std::", StringComparison.Ordinal);
        if (!isStandard)
        {
            return null;
        }

        string local = name.Substring(name.IndexOf("std::", StringComparison.Ordinal) + 5);
        switch (local)
        {
            case "is_same_v" or "is_same::value" when arguments.Count == 2:
                return Same(arguments[0], arguments[1]) is { } same ? CppValue.Of(same) : CppValue.Unknown;
            case "conditional_t" when arguments.Count == 3:
                return arguments[0].Truth is { } truth ? arguments[truth ? 1 : 2] : CppValue.Unknown;
            case "enable_if_t" when arguments.Count >= 1:
                return arguments.Count > 1 ? arguments[1] : new TypeValue(new CppType("void"));
            case "bool_constant" when arguments.Count == 1:
                return arguments[0].Truth is { } holds ? new TypeValue(Constant(holds)) : CppValue.Unknown;
            case "true_type" or "false_type":
                return new TypeValue(Constant(local == "true_type"));
            case "integral_constant" when arguments.Count == 2:
                return new TypeValue(new CppType("std::integral_constant", null, 0, arguments));
            case "is_integral_v" when arguments is [TypeValue type]:
                return BuiltInTypes.Find(type.Type.Name) is { } built ? CppValue.Of(type.Type.Pointers == 0 && built.Kind is BuiltInKind.Boolean or BuiltInKind.Signed or BuiltInKind.Unsigned) : CppValue.Of(false);
            case "is_floating_point_v" when arguments is [TypeValue type]:
                return BuiltInTypes.Find(type.Type.Name) is { } number ? CppValue.Of(type.Type.Pointers == 0 && number.Kind == BuiltInKind.Real) : CppValue.Of(false);
            case "is_pointer_v" when arguments is [TypeValue type]:
                return CppValue.Of(type.Type.Pointers > 0);
            case "is_void_v" when arguments is [TypeValue type]:
                return CppValue.Of(type.Type is { Name: "void", Pointers: 0 });
            case "remove_cv_t" or "remove_reference_t" or "remove_cvref_t" or "decay_t" or "type_identity_t" or "remove_const_t" when arguments.Count == 1:
                return arguments[0];
            case "remove_pointer_t" when arguments is [TypeValue type]:
                return new TypeValue(type.Type.Pointee());
            default:
                return null;
        }
    }

    private static CppType Constant(bool value) => new("std::integral_constant", null, 0, [new TypeValue(new CppType("bool")), CppValue.Of(value)]);

    private static bool? Same(CppValue left, CppValue right) => left is TypeValue a && right is TypeValue b ? a.Type.Key == b.Type.Key : null;
}
