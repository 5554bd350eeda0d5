using System.Collections.Immutable;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using CudaArch.Features;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Configuration;

/// <summary>CUDA1009: names of features and architectures, in annotations and in questions to <c>CudaDevice</c>, that do not exist. What they are to guard would not be guarded.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AnnotationTextAnalyzer : CudaAnalyzer
{
    private const string Key = "CUDA1009 nearest";

    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(Descriptors.MalformedAnnotation);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        if (AnnotationNames.AreKnownIn(context.Compilation))
        {
            context.RegisterOperationAction(Shield.Operation(Judge), OperationKind.Attribute, OperationKind.Invocation);
        }
    }

    private static void Judge(OperationAnalysisContext context)
    {
        (ImmutableArray<IArgumentOperation> arguments, bool isFeature) = context.Operation switch
        {
            IAttributeOperation { Operation: IObjectCreationOperation { Constructor.ContainingType: { } type } creation } when AnnotationNames.NamesFeature(type) => (creation.Arguments, true),
            IAttributeOperation { Operation: IObjectCreationOperation { Constructor.ContainingType: { } type } creation } when AnnotationNames.NamesArchitecture(type) => (creation.Arguments, false),
            IInvocationOperation { TargetMethod: { Name: "Supports" or "Runs" } method } call when AnnotationNames.IsDevice(method.ContainingType) => (call.Arguments, method.Name == "Supports"),
            _ => (ImmutableArray<IArgumentOperation>.Empty, false),
        };
        if (arguments is not [{ Value: { ConstantValue: { HasValue: true, Value: string name } } value }, ..] || (isFeature ? FeatureCatalog.Find(name) is not null : IsArchitecture(name)))
        {
            return;
        }

        string? nearest = NearestName.Of(name, isFeature ? FeatureCatalog.All.Select(feature => feature.Id) : Architectures());
        string quoted = SymbolDisplay.FormatLiteral(name.Length <= 40 ? name : name.Substring(0, 40) + "…", quote: true);
        string remedy = nearest is not null ? $"write \"{nearest}\""
            : isFeature ? "write one of the ids that 'cudaarch features' lists"
            : "write an architecture such as sm_90, sm_100f or sm_121a";
        Mend[] mends = nearest is null || value.Syntax is not Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax
            ? []
            : [new Mend(Key, $"Write \"{nearest}\"", ImmutableArray.Create(new MendEdit(value.Syntax.Span, SymbolDisplay.FormatLiteral(nearest, quote: true), IsCode: true)))];
        context.ReportDiagnostic(Mend.Attach(
            mends, Descriptors.MalformedAnnotation, value.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty,
            $"there is no {(isFeature ? "feature" : "architecture")} {quoted}", remedy));
    }

    private static bool IsArchitecture(string name) => SmArchitecture.TryParse(name.AsSpan(), out SmArchitecture architecture) && ArchitectureCatalog.IsKnown(architecture);

    private static IEnumerable<string> Architectures() => ArchitectureCatalog.All
        .SelectMany(info => new[] { ArchitectureVariant.Baseline, ArchitectureVariant.FamilySpecific, ArchitectureVariant.ArchitectureSpecific }.Select(info.Architecture.With))
        .Where(ArchitectureCatalog.IsKnown)
        .Select(architecture => architecture.RealName);
}
