using CudaArch.Architectures;

namespace CudaArch.DeviceCode;

/// <summary>What a target can do with one module of a file, and why.</summary>
public sealed class ModuleCoverage
{
    internal ModuleCoverage(DeviceCodeModule module, ModuleVerdict verdict)
    {
        Module = module;
        Coverage = verdict.Coverage;
        ByDesign = verdict.ByDesign;
        IsGap = verdict.IsGap;
        Lost = verdict.Lost ?? [];
    }

    /// <summary>The module.</summary>
    public DeviceCodeModule Module { get; }

    /// <summary>What the target can do with it.</summary>
    public Coverage Coverage { get; }

    /// <summary>Why it does not run, when that is meant.</summary>
    public ByDesignReason ByDesign { get; }

    /// <summary>Whether it, or a kernel of it, should run on the target and does not.</summary>
    public bool IsGap { get; }

    /// <summary>Of a module that runs: kernels that should run and do not, because the image that runs lacks them.</summary>
    public IReadOnlyList<LostKernels> Lost { get; }
}

/// <summary>What a target can do with a file: the answer that every door of the product gives.</summary>
public sealed class CoverageReport
{
    private CoverageReport(DeviceCodeFile file, SmArchitecture target, FileVerdict verdict, DeviceCodeModule[] modules, IReadOnlyList<PtxRefusal> refusals)
    {
        File = file;
        Target = target;
        FileCoverage = verdict.Coverage;
        JitShare = verdict.JitShare;
        Modules = [.. modules.Select((module, i) => new ModuleCoverage(module, verdict.Modules[i]))];
        Refusals = refusals;
        Gaps = [.. Modules.Where(module => module.IsGap)];
    }

    /// <summary>The file.</summary>
    public DeviceCodeFile File { get; }

    /// <summary>The target.</summary>
    public SmArchitecture Target { get; }

    /// <summary>The file's coverage.</summary>
    public FileCoverage FileCoverage { get; }

    /// <summary>The modules that can be loaded, in file order: not the relocatable ones by themselves.</summary>
    public IReadOnlyList<ModuleCoverage> Modules { get; }

    /// <summary>The modules that should run on the target and do not, or lack kernels on it; all of them when nothing in the file runs.</summary>
    public IReadOnlyList<ModuleCoverage> Gaps { get; }

    /// <summary>
    /// The PTX texts for whose sake a module does not run although its header says so. Those of relocatable modules stand in the way of linking: at run time, or, in an object or
    /// archive of nothing else, of a program.
    /// </summary>
    public IReadOnlyList<PtxRefusal> Refusals { get; }

    /// <summary>Of the running modules that have cubins, the share that has to be compiled at run time all the same: 0 to 1.</summary>
    public double JitShare { get; }

    /// <summary>
    /// Says what a target can do with a file. Kernel names and PTX texts are read for the modules whose verdict depends on them: names of what would be a gap, texts of what
    /// has nothing better to run.
    /// </summary>
    /// <param name="file">The file, still open.</param>
    /// <param name="target">The target; its suffix is ignored.</param>
    /// <param name="options">What else is known; null for the defaults.</param>
    /// <param name="cancellation">Stops the work between modules.</param>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CoverageReport For(DeviceCodeFile file, SmArchitecture target, CoverageOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= CoverageOptions.Default;
        DeviceCodeModule[] loadable = [.. file.Modules.Where(module => !module.IsRelocatable)];
        DeviceCodeModule[] relocatable = [.. file.Modules.Where(module => module.IsRelocatable)];
        ModuleClaim[] claims = [.. loadable.Select(module => ModuleClaim.Of(module, target))];
        var compiler = new JitCompiler(target, options, cancellation);
        PtxRefusal[] refusals = Refuse(loadable, claims, compiler, cancellation);
        PtxRefusal[] unlinkable = Link(file, loadable, claims, relocatable, compiler, target, cancellation);
        return new CoverageReport(file, target, Evaluate(loadable, claims, target, options, cancellation), loadable, [.. refusals, .. unlinkable]);
    }

    /// <summary>The names of the kernels in the gaps, each once, in file order. Unpacks a part of each image of a gap.</summary>
    public IReadOnlyList<string> ReadGapKernels() => Gaps.SelectMany(gap => gap.Coverage == Coverage.None ? gap.Module.ReadKernels() ?? [] : gap.Lost.SelectMany(lost => lost.Kernels)).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>The names of the kernels that run on the target, in file order; a name of several modules comes several times. Unpacks a part of each image that runs.</summary>
    public IEnumerable<string> ReadRunningKernels() => Modules.Where(module => module.Coverage != Coverage.None)
        .SelectMany(module => (module.Module.ReadKernels() ?? []).Except(LostKernels.Of(module.Module, Target, module.Coverage).SelectMany(lost => lost.Kernels), StringComparer.Ordinal));

    // What the driver's compiler would refuse does not run.
    private static PtxRefusal[] Refuse(DeviceCodeModule[] modules, ModuleClaim[] claims, JitCompiler compiler, CancellationToken cancellation)
    {
        int[] compiled = [.. Enumerable.Range(0, claims.Length).Where(i => claims[i].Coverage == Coverage.JitFallback)];
        IReadOnlyList<PtxRefusal>[] refusals = InParallel.Map(compiled.Length, i => compiler.RefusalsOf(modules[compiled[i]]), cancellation);
        for (int i = 0; i < compiled.Length; i++)
        {
            if (refusals[i].Count > 0)
            {
                claims[compiled[i]] = claims[compiled[i]] with { Coverage = Coverage.None };
            }
        }

        return [.. refusals.SelectMany(refused => refused)];
    }

    // The texts of relocatable modules matter where they are linked: by the runtime, when no image of a device-linked module fits and each relocatable one has something that
    // runs, or by whoever links an object or archive. Those that stand in the way are returned.
    private static PtxRefusal[] Link(
        DeviceCodeFile file, DeviceCodeModule[] modules, ModuleClaim[] claims, DeviceCodeModule[] relocatable, JitCompiler compiler, SmArchitecture target,
        CancellationToken cancellation)
    {
        int[] linkedAtRunTime = relocatable.Length == 0 ? [] : [.. Enumerable.Range(0, claims.Length).Where(i => modules[i].IsDeviceLinked && claims[i].Coverage == Coverage.None)];
        bool isLinkedLater = modules.Length == 0 || (file.HostFormat == HostFormat.Archive && !modules.Any(module => module.IsDeviceLinked));
        if (linkedAtRunTime.Length == 0 && !isLinkedLater)
        {
            return [];
        }

        ModuleClaim[] parts = [.. relocatable.Select(module => ModuleClaim.Of(module, target))];
        PtxRefusal[] unlinkable = Refuse(relocatable, parts, compiler, cancellation);
        if (parts.All(part => part.Coverage != Coverage.None))
        {
            foreach (int i in linkedAtRunTime)
            {
                claims[i] = claims[i] with { Coverage = Coverage.JitFallback };
            }
        }

        return unlinkable;
    }

    private static FileVerdict Evaluate(DeviceCodeModule[] modules, ModuleClaim[] claims, SmArchitecture target, CoverageOptions options, CancellationToken cancellation)
    {
        if (options.HeadersOnly)
        {
            return CoverageRule.Evaluate(claims, target);
        }

        // When it is asked of one module, it will be of all.
        var lost = new Lazy<IReadOnlyList<LostKernels>[]>(() => InParallel.Map(
            modules.Length, i => claims[i].Coverage != Coverage.None && claims[i].Images.Count > 1 ? LostKernels.Of(modules[i], target, claims[i].Coverage) : [], cancellation));
        return CoverageRule.Evaluate(
            claims, target, index => modules[index].ReadKernels(), options.ComparesKernels ? index => lost.Value[index] : null, index => modules[index].HasKernels());
    }
}
