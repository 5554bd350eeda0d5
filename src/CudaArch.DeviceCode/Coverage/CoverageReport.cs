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
    private CoverageReport(DeviceCodeFile file, SmArchitecture target, FileVerdict verdict, IReadOnlyList<ModuleCoverage> modules, IReadOnlyList<PtxRefusal> refusals)
    {
        File = file;
        Target = target;
        FileCoverage = verdict.Coverage;
        JitShare = verdict.JitShare;
        Modules = modules;
        Refusals = refusals;
        Gaps = modules.Where(module => module.IsGap).ToList();
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
        List<DeviceCodeModule> loadable = file.Modules.Where(module => !module.IsRelocatable).ToList();
        List<DeviceCodeModule> relocatable = file.Modules.Where(module => module.IsRelocatable).ToList();
        var compiler = new JitCompiler(target, options, cancellation);
        IReadOnlyList<PtxRefusal>[] refusals = RefusalsOf(loadable, compiler, target, cancellation);
        List<ModuleClaim> claims = loadable.Select((module, i) => Claim(module, refusals[i].Count > 0, target)).ToList();

        // The texts of relocatable modules matter where they are linked: by the runtime, when no image of a device-linked module fits, or by whoever links an object or archive.
        bool isLinkedAtRunTime = relocatable.Count > 0 && loadable.Where((module, i) => module.IsDeviceLinked && claims[i].Coverage == Coverage.None).Any();
        bool isLinkedLater = loadable.Count == 0 || (file.HostFormat == HostFormat.Archive && !loadable.Any(module => module.IsDeviceLinked));
        List<PtxRefusal> unlinkable = isLinkedAtRunTime || isLinkedLater ? RefusalsOf(relocatable, compiler, target, cancellation).SelectMany(refused => refused).ToList() : [];
        if (isLinkedAtRunTime && unlinkable.Count == 0 && relocatable.All(part => ModuleClaim.BestOf(Claims(part), target) != Coverage.None))
        {
            claims = claims.Select((claim, i) => claim.Coverage == Coverage.None && loadable[i].IsDeviceLinked ? claim with { Coverage = Coverage.JitFallback } : claim).ToList();
        }

        // When it is asked of one module, it will be of all.
        var lost = new Lazy<IReadOnlyList<LostKernels>[]>(() => InParallel.Map(
            loadable.Count, i => claims[i].Coverage != Coverage.None && claims[i].Images.Count > 1 ? LostKernels.Of(loadable[i], target, claims[i].Coverage) : [], cancellation));
        FileVerdict verdict = CoverageRule.Evaluate(
            claims, target, index => loadable[index].ReadKernels(), options.ComparesKernels ? index => lost.Value[index] : null, index => loadable[index].HasKernels());
        return new CoverageReport(
            file, target, verdict, loadable.Select((module, i) => new ModuleCoverage(module, verdict.Modules[i])).ToList(),
            [.. refusals.SelectMany(refused => refused), .. unlinkable]);
    }

    /// <summary>The names of the kernels in the gaps, each once, in file order. Unpacks a part of each image of a gap.</summary>
    public IReadOnlyList<string> ReadGapKernels() => Gaps.SelectMany(gap => gap.Coverage == Coverage.None ? gap.Module.ReadKernels() ?? [] : gap.Lost.SelectMany(lost => lost.Kernels)).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>The names of the kernels that run on the target, in file order; a name of several modules comes several times. Unpacks a part of each image that runs.</summary>
    public IEnumerable<string> ReadRunningKernels() => Modules.Where(module => module.Coverage != Coverage.None)
        .SelectMany(module => (module.Module.ReadKernels() ?? []).Except(LostKernels.Of(module.Module, Target, module.Coverage).SelectMany(lost => lost.Kernels), StringComparer.Ordinal));

    private static IReadOnlyList<PtxRefusal>[] RefusalsOf(List<DeviceCodeModule> modules, JitCompiler compiler, SmArchitecture target, CancellationToken cancellation) => InParallel.Map(
        modules.Count, i => ModuleClaim.BestOf(Claims(modules[i]), target) == Coverage.JitFallback ? compiler.RefusalsOf(modules[i]) : [], cancellation);

    private static ModuleClaim Claim(DeviceCodeModule module, bool isRefused, SmArchitecture target)
    {
        ModuleClaim claim = ModuleClaim.Of(Claims(module), target);
        return isRefused ? claim with { Coverage = Coverage.None } : claim;
    }

    private static List<ImageClaim> Claims(DeviceCodeModule module) => module.Images.Select(image => image.Claim).ToList();
}
