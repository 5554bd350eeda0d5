using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Features;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>What members, parameters and calls give when the program runs on one device: its compute capability, and whether it has a feature.</summary>
internal sealed class DeviceFacts
{
    private readonly FlowValue _major;
    private readonly FlowValue _minor;

    // A body names the same things again and again.
    private readonly Dictionary<ISymbol, FlowValue?> _named = new(SymbolEqualityComparer.Default);

    /// <summary>The facts of a device; its suffix does not matter.</summary>
    public DeviceFacts(SmArchitecture device)
    {
        Device = device;
        _major = FlowValue.OfDevice(device.Major);
        _minor = FlowValue.OfDevice(device.Minor);
    }

    /// <summary>The device.</summary>
    public SmArchitecture Device { get; }

    /// <summary>What a field, property or parameterless method gives by its attribute or name; null when they say nothing.</summary>
    public FlowValue? OfMember(ISymbol member, ITypeSymbol type) => Once(member, () => FindMember(member, type));

    private FlowValue? FindMember(ISymbol member, ITypeSymbol type)
    {
        if (OfGuard(member) is { } guard)
        {
            return guard;
        }

        // CudaArchitecture.SM_90 is an architecture by itself, not that of the device.
        if (member.IsStatic && CapabilityNames.IsCapabilityType(type) && SmArchitecture.TryParse(ShortName(member.Name).AsSpan(), out SmArchitecture named))
        {
            return FlowValue.Of(ImmutableArray.Create(FlowValue.Of(named.Major), FlowValue.Of(named.Minor)));
        }

        return OfRole(CapabilityNames.OfMember(member, type), type);
    }

    /// <summary>What a parameter holds by its name; null when it says nothing.</summary>
    public FlowValue? OfParameter(IParameterSymbol parameter) => Once(parameter, () => OfRole(CapabilityNames.OfParameter(parameter), parameter.Type));

    /// <summary>What a local holds by its name; null when it says nothing.</summary>
    public FlowValue? OfLocal(ILocalSymbol local) => Once(local, () => OfRole(CapabilityNames.OfLocal(local), local.Type));

    /// <summary>What a query for an attribute gives, such as <c>GetAttribute(DeviceAttribute.ComputeCapabilityMajor)</c>; null when it asks for something else.</summary>
    public FlowValue? OfAttributeQuery(string method, ImmutableArray<IArgumentOperation> arguments, ITypeSymbol type) =>
        RoleOfQuery(method, arguments) is { } role ? OfRole(role, type) : null;

    /// <summary>What a call writes to an argument that it is handed by reference; null when that is not known.</summary>
    /// <param name="method">The called method.</param>
    /// <param name="entryPoint">Its native name, or its own.</param>
    /// <param name="arguments">All arguments.</param>
    /// <param name="argument">The argument in question.</param>
    public FlowValue? OfOutArgument(IMethodSymbol method, string entryPoint, ImmutableArray<IArgumentOperation> arguments, IArgumentOperation argument)
    {
        ITypeSymbol type = Referred(argument);
        if (RoleOfQuery(entryPoint, arguments) is { } role)
        {
            return OfRole(role, type);
        }

        // cuDeviceComputeCapability(out major, out minor, device)
        IReadOnlyList<string> words = NameWords.Of(entryPoint);
        if (words.Contains("capability") && argument.Parameter is { } parameter)
        {
            IParameterSymbol[] written = [.. method.Parameters.Where(p => p.RefKind == RefKind.Out || p.RefKind == RefKind.Ref || p.Type.TypeKind == TypeKind.Pointer)];
            int position = Array.FindIndex(written, p => SymbolEqualityComparer.Default.Equals(p, parameter));
            if (written.Length == 2)
            {
                return position == 0 ? _major : _minor;
            }

            if (written.Length == 1 && (CapabilityNames.IsPair(type) || CapabilityNames.IsCapabilityType(type)))
            {
                return OfRole(CapabilityRole.Whole, type);
            }
        }

        return null;
    }

    /// <summary>Whether the device has a feature, as a guard tells; null when there is no such feature.</summary>
    public FlowValue? OfFeature(string id) =>
        FeatureCatalog.Find(id) is { } feature ? FlowValue.OfDevice(feature.SupportOn(Device) != FeatureSupport.Unsupported) : null;

    /// <summary>Whether code built for an architecture runs on the device.</summary>
    public FlowValue? OfArchitecture(string name) =>
        SmArchitecture.TryParse(name.AsSpan(), out SmArchitecture architecture) ? FlowValue.OfDevice(Compatibility.PtxLoads(architecture, Device)) : null;

    /// <summary>What a member with <c>[CudaFeatureGuard]</c> gives; null without that attribute. With several, the device must have every feature.</summary>
    private FlowValue? OfGuard(ISymbol member)
    {
        FlowValue? value = null;
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (AnnotationNames.IsGuard(attribute) && attribute.ConstructorArguments is [{ Value: string id }, ..] && OfFeature(id) is { } supported)
            {
                value = value is null ? supported : ConstantFolding.Binary(BinaryOperatorKind.And, value, supported);
            }
        }

        return value;
    }

    private FlowValue? OfRole(CapabilityRole role, ITypeSymbol type)
    {
        switch (role)
        {
            case CapabilityRole.Major:
                return _major;
            case CapabilityRole.Minor:
                return _minor;
            case CapabilityRole.SharedMemoryOptIn:
                return ArchitectureCatalog.Find(Device) is { } info ? FlowValue.OfDevice(info.SharedMemoryPerBlock) : null;
            case CapabilityRole.Whole:
                return Whole(type);
            default:
                return null;
        }
    }

    private FlowValue? Whole(ITypeSymbol type)
    {
        if (CapabilityNames.IsPair(type) || CapabilityNames.IsCapabilityType(type))
        {
            return FlowValue.Of(ImmutableArray.Create(_major, _minor));
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            // Without a member for the device nothing is known: the binding may be older than the device.
            return type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(NamesDevice) is { HasConstantValue: true } field ? FlowValue.OfDevice(field.ConstantValue) : null;
        }

        // The unit is a convention of the program: 121 and 1210 are both seen.
        return type.SpecialType switch
        {
            SpecialType.System_String => FlowValue.OfDevice(Device.ComputeCapability, Device.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), Device.RealName),
            SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => FlowValue.OfDevice(Device.Number / 10.0),
            _ => FlowValue.OfDevice(Device.Number, Device.MacroValue),
        };
    }

    private FlowValue? Once(ISymbol named, Func<FlowValue?> find)
    {
        if (!_named.TryGetValue(named, out FlowValue? known))
        {
            _named.Add(named, known = find());
        }

        return known;
    }

    private bool NamesDevice(IFieldSymbol field) =>
        SmArchitecture.TryParse(ShortName(field.Name).AsSpan(), out SmArchitecture named) && named == Device.With(ArchitectureVariant.Baseline);

    // SM_90, Sm90, Compute90 and CU_TARGET_COMPUTE_90 all end in what names the architecture.
    private static string ShortName(string name)
    {
        int start = name.Length;
        while (start > 0 && (char.IsDigit(name[start - 1]) || (start == name.Length && name[start - 1] is 'a' or 'A' or 'f' or 'F')))
        {
            start--;
        }

        return name.Substring(start);
    }

    private static CapabilityRole? RoleOfQuery(string method, ImmutableArray<IArgumentOperation> arguments)
    {
        IReadOnlyList<string> words = NameWords.Of(method);
        bool attributes = words.Any(word => word is "attribute" or "attributes" or "attr");
        if (!attributes && !words.Any(word => word is "get" or "query"))
        {
            return null;
        }

        bool numbered = attributes && words.Contains("device");
        foreach (IArgumentOperation argument in arguments)
        {
            IOperation value = Unconverted(argument.Value);
            if (value is IFieldReferenceOperation { Field: { HasConstantValue: true } constant } && CapabilityNames.OfAttribute(constant.Name) is var named and not CapabilityRole.None)
            {
                return named;
            }

            // The numbers of CUdevice_attribute and cudaDeviceAttr (cuda.h, driver_types.h).
            if (numbered && value.ConstantValue is { HasValue: true } constantValue && FlowValue.Of(constantValue.Value).Constants[0] is long number && number is 75 or 76 or 97)
            {
                return number switch { 75 => CapabilityRole.Major, 76 => CapabilityRole.Minor, _ => CapabilityRole.SharedMemoryOptIn };
            }
        }

        return null;
    }

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    private static ITypeSymbol Referred(IArgumentOperation argument)
    {
        IOperation value = Unconverted(argument.Value);
        return (value is IAddressOfOperation address ? address.Reference.Type : value.Type) ?? argument.Parameter!.Type;
    }
}
