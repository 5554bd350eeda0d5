using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.Flow;

/// <summary>
/// Whether a member can run at all: the guard may stand around its calls, or around the creation of its object. A member that nobody in the compilation calls is
/// taken to be called from outside.
/// </summary>
internal sealed class Callers(SourceIndex sources, SmArchitecture device, CancellationToken cancellation)
{
    private const int MaximumDepth = 3;

    private readonly HashSet<ISymbol> _asked = new(SymbolEqualityComparer.Default);

    /// <summary>Whether control can come to the body of a member.</summary>
    public bool MayRun(ISymbol member) => MayRun(member, depth: 0);

    /// <summary>The places that call a member, or create its object, with the bodies around them, as far as control comes to them.</summary>
    public IEnumerable<(SyntaxNode Site, BodyFlow Body)> ReachedSites(ISymbol member)
    {
        ISymbol named = member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member;
        ISymbol[] wanted = named is { IsStatic: false, ContainingType: { } type } ? [named, type] : [named];
        return wanted.SelectMany(symbol => Sites(symbol, symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType.Name : symbol.Name))
            .Select(site => (site, BodyAround(site)!))
            .Where(entry => entry.Item2?.IsReached(entry.site) == true);
    }

    /// <summary>The body around a place; null when there is none.</summary>
    public BodyFlow? BodyAround(SyntaxNode site) =>
        BodyGraphs.Around(site) is { } body ? sources.Graphs.Runs.Of(device, body, cancellation) : null;

    private bool MayRun(ISymbol member, int depth)
    {
        ISymbol named = member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member;
        if (depth >= MaximumDepth || !_asked.Add(named))
        {
            return true;
        }

        bool mayRun = !(CallsAreFolded(named, depth) || CreationsAreFolded(named, depth));
        _asked.Remove(named);
        return mayRun;
    }

    // Through an interface or base class a member is called by another name.
    private bool CallsAreFolded(ISymbol member, int depth) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.Constructor, IsVirtual: false, IsOverride: false, IsAbstract: false, ExplicitInterfaceImplementations.IsEmpty: true }
            or IPropertySymbol { IsVirtual: false, IsOverride: false, IsAbstract: false, ExplicitInterfaceImplementations.IsEmpty: true }
        && !ImplementsInterface(member)
        && AllFolded(member, member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? member.ContainingType.Name : member.Name, depth);

    private bool CreationsAreFolded(ISymbol member, int depth) =>
        member is { IsStatic: false, ContainingType: { TypeKind: TypeKind.Class, IsAbstract: false } type } && AllFolded(type, type.Name, depth);

    private bool AllFolded(ISymbol wanted, string name, int depth)
    {
        bool any = false;
        foreach (SyntaxNode site in Sites(wanted, name))
        {
            any = true;
            if (BodyAround(site) is not { } body || (body.IsReached(site) && (OwnerOf(site) is not { } owner || MayRun(owner, depth + 1))))
            {
                return false;
            }
        }

        return any;
    }

    private IEnumerable<SyntaxNode> Sites(ISymbol wanted, string name) => sources.SitesOf(wanted.OriginalDefinition, key => [.. FindSites(key, name)]);

    private IEnumerable<SyntaxNode> FindSites(ISymbol wanted, string name)
    {
        foreach (SyntaxTree tree in sources.FilesThatMayName(name, cancellation))
        {
            foreach (SyntaxNode site in Sites(tree, wanted, name))
            {
                if (!IsOwn(site, wanted))
                {
                    yield return site;
                }
            }
        }
    }

    private IEnumerable<SyntaxNode> Sites(SyntaxTree tree, ISymbol wanted, string name)
    {
        SemanticModel model = sources.Graphs.ModelOf(tree);
        foreach (SyntaxNode node in tree.GetRoot(cancellation).DescendantNodes())
        {
            switch (node)
            {
                case SimpleNameSyntax identifier when identifier.Identifier.ValueText == name && !IsInNameOf(identifier):
                    ISymbol? symbol = model.GetSymbolInfo(identifier, cancellation).Symbol ?? model.GetSymbolInfo(identifier, cancellation).CandidateSymbols.FirstOrDefault();
                    if (IsWanted(symbol, wanted))
                    {
                        // Of a type only its creation counts, and that stands around the name; or a derived type, which may be created anywhere.
                        SyntaxNode? site = wanted is INamedTypeSymbol
                            ? identifier.Parent as BaseTypeSyntax ?? (SyntaxNode?)identifier.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>(creation => creation.Type.Contains(identifier))
                            : identifier;
                        if (site is not null)
                        {
                            yield return site;
                        }
                    }
                    else if (wanted is IMethodSymbol { MethodKind: MethodKind.Constructor } && identifier.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { } creation
                        && creation.Type.Contains(identifier) && IsWanted(model.GetSymbolInfo(creation, cancellation).Symbol, wanted))
                    {
                        yield return creation;
                    }

                    break;

                case ImplicitObjectCreationExpressionSyntax creation when wanted is INamedTypeSymbol or IMethodSymbol { MethodKind: MethodKind.Constructor }:
                    ISymbol? constructor = model.GetSymbolInfo(creation, cancellation).Symbol;
                    if (IsWanted(wanted is INamedTypeSymbol ? constructor?.ContainingType : constructor, wanted))
                    {
                        yield return creation;
                    }

                    break;
            }
        }
    }

    // A member that calls itself is not called by that.
    private bool IsOwn(SyntaxNode site, ISymbol wanted)
    {
        ISymbol? owner = OwnerOf(site);
        return IsWanted(owner, wanted) || IsWanted((owner as IMethodSymbol)?.AssociatedSymbol, wanted);
    }

    private ISymbol? OwnerOf(SyntaxNode site)
    {
        ISymbol? owner = sources.Graphs.ModelOf(site.SyntaxTree).GetEnclosingSymbol(site.SpanStart, cancellation);
        while (owner is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            owner = owner.ContainingSymbol;
        }

        return owner;
    }

    private static bool ImplementsInterface(ISymbol member) =>
        member.ContainingType.AllInterfaces.Any(type => type.GetMembers(member.Name).Any(declared =>
            SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(declared), member)));

    private static bool IsWanted(ISymbol? symbol, ISymbol wanted)
    {
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        return symbol is not null && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, wanted.OriginalDefinition);
    }

    private static bool IsInNameOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };
}
