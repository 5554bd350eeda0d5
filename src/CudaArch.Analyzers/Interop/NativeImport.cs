using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Interop;

/// <summary>The native function behind a method: <c>DllImport</c>, in source or in a referenced assembly, or <c>LibraryImport</c>.</summary>
/// <param name="Library">The library's name as written.</param>
/// <param name="EntryPoint">The exported name.</param>
internal readonly record struct NativeImport(string Library, string EntryPoint)
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, object> Assemblies = new();

    /// <summary>The import that a method declares; null when it declares none.</summary>
    public static NativeImport? Of(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (!MayDeclare(method))
        {
            return null;
        }

        if (method.GetDllImportData() is { } data)
        {
            return new(data.ModuleName ?? "", data.EntryPointName ?? method.Name);
        }

        return OfLibraryImport(method.PartialDefinitionPart ?? method);
    }

    /// <summary>Whether code stands inside the implementation of an import, which is no use of it: the generated half of a <c>LibraryImport</c>.</summary>
    public static bool IsImplementedBy(ISymbol? symbol)
    {
        for (; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (symbol is IMethodSymbol method && MayDeclare(method) && OfLibraryImport(method.PartialDefinitionPart ?? method) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a method is of the form that an import has: attributes are bound only where they can stand. In source, an import is extern or partial.</summary>
    public static bool MayDeclare(IMethodSymbol method) => method.IsStatic
        && (method.IsExtern || method.IsPartialDefinition || method.PartialDefinitionPart is not null || (method.DeclaringSyntaxReferences.IsEmpty && HasImports(method.ContainingAssembly)));

    // What the generator makes of an import imports, too: without a native module an assembly has none. Most assemblies have none.
    private static bool HasImports(IAssemblySymbol? assembly)
    {
        if (assembly is null)
        {
            return false;
        }

        object known = Assemblies.GetValue(assembly, static key =>
        {
            try
            {
                return key.GetMetadata() is not { } metadata || metadata.GetModules().Any(module => module.GetMetadataReader().GetTableRowCount(TableIndex.ModuleRef) > 0);
            }
            catch (BadImageFormatException)
            {
                return true;
            }
        });
        return (bool)known;
    }

    private static NativeImport? OfLibraryImport(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "LibraryImportAttribute", ContainingNamespace: { Name: "InteropServices" } })
            {
                continue;
            }

            string entryPoint = method.Name;
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument.Key == "EntryPoint" && argument.Value.Value is string { Length: > 0 } name)
                {
                    entryPoint = name;
                }
            }

            return new(attribute.ConstructorArguments is [{ Value: string library }, ..] ? library : "", entryPoint);
        }

        return null;
    }
}
