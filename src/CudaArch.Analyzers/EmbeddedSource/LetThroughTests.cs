using CudaArch.Analyzers.FeatureUse;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>The tests of one file that let targets through to texts that do not run there: each is reported once, however much stands behind it.</summary>
internal sealed class LetThroughTests(CudaCompilation cuda, string pass, CancellationToken cancellation)
{
    private readonly Dictionary<TextSpan, Fault> _faults = [];

    /// <summary>Whether they are for the caller and not to be reported.</summary>
    public bool AreKept { get; set; }

    /// <summary>Where they stand.</summary>
    public IEnumerable<TextSpan> Spans => _faults.Keys;

    /// <summary>Notes a test.</summary>
    /// <param name="test">The test.</param>
    /// <param name="target">A target that it lets through.</param>
    /// <param name="to">What stands behind it.</param>
    /// <param name="canRun">Whether that runs on a device.</param>
    /// <param name="behind">Where it stands.</param>
    public void Add(SyntaxNode test, SmArchitecture target, string to, Func<SmArchitecture, bool> canRun, TextSpan behind)
    {
        if (!_faults.TryGetValue(test.Span, out Fault? fault))
        {
            _faults.Add(test.Span, fault = new Fault(test, to, canRun, behind));
        }

        if (!fault.Targets.Contains(target))
        {
            fault.Targets.Add(target);
        }
    }

    /// <summary>Reports all.</summary>
    public void Report(Action<Diagnostic> report)
    {
        foreach (Fault fault in AreKept ? [] : _faults.Values.ToArray())
        {
            if (cuda.TestOwners.Of(fault.Test, cancellation) == pass)
            {
                report(TestReport.LetsThrough(
                    fault.Test, fault.Targets, $"{fault.To}; {TestReport.Owners(fault.CanRun)}", fault.CanRun, Location.Create(fault.Test.SyntaxTree, fault.Behind)));
            }
        }
    }

    private sealed record Fault(SyntaxNode Test, string To, Func<SmArchitecture, bool> CanRun, TextSpan Behind)
    {
        public List<SmArchitecture> Targets { get; } = [];
    }
}
