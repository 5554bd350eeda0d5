using System.Collections.Immutable;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Catalog;

/// <summary>
/// The built-in catalog with the user's lines over it. Of the lines that select a native name, the user's go before ours, an exact name before a pattern, and among
/// patterns one that says <c>none</c> before the others.
/// </summary>
internal sealed class SymbolCatalog
{
    private readonly ImmutableArray<SymbolLine> _user;
    private readonly Dictionary<string, SymbolLine> _constants = new(StringComparer.Ordinal);
    // By the member's own name: most assignments are to other names.
    private readonly Dictionary<string, List<SymbolLine>> _assignments = new(StringComparer.OrdinalIgnoreCase);
    // The members' own names: an id is made only of a symbol that has one of them.
    private readonly HashSet<string> _memberNames = new(StringComparer.Ordinal);

    // A member may have several lines, each for other versions.
    private readonly Dictionary<string, List<SymbolLine>> _documentation = new(StringComparer.Ordinal);

    public SymbolCatalog(ImmutableArray<SymbolLine> user)
    {
        _user = user;
        foreach (SymbolLine line in SymbolFile.BuiltIn.Lines.Concat(user))
        {
            if (line.Kind == SelectorKind.Constant)
            {
                _constants[Normalize(line.Name.Text)] = line;
            }
            else if (line.Kind == SelectorKind.Documentation)
            {
                if (!_documentation.TryGetValue(line.Name.Text, out List<SymbolLine>? lines))
                {
                    _documentation.Add(line.Name.Text, lines = []);
                }

                lines.Add(line);
                _memberNames.Add(OwnName(line.Name.Text));
            }
        }

        NamesMembers = _documentation.Keys.Any(id => id[0] != 'M' || id.Contains("#ctor"));
        AddAssignments(user);
        AddAssignments(SymbolFile.BuiltIn.Lines);
    }

    /// <summary>Whether any line is about a type or member of .NET that is no method: then more than calls must be looked at.</summary>
    public bool NamesMembers { get; }

    /// <summary>The catalog for a compilation.</summary>
    public static SymbolCatalog Read(AnalyzerOptions options, CancellationToken cancellation)
    {
        var user = ImmutableArray.CreateBuilder<SymbolLine>();
        foreach (AdditionalText file in options.AdditionalFiles)
        {
            if (SymbolFile.IsCatalog(file) && file.GetText(cancellation) is { } text)
            {
                user.AddRange(SymbolFile.Of(text).Lines);
            }
        }

        return new(user.ToImmutable());
    }

    /// <summary>The lines that apply to a native function: at most one for the function itself, and those for calls with certain arguments.</summary>
    public ImmutableArray<SymbolLine> OfImport(NativeImport import)
    {
        SymbolLine[] user = [.. Selecting(_user, import)];
        SymbolLine[] lines = user.Length > 0 ? user : [.. Selecting(SymbolFile.BuiltIn.Lines, import)];
        SymbolLine? entry = lines.Where(line => line.Kind == SelectorKind.Entry).OrderByDescending(Rank).FirstOrDefault();
        IEnumerable<SymbolLine> calls = lines.Where(line => line is { Kind: SelectorKind.Call, Feature: not null });
        return (entry is { Feature: not null } ? calls.Prepend(entry) : calls).ToImmutableArray();
    }

    /// <summary>The line for an enum member or constant, by its name or by those of its type and itself; null when there is none.</summary>
    public SymbolLine? OfConstant(IFieldSymbol field)
    {
        string member = Normalize(field.Name);
        if (_constants.TryGetValue(member, out SymbolLine? line))
        {
            return line;
        }

        // CublasLtMatmulMatrixScale.Vec128_32F, cudnnDataType_t.Fp4E2M1.
        string type = Normalize(field.ContainingType?.Name ?? "");
        foreach (string ending in new[] { "", "t", "type", "typet" })
        {
            if (type.EndsWith(ending, StringComparison.Ordinal) && _constants.TryGetValue(type.Substring(0, type.Length - ending.Length) + member, out line))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>Whether a line may be about what a member is set to, by its name alone.</summary>
    public bool SetsMember(ISymbol member) => _assignments.ContainsKey(member.Name);

    /// <summary>The lines for what a member is set to: a field, a property, or a method whose first argument sets it.</summary>
    public IEnumerable<SymbolLine> OfAssignment(ISymbol member)
    {
        if (!_assignments.TryGetValue(member.Name, out List<SymbolLine>? lines))
        {
            return [];
        }

        string type = Normalize(member.ContainingType?.Name ?? "");
        return lines.Where(line => line.Feature is not null && IsOf(line, type));
    }

    /// <summary>Whether a line may be about a type or member of .NET, by its name alone.</summary>
    public bool Documents(ISymbol symbol) => _memberNames.Contains(symbol is IPropertySymbol { IsIndexer: true } ? symbol.MetadataName : symbol.Name);

    /// <summary>The line for a type or member by its documentation id, the last that is for its version; null when there is none.</summary>
    public SymbolLine? OfDocumentationId(ISymbol symbol) =>
        Documents(symbol) && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id && _documentation.TryGetValue(id, out List<SymbolLine>? lines)
            ? lines.FindLast(line => line.Versions is null || line.Versions.Includes(symbol.OriginalDefinition))
            : null;

    // A user's line for a member goes before all of ours for it.
    private void AddAssignments(ImmutableArray<SymbolLine> lines)
    {
        Dictionary<string, List<SymbolLine>> known = _assignments.ToDictionary(entry => entry.Key, entry => entry.Value.ToList(), StringComparer.OrdinalIgnoreCase);
        foreach (SymbolLine line in lines)
        {
            if (line.Kind != SelectorKind.Assignment)
            {
                continue;
            }

            string name = line.Name.Text.Substring(line.Name.Text.LastIndexOf('.') + 1);
            if (known.TryGetValue(name, out List<SymbolLine>? before) && before.Exists(other => other.Name.Text == line.Name.Text))
            {
                continue;
            }

            if (!_assignments.TryGetValue(name, out List<SymbolLine>? list))
            {
                _assignments.Add(name, list = []);
            }

            list.Add(line);
        }
    }

    // CUlaunchConfig, CUlaunchConfig_st, cudaLaunchConfig_t.
    private static bool IsOf(SymbolLine line, string type)
    {
        string wanted = Normalize(line.Name.Text.Substring(0, line.Name.Text.IndexOf('.')));
        return type.StartsWith(wanted, StringComparison.Ordinal) && type.Substring(wanted.Length) is "" or "t" or "st" or "v1" or "v2";
    }

    // Run of M:Contoso.Engine`1.Run``1(System.Int32), .ctor of M:Contoso.Engine.#ctor.
    private static string OwnName(string id)
    {
        int end = id.IndexOf('(');
        string path = end < 0 ? id : id.Substring(0, end);
        path = path.Substring(Math.Max(path.LastIndexOf('.'), path.IndexOf(':')) + 1);
        int arity = path.IndexOf('`');
        return (arity < 0 ? path : path.Substring(0, arity)).Replace('#', '.');
    }

    private static IEnumerable<SymbolLine> Selecting(ImmutableArray<SymbolLine> lines, NativeImport import) =>
        lines.Where(line => line.IsNative && line.Selects(import.Library, import.EntryPoint));

    private static int Rank(SymbolLine line) => line.Name.IsExact ? 2 : line.Feature is null ? 1 : 0;

    // CUBLASLT_MATMUL_MATRIX_SCALE_VEC128_32F is CublasLtMatmulMatrixScale.Vec128_32F in a binding that follows .NET's style.
    private static string Normalize(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
