using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>What a call is called: method and type, of an import the native function. From the symbol where there is one, else as it is written.</summary>
internal readonly struct CallName
{
    private CallName(string method, string type)
    {
        Method = method;
        Type = type;
    }

    /// <summary>The method, or the native function behind it.</summary>
    public string Method { get; }

    /// <summary>The type that has the method; for an extension the type that it extends, too.</summary>
    public string Type { get; }

    /// <summary>Reads a call or an object creation.</summary>
    public static CallName Of(SyntaxNode call, SemanticModel model, CancellationToken cancellation)
    {
        SymbolInfo info = model.GetSymbolInfo(call, cancellation);
        ISymbol? symbol = info.Symbol ?? (info.CandidateSymbols.IsEmpty ? null : info.CandidateSymbols[0]);
        if (symbol is IMethodSymbol method)
        {
            string type = method.ContainingType?.Name ?? "";
            if (method.ReducedFrom is not null && method.ReceiverType is { } receiver)
            {
                type += "." + receiver.Name;
            }

            return new(method.MethodKind == MethodKind.Constructor ? "new" : NativeName(method) ?? method.Name, type);
        }

        return call switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => new(TextShapes.NameOf(access.Name), TextShapes.NameOf(access.Expression)),
            InvocationExpressionSyntax invocation => new(TextShapes.NameOf(invocation), ""),
            ObjectCreationExpressionSyntax creation => new("new", TextShapes.NameOf(creation.Type)),
            _ => new("", ""),
        };
    }

    private static string? NativeName(IMethodSymbol method)
    {
        if (method.GetDllImportData() is { } import)
        {
            return import.EntryPointName ?? method.Name;
        }

        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "LibraryImportAttribute")
            {
                foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
                {
                    if (argument is { Key: "EntryPoint", Value.Value: string name })
                    {
                        return name;
                    }
                }
            }
        }

        return null;
    }
}
