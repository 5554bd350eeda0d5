using CudaArch.Architectures;

namespace CudaArch.Analyzers.Tests.Flow;

/// <summary>The idioms by which programs keep code away from devices. Each names what runs on a Hopper, a data-centre Blackwell and a DGX Spark.</summary>
public sealed class GuardTests
{
    [Theory]

    // Properties, fields, tuples and Version of a device.
    [InlineData("void M() { if (device.ComputeCapabilityMajor == 10) { Use(\"a\"); } else { Use(\"b\"); } }", "b", "a", "b")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor >= 10) Use(\"a\"); Use(\"b\"); }", "b", "a b", "a b")]
    [InlineData("void M() { if (device.ComputeCapability.Major == 10) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { if (device.ComputeCapability >= new Version(12, 0)) Use(\"a\"); else Use(\"b\"); }", "b", "b", "a")]
    [InlineData("void M() { if (device.ComputeCapability < new Version(\"10.0\")) Use(\"a\"); else Use(\"b\"); }", "a", "b", "b")]
    [InlineData("void M() { if (device.ComputeCapability == Version.Parse(\"12.1\")) Use(\"a\"); else Use(\"b\"); }", "b", "b", "a")]
    [InlineData("void M() { if (device.ComputeCapability.CompareTo(new Version(10, 0)) >= 0) Use(\"a\"); }", "", "a", "a")]
    [InlineData("void M() { if (device.ComputeCapability.Equals(new Version(10, 0))) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M(cudaDeviceProp p) { if (p.major == 12 && p.minor == 1) Use(\"a\"); else Use(\"b\"); }", "b", "b", "a")]
    [InlineData("void M() { Driver.cudaGetDeviceProperties(out cudaDeviceProp p, 0); if (p.major != 10) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("(int Major, int Minor) ComputeCapability => throw null; void M() { if (ComputeCapability.Major == 9) Use(\"a\"); }", "a", "", "")]
    [InlineData("(int, int) ComputeCapability => throw null; void M() { if (ComputeCapability == (10, 0)) Use(\"a\"); else Use(\"b\"); }", "b", "a", "b")]
    [InlineData("static int SmVersion => throw null; void M() { if (SmVersion is >= 100 and < 120) Use(\"a\"); }", "", "a", "")]
    [InlineData("static double ComputeCapability => throw null; void M() { if (ComputeCapability >= 12.1) Use(\"a\"); else Use(\"b\"); }", "b", "b", "a")]
    [InlineData("static string ComputeCapability => throw null; void M() { if (ComputeCapability == \"9.0\") Use(\"a\"); else Use(\"b\"); }", "a", "b", "b")]

    // Queries.
    [InlineData("void M() { Driver.cuDeviceGetAttribute(out int x, 75, 0); if (x == 10) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { Driver.cuDeviceGetAttribute(out int x, 76, 0); if (x == 1) Use(\"a\"); }", "", "", "a")]
    [InlineData("void M() { int x; Driver.Attribute(&x, CUdevice_attribute.ComputeCapabilityMajor, 0); if (x < 12) Use(\"a\"); }", "a", "a", "")]
    [InlineData("void M() { int x = 0, y = 0; Driver.cuDeviceComputeCapability(out x, out y, 0); if (x * 10 + y >= 121) Use(\"a\"); }", "", "", "a")]
    [InlineData("void M() { Driver.cuDeviceGetAttribute(out int x, 75, 0); Driver.cuDeviceGetAttribute(out int y, 76, 0); if ((x, y) is (10, _)) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { Driver.cuDeviceGetAttribute(out int x, 97, 0); if (x >= 163840) Use(\"a\"); }", "a", "a", "")]
    [InlineData("static extern (int, int) GetComputeCapability(int device); void M() { var (x, y) = GetComputeCapability(0); if (x == 10) Use(\"a\"); }", "", "a", "")]

    // Annotations.
    [InlineData("[CudaFeatureGuard(\"tcgen05\")] static bool Has => unknown; void M() { if (Has) Use(\"a\"); else Use(\"b\"); }", "b", "a", "b")]
    [InlineData("[CudaFeatureGuard(\"tcgen05\")] static bool Has() => unknown; void M() { if (!Has()) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("[CudaFeatureGuard(\"wgmma\")] readonly bool has; void M() { if (has) Use(\"a\"); }", "a", "", "")]
    [InlineData("void M() { if (CudaDevice.Supports(\"tcgen05\")) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { const string F = \"wgmma\"; if (!CudaDevice.Supports(F)) throw new Exception(); Use(\"a\"); }", "a", "", "")]
    [InlineData("void M() { if (CudaDevice.Supports(\"no such feature\")) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("void M() { if (CudaDevice.Runs(\"sm_120f\")) Use(\"a\"); }", "", "", "a")]
    [InlineData("void M() { if (CudaDevice.ComputeCapabilityMajor is 10 or 11) Use(\"a\"); }", "", "a", "")]

    // Logic.
    [InlineData("void M() { if (unknown && device.ComputeCapabilityMajor == 10) Use(\"a\"); else Use(\"b\"); }", "b", "a b", "b")]
    [InlineData("void M() { if (unknown || device.ComputeCapabilityMajor == 10) Use(\"a\"); else Use(\"b\"); }", "a b", "a", "a b")]
    [InlineData("void M() { if (!(device.ComputeCapabilityMajor == 10)) Use(\"a\"); else Use(\"b\"); }", "a", "b", "a")]
    [InlineData("void M() { if (!(unknown || device.ComputeCapabilityMajor != 10)) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor == 10 | unknown) Use(\"a\"); if (device.ComputeCapabilityMajor == 10 & unknown) Use(\"b\"); }", "a", "a b", "a")]
    [InlineData("void M() { bool ok = device.ComputeCapabilityMajor == 9 || device.ComputeCapabilityMajor == 10; if (ok) Use(\"a\"); else Use(\"b\"); }", "a", "a", "b")]
    [InlineData("void M() { bool ok = unknown && device.ComputeCapabilityMajor == 10; if (!ok) { Use(\"a\"); return; } Use(\"b\"); }", "a", "a b", "a")]
    [InlineData("void M() { bool ok = false; ok |= device.ComputeCapabilityMajor == 10; if (ok) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { var x = device.ComputeCapabilityMajor == 10 ? Use(\"a\") : Use(\"b\"); }", "b", "a", "b")]
    [InlineData("void M() { int level = device.ComputeCapabilityMajor >= 12 ? 2 : device.ComputeCapabilityMajor >= 10 ? 1 : 0; if (level == 1) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { int? major = device?.ComputeCapabilityMajor; if (major == 10) Use(\"a\"); }", "", "a", "")]

    // Leaving early.
    [InlineData("void M() { if (device.ComputeCapabilityMajor != 10) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor != 10) throw new Exception(); Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { var x = device.ComputeCapabilityMajor == 10 ? 1 : throw new Exception(); Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { Debug.Assert(device.ComputeCapabilityMajor == 10); Use(\"a\"); }", "", "a", "")]
    [InlineData("static void Need([DoesNotReturnIf(false)] bool ok) { } void M() { Need(device.ComputeCapabilityMajor == 10); Use(\"a\"); }", "", "a", "")]
    [InlineData("static void Need(bool ok) { if (!ok) throw new Exception(); } void M() { Need(device.ComputeCapabilityMajor == 10); Use(\"a\"); }", "", "a", "")]
    [InlineData("[DoesNotReturn] static void Fail() => throw new Exception(); void M() { if (device.ComputeCapabilityMajor != 10) Fail(); Use(\"a\"); }", "", "a", "")]
    [InlineData("static void Check() { if (device.ComputeCapabilityMajor != 10) throw new Exception(); } void M() { Check(); Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { while (true) { if (device.ComputeCapabilityMajor != 10) break; Use(\"a\"); } Use(\"b\"); }", "b", "a", "b")]
    [InlineData("void M() { for (int i = 0; i < 100; i++) { if (device.ComputeCapabilityMajor != 10) continue; Use(\"a\"); } }", "", "a", "")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor != 10) goto end; Use(\"a\"); end: Use(\"b\"); }", "b", "a b", "b")]

    // switch and patterns.
    [InlineData("void M() { switch (device.ComputeCapabilityMajor) { case 9: Use(\"a\"); break; case 10: case 11: Use(\"b\"); break; default: Use(\"c\"); break; } }", "a", "b", "c")]
    [InlineData("void M() { switch (device.ComputeCapabilityMajor) { case >= 12: Use(\"a\"); break; case >= 10 when unknown: Use(\"b\"); break; case var x: Use(\"c\"); break; } }", "c", "b c", "a")]
    [InlineData("bool M(int major, int minor) => (major, minor) switch { (9, 0) => Use(\"a\"), (>= 12, _) => Use(\"b\"), (10, var m) when m < 5 => Use(\"c\"), _ => Use(\"d\") };", "a", "c", "b")]
    [InlineData("void M() { if (device.ComputeCapability is { Major: 10 }) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { if (device is { ComputeCapabilityMajor: 12, ComputeCapabilityMinor: 1 }) Use(\"a\"); }", "", "", "a")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor is not (10 or 11)) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { string s = device.ComputeCapabilityMajor switch { 9 => \"hopper\", 10 => \"b200\", _ => \"other\" }; if (s == \"b200\") Use(\"a\"); }", "", "a", "")]

    // Locals, fields, properties.
    [InlineData("void M() { int x = device.ComputeCapabilityMajor; int y = x; if (y == 10) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { int x = device.ComputeCapabilityMajor; x = 10; if (x == 10) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("void M() { int x = unknown ? 9 : 10; if (x == 12) Use(\"a\"); if (x == 9) Use(\"b\"); }", "b", "b", "b")]
    [InlineData("readonly bool _ok; public C() { _ok = device.ComputeCapabilityMajor == 10; } void M() { if (_ok) Use(\"a\"); }", "", "a", "")]
    [InlineData("public string P { get; private set; } public C(string p) { P = p; Init(); } void Init() { } public void Dispose() { P = null; } void M() { if (P == null) return; Use(\"a\"); }", "a", "a", "a")]
    [InlineData("readonly bool _ok; public C() { _ok = device.ComputeCapabilityMajor == 10; Init(); } void Init() { } void M() { if (_ok) Use(\"a\"); }", "", "a", "")]
    [InlineData("static readonly bool Ok = device.ComputeCapabilityMajor == 10; void M() { if (!Ok) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("bool IsSupported { get; } public C() { IsSupported = device.ComputeCapabilityMajor == 10 && unknown; } void M() { if (!IsSupported) throw new Exception(); Use(\"a\"); }", "", "a", "")]
    [InlineData("public bool IsSupported { get; private set; } void Init() { if (device.ComputeCapabilityMajor == 10) IsSupported = true; } void M() { if (IsSupported) Use(\"a\"); }", "", "a", "")]
    [InlineData("bool IsSupported => device.ComputeCapabilityMajor == 10; void M() { if (IsSupported) Use(\"a\"); }", "", "a", "")]
    [InlineData("bool IsSupported { get { if (device.ComputeCapabilityMajor != 10) return false; return unknown; } } void M() { if (IsSupported) Use(\"a\"); }", "", "a", "")]
    [InlineData("static readonly Lazy<bool> Ok = new(() => device.ComputeCapabilityMajor == 10); void M() { if (Ok.Value) Use(\"a\"); }", "", "a", "")]
    [InlineData("int _x; void Init() { Driver.cuDeviceGetAttribute(out _x, 75, 0); } void M() { if (_x == 10) Use(\"a\"); }", "", "a", "")]
    [InlineData("public bool Ok; public C() { Ok = device.ComputeCapabilityMajor == 10; } void M() { if (Ok) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("bool _ok; void M() { _ok = device.ComputeCapabilityMajor == 10; if (_ok) Use(\"a\"); }", "", "a", "")]

    // Helpers whose body folds, with the arguments of the call.
    [InlineData("static bool IsTma(int major, int minor) => major >= 9; void M() { if (IsTma(8, 6)) Use(\"a\"); if (IsTma(9, 0)) Use(\"b\"); }", "b", "b", "b")]
    [InlineData("static bool HasTcgen(int a) { return a == 10 || a == 11; } void M() { if (HasTcgen(device.ComputeCapabilityMajor)) Use(\"a\"); }", "", "a", "")]
    [InlineData("static bool A() => B(); static bool B() => device.ComputeCapabilityMajor == 10; void M() { if (A()) Use(\"a\"); }", "", "a", "")]
    [InlineData("static int Level() => device.ComputeCapabilityMajor switch { 10 => 5, _ => 0 }; void M() { if (Level() > 3) Use(\"a\"); }", "", "a", "")]
    [InlineData("static bool R(int n) => n > 0 ? R(n - 1) : device.ComputeCapabilityMajor == 10; void M() { if (R(3)) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("virtual protected bool Ok() => device.ComputeCapabilityMajor == 10; void M() { if (Ok()) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("static (int, int) Sm() => (device.ComputeCapabilityMajor, device.ComputeCapabilityMinor); void M() { var (a, b) = Sm(); if (a == 12 && b >= 1) Use(\"a\"); }", "", "", "a")]

    // Local functions, lambdas, delegates.
    [InlineData("void M() { void F() => Use(\"a\"); if (device.ComputeCapabilityMajor == 10) F(); }", "", "a", "")]
    [InlineData("void M() { void F() => Use(\"a\"); F(); }", "a", "a", "a")]
    [InlineData("void M() { void F() => Use(\"a\"); }", "", "", "")]
    [InlineData("void M() { bool Ok() => device.ComputeCapabilityMajor == 10; if (Ok()) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { Action f = () => Use(\"a\"); if (device.ComputeCapabilityMajor == 10) f(); }", "", "a", "")]
    [InlineData("void M() { Func<bool> ok = () => device.ComputeCapabilityMajor == 10; if (ok()) Use(\"a\"); }", "", "a", "")]
    [InlineData("Action M() { Action f = () => { if (device.ComputeCapabilityMajor == 10) Use(\"a\"); else Use(\"b\"); }; return f; }", "b", "a", "b")]
    [InlineData("void M(List<Action> l) { bool ok = device.ComputeCapabilityMajor == 10; l.Add(() => { if (ok) Use(\"a\"); }); }", "", "a", "")]
    [InlineData("void M(List<Action> l) { bool ok = device.ComputeCapabilityMajor == 10; l.Add(() => { if (ok) Use(\"a\"); }); ok = true; }", "a", "a", "a")]
    [InlineData("void M(List<Action> l) { if (device.ComputeCapabilityMajor != 10) return; l.ForEach(x => Use(\"a\")); }", "", "a", "")]
    [InlineData("void M() { void F() { void G() => Use(\"a\"); G(); } if (device.ComputeCapabilityMajor == 10) F(); }", "", "a", "")]
    [InlineData("void M() { void F(int n) { if (n > 0) F(n - 1); Use(\"a\"); } if (device.ComputeCapabilityMajor == 10) F(2); }", "", "a", "")]
    [InlineData("static Action f = () => Use(\"a\"); static Action g = () => { if (device.ComputeCapabilityMajor == 10) Use(\"b\"); };", "a", "a b", "a")]

    // Exceptions.
    [InlineData("void M() { try { if (device.ComputeCapabilityMajor != 10) throw new Exception(); Use(\"a\"); } catch { Use(\"b\"); } finally { Use(\"c\"); } Use(\"d\"); }", "b c d", "a b c d", "b c d")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor == 10) { try { Use(\"a\"); } catch (Exception e) when (e.Message == \"x\") { Use(\"b\"); } } }", "", "a b", "")]
    [InlineData("void M() { bool ok = false; try { ok = device.ComputeCapabilityMajor == 10; } finally { Use(\"f\"); } if (ok) Use(\"a\"); }", "f", "f a", "f")]
    [InlineData("void M() { bool ok = true; try { ok = unknown; } catch { ok = false; } if (ok) Use(\"a\"); }", "a", "a", "a")]

    // What looks like a capability and is none.
    [InlineData("void M() { if (device.DriverVersion.Major == 10) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("void M() { if (Environment.Version.Major == 10) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("void M() { Driver.cuDriverGetVersion(out int major); if (major == 10) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("void M(int major) { if (major == 10) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("void CheckVersion(int major, int minor) { if (major == 10) Use(\"a\"); }", "a", "a", "a")]
    [InlineData("static int RequiredComputeCapabilityMajor => throw null; void M() { if (RequiredComputeCapabilityMajor == 10) Use(\"a\"); }", "a", "a", "a")]
    public void Code_runs_only_where_its_guards_let_it(string members, string hopper, string blackwell, string spark)
    {
        Assert.Equal(hopper, FlowRun.Reached(members, new SmArchitecture(9, 0)));
        Assert.Equal(blackwell, FlowRun.Reached(members, new SmArchitecture(10, 0)));
        Assert.Equal(spark, FlowRun.Reached(members, new SmArchitecture(12, 1)));
    }
}
