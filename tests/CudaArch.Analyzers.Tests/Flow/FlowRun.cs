using CudaArch.Analyzers.Flow;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace CudaArch.Analyzers.Tests.Flow;

/// <summary>Which calls of <c>Use("label")</c> run on a device.</summary>
internal static class FlowRun
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "System.Collections.dll" or "System.Linq.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What tests share: a device as bindings show it, and <c>Use</c>.</summary>
    private const string Prelude = """
        #nullable disable
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;
        using System.Linq;
        using System.Runtime.InteropServices;
        using CudaArch.Annotations;

        public class CudaDeviceProperties
        {
            public Version ComputeCapability => throw null;
            public int ComputeCapabilityMajor => Read(75);
            public int ComputeCapabilityMinor => Read(76);
            public Version DriverVersion => throw null;
            public extern int Read(int attribute);
        }
        public struct cudaDeviceProp { public int major; public int minor; public int sharedMemPerBlockOptin; }
        public enum CUdevice_attribute { ComputeCapabilityMajor = 75, ComputeCapabilityMinor = 76 }
        public enum CUresult { Success }
        public static unsafe class Driver
        {
            [DllImport("nvcuda")] public static extern CUresult cuDeviceGetAttribute(out int value, int attribute, int device);
            [DllImport("nvcuda", EntryPoint = "cuDeviceGetAttribute")] public static extern CUresult Attribute(int* value, CUdevice_attribute attribute, int device);
            [DllImport("nvcuda")] public static extern CUresult cuDeviceComputeCapability(out int major, out int minor, int device);
            [DllImport("nvcuda")] public static extern CUresult cuDriverGetVersion(out int version);
            [DllImport("cudart")] public static extern int cudaGetDeviceProperties(out cudaDeviceProp prop, int device);
        }

        """;

    private const string Annotations = """

        namespace CudaArch.Annotations
        {
            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class CudaFeatureGuardAttribute : Attribute { public CudaFeatureGuardAttribute(string feature) { } }
            public static class CudaDevice
            {
                public static bool Supports(string feature) => throw null;
                public static bool Runs(string architecture) => throw null;
                public static int ComputeCapabilityMajor => throw null;
                public static int ComputeCapabilityMinor => throw null;
            }
        }
        """;

    /// <summary>The labels that are reached, in order of the source, separated by blanks.</summary>
    public static string Reached(string members, SmArchitecture device)
    {
        string source = Prelude + (members.Contains("await ", StringComparison.Ordinal) ? "" : "unsafe ") + "partial class C\n{\nprivate static bool Use(string label) => true; static CudaDeviceProperties device; static bool unknown;\n"
            + members + "\n}\n" + Annotations;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, TestSetup.Parse);
        var compilation = CSharpCompilation.Create(
            "flow", [tree], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        SemanticModel model = compilation.GetSemanticModel(tree);
        var flow = new DeviceFlow(new BodyGraphs(compilation), device, CancellationToken.None);
        var bodies = new Dictionary<SyntaxNode, BodyFlow>();
        var labels = new List<string>();
        foreach (InvocationExpressionSyntax call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is IdentifierNameSyntax { Identifier.Text: "Use" } && call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax label }])
            {
                SyntaxNode body = call.Ancestors().First(IsBody);
                if (!bodies.TryGetValue(body, out BodyFlow? run))
                {
                    bodies.Add(body, run = flow.Analyze(ControlFlowGraph.Create(body, model)!));
                }

                Assert.False(run.GaveUp);
                if (run.IsReached(call))
                {
                    labels.Add(label.Token.ValueText);
                }
            }
        }

        return string.Join(" ", labels);
    }

    private static bool IsBody(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
        || (node is ArrowExpressionClauseSyntax && node.Parent is PropertyDeclarationSyntax)
        || (node is EqualsValueClauseSyntax && (node.Parent is PropertyDeclarationSyntax || node.Parent?.Parent?.Parent is FieldDeclarationSyntax));
}
