using System.Collections.Concurrent;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Knows the methods that look up an exported function by its name: <c>NativeLibrary.GetExport</c>, what systems and drivers offer, and helpers that hand the name on.</summary>
internal sealed class ExportLookup
{
    private static readonly HashSet<string> Native = new(StringComparer.Ordinal)
    {
        "dlsym", "GetProcAddress", "cuGetProcAddress", "cuGetProcAddress_v2", "cudaGetDriverEntryPoint", "cudaGetDriverEntryPointByVersion",
    };

    private readonly ConcurrentDictionary<IMethodSymbol, int> _methods = new(SymbolEqualityComparer.Default);

    /// <summary>The position of the parameter that takes the name; -1 when the method looks nothing up.</summary>
    public int NameParameterOf(IMethodSymbol method) => _methods.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, Find);

    private static int Find(IMethodSymbol method)
    {
        bool looksUp = IsNativeLibrary(method) || (NativeImport.Of(method) is { } import && Native.Contains(import.EntryPoint)) || HandsNameOn(method);
        return looksUp ? FirstText(method) : -1;
    }

    private static bool IsNativeLibrary(IMethodSymbol method) =>
        method is { Name: "GetExport" or "TryGetExport", ContainingType: { Name: "NativeLibrary", ContainingNamespace.Name: "InteropServices" } };

    // T Load<T>(string name) => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(handle, name))
    private static bool HandsNameOn(IMethodSymbol method)
    {
        int position = FirstText(method);
        if (position < 0)
        {
            return false;
        }

        foreach (SyntaxReference reference in method.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in reference.GetSyntax().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: var called } call
                    && NameOf(called) is "GetExport" or "TryGetExport" or "dlsym" or "GetProcAddress"
                    && call.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == method.Parameters[position].Name))
                {
                    return true;
                }
            }
        }

        return false;

        static string NameOf(ExpressionSyntax called) => called switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => "",
        };
    }

    private static int FirstText(IMethodSymbol method)
    {
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].Type.SpecialType == SpecialType.System_String)
            {
                return i;
            }
        }

        return -1;
    }
}
