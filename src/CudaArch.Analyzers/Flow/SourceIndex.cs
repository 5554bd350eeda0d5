using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Flow;

/// <summary>Finds where a variable is read: by its symbol in the file under analysis, by its name in the others. The answers for other files are kept.</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="graphs">Its bodies.</param>
internal sealed class SourceIndex(Compilation compilation, BodyGraphs graphs)
{
    private const uint EmptyHash = 2166136261;

    private readonly ConcurrentDictionary<(SyntaxTree, string), SyntaxNode[]> _byName = new();

    private readonly ConcurrentDictionary<SyntaxTree, HashSet<uint>> _words = new();

    private readonly ConcurrentDictionary<ISymbol, SyntaxNode[]> _sites = new(SymbolEqualityComparer.Default);

    /// <summary>The bodies of the compilation.</summary>
    public BodyGraphs Graphs => graphs;

    /// <summary>The files of the compilation in which a word may stand: where it is sure not to, nothing has to be bound.</summary>
    public IEnumerable<SyntaxTree> FilesThatMayName(string word, CancellationToken cancellation) => compilation.SyntaxTrees.Where(tree => MayName(tree, word, cancellation));

    /// <summary>The places that call a member or create an object of a type, as they were found before, or else as they are found now.</summary>
    public SyntaxNode[] SitesOf(ISymbol member, Func<ISymbol, SyntaxNode[]> find) => _sites.TryGetValue(member, out SyntaxNode[]? known) ? known : _sites.GetOrAdd(member, find(member));

    /// <summary>The expressions that read a variable. Its declaration, what is written to it and <c>nameof</c> do not count.</summary>
    public IEnumerable<SyntaxNode> UsesOf(ISymbol variable, SyntaxNode declaration, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode? scope = ScopeOf(variable, declaration);
        if (scope is not null)
        {
            foreach (SyntaxNode use in Named(scope, variable.Name))
            {
                if (IsRead(use) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol?.OriginalDefinition, variable.OriginalDefinition))
                {
                    yield return use;
                }
            }
        }

        if (variable is ILocalSymbol or IParameterSymbol)
        {
            yield break;
        }

        foreach (SyntaxTree tree in OtherTrees(variable, model.SyntaxTree))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (SyntaxNode use in _byName.GetOrAdd((tree, variable.Name), key => Find(key.Item1, key.Item2, cancellation)))
            {
                yield return use;
            }
        }
    }

    // A private member is read by its type only, which may be spread over files.
    private IEnumerable<SyntaxTree> OtherTrees(ISymbol variable, SyntaxTree here)
    {
        IEnumerable<SyntaxTree> trees = variable.DeclaredAccessibility == Accessibility.Private
            ? variable.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct()
            : compilation.SyntaxTrees;
        return trees.Where(tree => tree != here);
    }

    private static SyntaxNode? ScopeOf(ISymbol variable, SyntaxNode declaration)
    {
        bool isLocal = variable is ILocalSymbol or IParameterSymbol;
        if (isLocal)
        {
            return declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? declaration.SyntaxTree.GetRoot();
        }

        // The outermost type, for nested types see private members, too.
        return variable.DeclaredAccessibility == Accessibility.Private
            ? declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault()
            : declaration.SyntaxTree.GetRoot();
    }

    private SyntaxNode[] Find(SyntaxTree tree, string name, CancellationToken cancellation) =>
        MayName(tree, name, cancellation) ? [.. Named(tree.GetRoot(cancellation), name).Where(IsRead)] : [];

    // Most files do not have the word: the words of each file are read once. What a letter is beyond ASCII is left to the compiler.
    private bool MayName(SyntaxTree tree, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return name.Any(c => c >= 128) || _words.GetOrAdd(tree, key => WordsOf(key, cancellation)).Contains(HashOf(name));
    }

    // The hashes of all words of a file.
    private static HashSet<uint> WordsOf(SyntaxTree tree, CancellationToken cancellation)
    {
        var words = new HashSet<uint>();
        SourceText text = tree.GetText(cancellation);
        char[] buffer = new char[4096];
        uint hash = EmptyHash;
        bool inWord = false;
        for (int start = 0; start < text.Length; start += buffer.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(buffer.Length, text.Length - start);
            text.CopyTo(start, buffer, 0, count);
            for (int i = 0; i < count; i++)
            {
                if (char.IsLetterOrDigit(buffer[i]) || buffer[i] == '_')
                {
                    hash = Mix(hash, buffer[i]);
                    inWord = true;
                }
                else if (inWord)
                {
                    words.Add(hash);
                    hash = EmptyHash;
                    inWord = false;
                }
            }
        }

        words.Add(hash);
        return words;
    }

    private static uint HashOf(string word) => word.Aggregate(EmptyHash, Mix);

    // FNV-1a.
    private static uint Mix(uint hash, char c) => unchecked((hash ^ c) * 16777619);

    private static IEnumerable<SyntaxNode> Named(SyntaxNode scope, string name)
    {
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name)
            {
                yield return identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier ? access : identifier;
            }
        }
    }

    private static bool IsRead(SyntaxNode use) => use.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left != use,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => false,
        NameColonSyntax or NameEqualsSyntax => false,
        TypeSyntax => false,
        _ => true,
    };
}
