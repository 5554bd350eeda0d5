using CudaArch.Architectures;
using CudaArch.CudaCpp.Execution;
using CudaArch.CudaCpp.Headers;
using CudaArch.CudaCpp.Preprocessing;
using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;
using CudaArch.Features;
using CudaArch.Ptx;

namespace CudaArch.CudaCpp;

/// <summary>What one compilation of a text, for one target, would say and bring.</summary>
internal sealed class CudaCppPass
{
    /// <summary>The PTX version that the measured compiler, 13.5, writes.</summary>
    private static readonly PtxVersion Written = new(9, 5);

    /// <summary>Static shared memory of a block under a name without <c>a</c> (measured).</summary>
    private const int PlainSharedMemory = 49152;

    private readonly SmArchitecture _target;
    private readonly List<CudaCppFinding> _findings = [];

    private CudaCppPass(SmArchitecture target, Preprocessor.Result source)
    {
        _target = target;
        Source = source;
    }

    /// <summary>What the preprocessor left.</summary>
    public Preprocessor.Result Source { get; }

    /// <summary>What the compiler refuses, in the order of the text.</summary>
    public IReadOnlyList<CudaCppFinding> Findings => _findings;

    /// <summary>The instructions and header functions that are compiled, with the features they need; for headers, those that are computed in software elsewhere as well.</summary>
    public List<(CudaFeature Feature, int Start, bool IsSoftwareElsewhere)> Uses { get; } = [];

    /// <summary>The <c>asm</c> statements that a known condition leaves out.</summary>
    public List<(int Token, bool HasOther)> LeftOut { get; private set; } = [];

    /// <summary>Compiles.</summary>
    public static CudaCppPass Run(List<CppToken> tokens, SmArchitecture target, CudaCompiler compiler)
    {
        Preprocessor.Result source = Preprocessor.Run(tokens, target, compiler);
        var pass = new CudaCppPass(target, source);
        Preprocessor.Result? host = compiler == CudaCompiler.Nvcc ? Preprocessor.Run(tokens, target, compiler, forHost: true) : null;
        if ((source.Error is not null ? source : host) is { Error: { } error } stopped)
        {
            pass.Add(CudaCppFindingKind.Error, error, "#error", text: stopped.ErrorText);
            return pass;
        }

        var unit = new CppUnit(source.Tokens);
        var reader = new DeclarationReader(unit);
        var global = new CppScope("", null);
        reader.ReadScope(new TokenRange(0, unit.Count), global);
        var interpreter = new Interpreter(unit, global, reader);
        interpreter.Run();
        pass.LeftOut = interpreter.LeftOut;
        pass.Judge(unit, interpreter);
        pass._findings.Sort((left, right) => left.Span.Start.CompareTo(right.Span.Start));
        return pass;
    }

    private void Judge(CppUnit unit, Interpreter interpreter)
    {
        foreach (CppToken assertion in interpreter.FailedAssertions)
        {
            Add(CudaCppFindingKind.StaticAssert, assertion, "static_assert");
        }

        foreach (ReachedAssembly assembly in interpreter.Assembly)
        {
            JudgeAssembly(assembly, unit[assembly.Token]);
        }

        foreach (ReachedName name in interpreter.Names)
        {
            JudgeName(name);
        }

        int most = _target.Variant == ArchitectureVariant.ArchitectureSpecific ? ArchitectureCatalog.Find(_target)?.SharedMemoryPerBlock ?? PlainSharedMemory : PlainSharedMemory;
        foreach ((CppFunction kernel, ReachedFunction reached) in interpreter.Kernels)
        {
            JudgeClusters(unit, kernel);
            (long bytes, CppToken? largest) = Interpreter.SharedMemoryOf(reached);
            if (bytes > most && largest is { } token)
            {
                Add(CudaCppFindingKind.SharedMemory, token, token.Text, bytes: bytes);
            }
        }
    }

    private void JudgeAssembly(ReachedAssembly assembly, CppToken word)
    {
        List<PtxUse> uses = PtxContents.Read(assembly.Text).Uses;
        for (int i = 0; i < uses.Count; i++)
        {
            PtxUse use = uses[i];
            int start = use.Span.Start < assembly.Places.Count ? assembly.Places[use.Span.Start] : word.Start;
            Uses.Add((use.Feature, start, false));
            bool isLast = i + 1 == uses.Count || uses[i + 1].Span != use.Span;
            if (!isLast)
            {
                continue;
            }

            // One report an instruction: the first of its features that is missing.
            int first = i;
            while (first > 0 && uses[first - 1].Span == use.Span)
            {
                first--;
            }

            for (int k = first; k <= i; k++)
            {
                if (!uses[k].Feature.Availability.Includes(_target, Written))
                {
                    int end = use.Span.End - 1 < assembly.Places.Count ? assembly.Places[use.Span.End - 1] + 1 : start + 1;
                    int length = end > start && end - start <= 4 * (use.Span.Length + 16) ? end - start : 1;
                    Add(CudaCppFindingKind.Instruction, start, length, use.Token, word.Origin, uses[k].Feature);
                    break;
                }
            }
        }
    }

    private void JudgeName(ReachedName name)
    {
        CudaFeature? missing = null;
        foreach (HeaderName row in HeaderNames.All)
        {
            if (row.Matches(name))
            {
                Uses.Add((row.Feature, name.Token.Start, row.IsSoftwareElsewhere));
                if (!row.IsSoftwareElsewhere && !row.Feature.Availability.Includes(_target, Written))
                {
                    missing = row.Feature;
                }
            }
        }

        if (missing is not null)
        {
            Add(CudaCppFindingKind.HeaderName, name.Token.Start, Math.Max(1, name.Written.Length), name.Written, name.Token.Origin, missing);
        }
    }

    private void JudgeClusters(CppUnit unit, CppFunction kernel)
    {
        if (FeatureCatalog.Find("cluster") is not { } cluster || cluster.Availability.Includes(_target, Written))
        {
            return;
        }

        for (int i = kernel.Head.Start; i < kernel.Head.End; i++)
        {
            if (unit[i].Text is "__cluster_dims__" or "__block_size__")
            {
                Add(CudaCppFindingKind.HeaderName, unit[i].Start, unit[i].Length, unit[i].Text, unit[i].Origin, cluster);
            }
        }
    }

    private void Add(CudaCppFindingKind kind, CppToken token, string written, long bytes = 0, string text = "") =>
        Add(kind, token.Start, Math.Max(1, token.Length), written, token.Origin, null, bytes, text);

    private void Add(CudaCppFindingKind kind, int start, int length, string written, int statement, CudaFeature? feature, long bytes = 0, string text = "")
    {
        // The same macro or function may bring the same instruction often.
        if (!_findings.Exists(finding => finding.Span.Start == start && finding.Token == written))
        {
            _findings.Add(new CudaCppFinding
            {
                Kind = kind,
                Span = new PtxSpan(start, length),
                Token = written,
                Feature = feature,
                Statement = statement,
                Bytes = bytes,
                Text = text,
            });
        }
    }
}
