using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>
/// What is known of a value when the device is the target: nothing, a few constants of which it is one, the elements of a tuple, <c>Version</c> or
/// capability structure, or the function that a delegate holds. <see cref="FromDevice"/> tells that it depends on the device.
/// Integers of every type are <see cref="long"/>, floating-point numbers <see cref="double"/>.
/// </summary>
internal sealed class FlowValue : IEquatable<FlowValue>
{
    // More alternatives than this are as good as unknown, and keep the analysis finite.
    private const int MaximumConstants = 8;

    private static readonly ImmutableArray<object?> NoConstants = ImmutableArray<object?>.Empty;
    private static readonly ImmutableArray<FlowValue> NoElements = ImmutableArray<FlowValue>.Empty;

    private FlowValue(ImmutableArray<object?> constants, ImmutableArray<FlowValue> elements, IOperation? function, bool fromDevice, bool isInSomeUnit = false)
    {
        IsInSomeUnit = isInSomeUnit;
        Constants = constants;
        Elements = elements;
        Function = function;
        FromDevice = fromDevice;
    }

    /// <summary>Nothing is known, and names may be asked.</summary>
    public static FlowValue Unknown { get; } = new(NoConstants, NoElements, null, false);

    /// <summary>Nothing is known but that it is no property of the device: the version of a driver, say, although it is called <c>major</c>.</summary>
    public static FlowValue NotDevice { get; } = new(NoConstants, NoElements, null, false);

    /// <summary>The constants of which the value is one; empty when it is not known as constants.</summary>
    public ImmutableArray<object?> Constants { get; }

    /// <summary>The elements of a composite; empty when it is none. Of a compute capability: major, minor.</summary>
    public ImmutableArray<FlowValue> Elements { get; }

    /// <summary>The creation of the function that a delegate holds: a lambda or a method reference.</summary>
    public IOperation? Function { get; }

    /// <summary>Whether the value was computed from a property of the device.</summary>
    public bool FromDevice { get; }

    /// <summary>Whether the constants are one value in the units that programs use for it: 121 and 1210, or <c>"12.1"</c> and <c>"sm_121"</c>.</summary>
    public bool IsInSomeUnit { get; }

    /// <summary>Whether nothing at all is known.</summary>
    public bool IsUnknown => Constants.IsEmpty && Elements.IsEmpty && Function is null;

    /// <summary>The truth of a condition; null when both are possible.</summary>
    public bool? Truth
    {
        get
        {
            bool? truth = null;
            foreach (object? constant in Constants)
            {
                if (constant is not bool value || truth is { } known && known != value)
                {
                    return null;
                }

                truth = value;
            }

            return truth;
        }
    }

    /// <summary>A constant as the compiler gives it.</summary>
    public static FlowValue Of(object? constant) => new(ImmutableArray.Create(Normalize(constant)), NoElements, null, false);

    /// <summary>A property of the device; with several constants, the usual one first, when its unit is not known.</summary>
    public static FlowValue OfDevice(params object?[] constants) =>
        new(constants.Select(Normalize).ToImmutableArray(), NoElements, null, true, isInSomeUnit: constants.Length > 1);

    /// <summary>A composite of elements.</summary>
    public static FlowValue Of(ImmutableArray<FlowValue> elements) => new(NoConstants, elements, null, elements.Any(element => element.FromDevice));

    /// <summary>A delegate.</summary>
    public static FlowValue OfFunction(IOperation creation) => new(NoConstants, NoElements, creation, false);

    /// <summary>One of some constants, already normalized; unknown when they are too many or none.</summary>
    public static FlowValue OneOf(IEnumerable<object?> constants, bool fromDevice)
    {
        ImmutableArray<object?> distinct = constants.Distinct().ToImmutableArray();
        return distinct.Length is 0 or > MaximumConstants ? (fromDevice ? UnknownOfDevice : Unknown) : new(distinct, NoElements, null, fromDevice);
    }

    /// <summary>The same value, computed from the device.</summary>
    public FlowValue Marked(bool fromDevice) => !fromDevice || FromDevice ? this : new(Constants, Elements, Function, true, IsInSomeUnit);

    /// <summary>The value in the unit of a number or text that it is compared or computed with.</summary>
    public FlowValue InUnitOf(FlowValue other)
    {
        if (!IsInSomeUnit)
        {
            return this;
        }

        object? unit = other.Constants.IsEmpty ? null : other.Constants[0];
        return new(ImmutableArray.Create(Constants.FirstOrDefault(constant => HasUnitOf(constant, unit)) ?? Constants[0]), NoElements, null, FromDevice);
    }

    /// <summary>What is known where two paths meet. Functions that are lost by it are the caller's to look after.</summary>
    public FlowValue Join(FlowValue other)
    {
        if (Equals(other))
        {
            return this;
        }

        bool fromDevice = FromDevice || other.FromDevice;
        if (!Constants.IsEmpty && !other.Constants.IsEmpty)
        {
            return OneOf(Constants.Concat(other.Constants), fromDevice);
        }

        if (Elements.Length > 0 && Elements.Length == other.Elements.Length)
        {
            return Of(Elements.Zip(other.Elements, (left, right) => left.Join(right)).ToImmutableArray()).Marked(fromDevice);
        }

        if (ReferenceEquals(this, NotDevice) || ReferenceEquals(other, NotDevice))
        {
            return NotDevice;
        }

        return fromDevice ? UnknownOfDevice : Unknown;
    }

    /// <inheritdoc/>
    public bool Equals(FlowValue? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null
            && !ReferenceEquals(this, NotDevice) && !ReferenceEquals(other, NotDevice)
            && FromDevice == other.FromDevice && IsInSomeUnit == other.IsInSomeUnit
            && ReferenceEquals(Function, other.Function)
            && Constants.Length == other.Constants.Length && Constants.All(constant => other.Constants.Contains(constant))
            && Elements.SequenceEqual(other.Elements);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FlowValue);

    /// <inheritdoc/>
    public override int GetHashCode() => Constants.Length + (31 * Elements.Length);

    /// <inheritdoc/>
    public override string ToString() =>
        Function is not null ? "function"
        : !Elements.IsEmpty ? "(" + string.Join(", ", Elements) + ")"
        : Constants.IsEmpty ? "?"
        : string.Join("|", Constants.Select(constant => constant ?? "null"));

    // 1000 is an architecture as __CUDA_ARCH__ writes it, 100 as sm_ does; texts have the same unit when the same characters stand around their digits.
    private static bool HasUnitOf(object? constant, object? unit) => (constant, unit) switch
    {
        (long value, long other) => value >= 500 == other >= 500,
        (string value, string other) => Shape(value) == Shape(other),
        _ => false,
    };

    private static string Shape(string text) => string.Concat(text.Where(c => !char.IsDigit(c)));

    private static FlowValue UnknownOfDevice { get; } = new(NoConstants, NoElements, null, true);

    private static object? Normalize(object? constant) => constant switch
    {
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(constant, System.Globalization.CultureInfo.InvariantCulture),
        ulong value when value <= long.MaxValue => (long)value,
        char value => (long)value,
        float value => (double)value,
        decimal value => (double)value,
        _ => constant,
    };
}
