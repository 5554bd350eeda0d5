using CudaArch.Architectures;

namespace CudaArch.Analyzers.Tests.Flow;

/// <summary>
/// The idioms that .NET's own analyzer of platform guards is tested with, and some that it leaves out, asked of devices: <c>Ok</c> holds on a data-centre Blackwell only.
/// Each names what runs on a Hopper, a data-centre Blackwell and a DGX Spark.
/// </summary>
public sealed class PlatformIdiomTests
{
    [Theory]

    // Conditions.
    [InlineData("void M() { if (Ok) Use(\"a\"); else if (unknown) Use(\"b\"); else Use(\"c\"); Use(\"d\"); }", "b c d", "a d", "b c d")]
    [InlineData("void M() { if (!Ok) { if (unknown) return; throw new Exception(); } Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { if (!(unknown || !Ok)) Use(\"a\"); else Use(\"b\"); }", "b", "a b", "b")]
    [InlineData("void M() { if (unknown && (Ok || device.ComputeCapabilityMajor == 9)) Use(\"a\"); else Use(\"b\"); }", "a b", "a b", "b")]
    [InlineData("void M() { if (Ok) { if (unknown) Use(\"a\"); else Use(\"b\"); Use(\"c\"); } }", "", "a b c", "")]
    [InlineData("void M() { if (device.ComputeCapabilityMajor >= 9) { Use(\"a\"); if (Ok && !(device.ComputeCapabilityMinor > 5)) Use(\"b\"); else if (!(device.ComputeCapabilityMajor >= 12)) Use(\"c\"); else Use(\"d\"); Use(\"e\"); } else Use(\"f\"); }", "a c e", "a b e", "a d e")]
    [InlineData("void M() { var a = unknown ? Ok : false; if (a) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { bool? ok = unknown ? Ok : null; if (ok == true) Use(\"a\"); if (ok ?? false) Use(\"b\"); }", "", "a b", "")]
    [InlineData("void M() { if (Ok is true) Use(\"a\"); if (Ok is false) Use(\"b\"); if (Ok == false) Use(\"c\"); if (Ok ^ true) Use(\"d\"); }", "b c d", "a", "b c d")]
    [InlineData("void M() { if (IsAtLeast(minor: 0, major: 12)) Use(\"a\"); else Use(\"b\"); } static bool IsAtLeast(int major, int minor = 0) => device.ComputeCapabilityMajor > major || (device.ComputeCapabilityMajor == major && device.ComputeCapabilityMinor >= minor);", "b", "b", "a")]
    [InlineData("static bool flag; void M() { if (!flag && Ok) Use(\"a\"); if (flag) Use(\"b\"); }", "b", "a b", "b")]
    [InlineData("void M() { _ = Ok && Use(\"a\"); _ = Ok || Use(\"b\"); }", "b", "a", "b")]

    // Assertions.
    [InlineData("void M() { Debug.Assert(Ok, \"needs B200\"); Use(\"a\"); }", "", "a", "")]
    [InlineData("void M() { if (unknown) { Debug.Assert(Ok); Use(\"a\"); } Use(\"b\"); }", "b", "a b", "b")]
    [InlineData("void M() { Debug.Assert(!Ok); Use(\"a\"); }", "a", "", "a")]

    // Loops and jumps.
    [InlineData("void M() { if (Ok) for (int i = 0; i < 2; i++) Use(\"a\"); }", "", "a", "")]
    [InlineData("void M(int[] l) { foreach (int i in l) { if (!Ok) continue; Use(\"a\"); } Use(\"b\"); }", "b", "a b", "b")]
    [InlineData("void M() { do { if (Ok) break; Use(\"a\"); } while (unknown); Use(\"b\"); }", "a b", "b", "a b")]
    [InlineData("void M() { for (;;) { if (Ok) { Use(\"a\"); return; } } }", "", "a", "")]
    [InlineData("void M() { while (Ok) { Use(\"a\"); if (unknown) break; } Use(\"b\"); }", "b", "a b", "b")]
    [InlineData("void M() { int tries = 0; again: if (Ok) { Use(\"a\"); return; } if (tries++ < 3) goto again; Use(\"b\"); }", "b", "a", "b")]
    [InlineData("void M(int n) { switch (n) { case 1: if (Ok) goto case 2; break; case 2: if (!Ok) break; Use(\"a\"); break; case 3: goto default; default: Use(\"b\"); break; } }", "b", "a b", "b")]
    [InlineData("void M() { bool ok = Ok; for (int i = 0; i < 9; i++) { if (ok) Use(\"a\"); ok = unknown; } }", "a", "a", "a")]
    [InlineData("void M(int n) { switch (Ok) { case true when n > 3: Use(\"a\"); break; case true: Use(\"b\"); break; case false: Use(\"c\"); break; } }", "c", "a b", "c")]

    // Blocks that are left.
    [InlineData("void M() { try { Use(\"a\"); if (!Ok) return; Use(\"b\"); } finally { Use(\"c\"); } Use(\"d\"); }", "a c", "a b c d", "a c")]
    [InlineData("void M() { try { if (Ok) Use(\"a\"); } catch (Exception) when (Ok) { Use(\"b\"); } }", "", "a b", "")]
    [InlineData("void M(IDisposable d) { using (d) { if (!Ok) return; Use(\"a\"); } Use(\"b\"); }", "", "a b", "")]
    [InlineData("void M() { lock (this) { if (!Ok) throw new Exception(); } Use(\"a\"); }", "", "a", "")]
    [InlineData("unsafe void M(int[] a) { fixed (int* p = a) { if (Ok) Use(\"a\"); } checked { if (!Ok) return; } Use(\"b\"); }", "", "a b", "")]

    // Async methods and iterators.
    [InlineData("async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); if (!Ok) return; await System.Threading.Tasks.Task.Yield(); Use(\"a\"); }", "", "a", "")]
    [InlineData("async System.Threading.Tasks.Task M() { if (await IsOk()) Use(\"a\"); } async System.Threading.Tasks.Task<bool> IsOk() { await System.Threading.Tasks.Task.Yield(); return Ok; }", "", "a", "")]
    [InlineData("System.Threading.Tasks.ValueTask<bool> IsOk() => new(Ok); async System.Threading.Tasks.Task M() { if (!await IsOk().ConfigureAwait(false)) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("IEnumerable<bool> M() { if (!Ok) yield break; yield return Use(\"a\"); }", "", "a", "")]
    [InlineData("IEnumerable<bool> M() { yield return true; if (Ok) { yield return Use(\"a\"); } yield return Use(\"b\"); }", "b", "a b", "b")]

    // Local functions and lambdas that escape, or are called from several places.
    [InlineData("void M() { void F() => Use(\"a\"); N(F); if (Ok) F(); } void N(Action f) => f();", "a", "a", "a")]
    [InlineData("void M() { Action f = () => Use(\"a\"); N(f); if (Ok) f(); } void N(Action f) => f();", "a", "a", "a")]
    [InlineData("void M() { void F() => Use(\"a\"); if (Ok) { F(); N(F); } } void N(Action f) => f();", "", "a", "")]
    [InlineData("Action M() { void F() => Use(\"a\"); if (Ok) return F; return null; }", "", "a", "")]
    [InlineData("void M() { void F() { if (Ok) Use(\"a\"); Use(\"b\"); } F(); if (!Ok) F(); }", "b", "a b", "b")]
    [InlineData("void M() { void F() { Use(\"a\"); } void G() { F(); } if (Ok) G(); }", "", "a", "")]
    [InlineData("void M() { Action f = () => { void G() => Use(\"a\"); if (Ok) G(); }; f(); }", "", "a", "")]
    [InlineData("void M() { void F() { Action g = () => Use(\"a\"); g(); } if (Ok) F(); }", "", "a", "")]
    [InlineData("Func<string> hi = () => \"hi\"; void M() { hi(); if (Ok) Use(\"a\"); else Use(\"b\"); }", "b", "a", "b")]
    [InlineData("void M() { if (!Ok) return; System.Threading.Tasks.Task.Run(() => { Use(\"a\"); }); }", "", "a", "")]
    [InlineData("void M() { Run(() => Ok, () => Use(\"a\")); void Run(Func<bool> test, Func<bool> then) { if (test()) then(); } }", "", "a", "")]
    [InlineData("event Action E; void M() { if (Ok) E += () => Use(\"a\"); }", "", "a", "")]
    [InlineData("IEnumerable<int> M(int[] l) => Ok ? l.Where(x => Use(\"a\")) : l.Where(x => Use(\"b\"));", "b", "a", "b")]
    [InlineData("object M(int[] l) => from x in l where Ok && Use(\"a\") select x;", "", "a", "")]

    // Members.
    [InlineData("static bool Once { get; } = Ok; void M() { if (Once) Use(\"a\"); }", "", "a", "")]
    [InlineData("static readonly bool once; static C() { once = Ok && !unknown; } void M() { if (once) Use(\"a\"); }", "", "a", "")]
    [InlineData("static bool? cached; static bool Cached => cached ??= Ok; void M() { if (Cached) Use(\"a\"); }", "", "a", "")]
    [InlineData("static class Support { public static readonly bool Tcgen = device.ComputeCapabilityMajor is 10 or 11; } void M() { if (Support.Tcgen) Use(\"a\"); }", "", "a", "")]
    [InlineData("bool X { get => Ok ? Use(\"a\") : Use(\"b\"); set { if (Ok) Use(\"c\"); } }", "b", "a c", "b")]
    [InlineData("bool field = Ok && Use(\"a\"); static bool Q { get; } = !Ok || Use(\"b\");", "", "a b", "")]
    [InlineData("static bool IsTcgen(CudaDeviceProperties p) => p?.ComputeCapabilityMajor == 10; void M() { if (IsTcgen(device)) Use(\"a\"); }", "", "a", "")]
    [InlineData("static bool Try(out bool ok) { ok = device.ComputeCapabilityMajor == 10; return true; } void M() { if (Try(out bool ok) && ok) Use(\"a\"); }", "", "a", "")]
    [InlineData("static bool TryGet(out int level) { if (device.ComputeCapabilityMajor != 10) { level = 0; return false; } level = 5; return true; } void M() { if (!TryGet(out _)) return; Use(\"a\"); }", "", "a", "")]
    [InlineData("record R(bool Fast); static R Make() => new(device.ComputeCapabilityMajor == 10); void M() { if (Make().Fast) Use(\"a\"); }", "a", "a", "a")]
    public void Code_runs_only_where_its_guards_let_it(string members, string hopper, string blackwell, string spark)
    {
        const string Guard = "\nstatic bool Ok => device.ComputeCapabilityMajor == 10;";
        Assert.Equal(hopper, FlowRun.Reached(members + Guard, new SmArchitecture(9, 0)));
        Assert.Equal(blackwell, FlowRun.Reached(members + Guard, new SmArchitecture(10, 0)));
        Assert.Equal(spark, FlowRun.Reached(members + Guard, new SmArchitecture(12, 1)));
    }
}
