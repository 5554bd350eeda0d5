namespace CudaArch.DeviceCode;

/// <summary>The version of an image's code; text is made of it only when it is asked for, which a listing of thousands of images does not do.</summary>
internal readonly record struct ImageVersion(int Major, int Minor)
{
    public override string ToString() => FormattableString.Invariant($"{Major}.{Minor}");
}
