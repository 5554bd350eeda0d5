using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers;

/// <summary>
/// Puts a shield around actions, so that a fault in one becomes CUDA1010 where it happened, and not AD0001: the analyzer goes on with the rest of the compilation. Tests and
/// the accuracy runs count CUDA1010 as a failure.
/// </summary>
internal static class Shield
{
    private const int LongestFault = 600;

    /// <summary>An action on files.</summary>
    public static Action<SemanticModelAnalysisContext> File(Action<SemanticModelAnalysisContext> action) => file =>
    {
        try
        {
            action(file);
        }
        catch (Exception fault) when (Takes(fault))
        {
            file.ReportDiagnostic(Report(fault, Location.Create(file.SemanticModel.SyntaxTree, new TextSpan(0, 0))));
        }
    };

    /// <summary>An action on operations.</summary>
    public static Action<OperationAnalysisContext> Operation(Action<OperationAnalysisContext> action) => operation =>
    {
        try
        {
            action(operation);
        }
        catch (Exception fault) when (Takes(fault))
        {
            operation.ReportDiagnostic(Report(fault, operation.Operation.Syntax.GetLocation()));
        }
    };

    /// <summary>An action on the end of a block of operations.</summary>
    public static Action<OperationBlockAnalysisContext> Block(Action<OperationBlockAnalysisContext> action) => block =>
    {
        try
        {
            action(block);
        }
        catch (Exception fault) when (Takes(fault))
        {
            block.ReportDiagnostic(Report(fault, block.OwningSymbol.Locations.FirstOrDefault() ?? Location.None));
        }
    };

    /// <summary>An action on symbols.</summary>
    public static Action<SymbolAnalysisContext> Symbol(Action<SymbolAnalysisContext> action) => symbol =>
    {
        try
        {
            action(symbol);
        }
        catch (Exception fault) when (Takes(fault))
        {
            symbol.ReportDiagnostic(Report(fault, symbol.Symbol.Locations.FirstOrDefault() ?? Location.None));
        }
    };

    /// <summary>What an analyzer does at the start of a block of operations; a fault there is reported at its end.</summary>
    public static Action<OperationBlockStartAnalysisContext> BlockStart(Action<OperationBlockStartAnalysisContext> action) => block =>
    {
        try
        {
            action(block);
        }
        catch (Exception fault) when (Takes(fault))
        {
            block.RegisterOperationBlockEndAction(end => end.ReportDiagnostic(Report(fault, end.OwningSymbol.Locations.FirstOrDefault() ?? Location.None)));
        }
    };

    /// <summary>An action on a whole compilation.</summary>
    public static Action<CompilationAnalysisContext> Compilation(Action<CompilationAnalysisContext> action) => compilation =>
    {
        try
        {
            action(compilation);
        }
        catch (Exception fault) when (Takes(fault))
        {
            compilation.ReportDiagnostic(Report(fault, Location.None));
        }
    };

    /// <summary>An action on files beside the sources.</summary>
    public static Action<AdditionalFileAnalysisContext> AdditionalFile(Action<AdditionalFileAnalysisContext> action) => file =>
    {
        try
        {
            action(file);
        }
        catch (Exception fault) when (Takes(fault))
        {
            file.ReportDiagnostic(Report(fault, Location.Create(file.AdditionalFile.Path, default, default)));
        }
    };

    /// <summary>What an analyzer does at the start of a compilation; a fault there is reported in the first file.</summary>
    public static Action<CompilationStartAnalysisContext> Start(Action<CompilationStartAnalysisContext> action) => start =>
    {
        try
        {
            action(start);
        }
        catch (Exception fault) when (Takes(fault))
        {
            SyntaxTree? first = start.Compilation.SyntaxTrees.FirstOrDefault();
            start.RegisterSemanticModelAction(file =>
            {
                if (file.SemanticModel.SyntaxTree == first)
                {
                    file.ReportDiagnostic(Report(fault, Location.Create(first, new TextSpan(0, 0))));
                }
            });
        }
    };

    private static bool Takes(Exception fault) => fault is not OperationCanceledException;

    private static Diagnostic Report(Exception fault, Location place)
    {
        string text = string.Join(" ", fault.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
        return Diagnostic.Create(Descriptors.NotJudged, place, text.Length <= LongestFault ? text : text.Substring(0, LongestFault) + "…");
    }
}
