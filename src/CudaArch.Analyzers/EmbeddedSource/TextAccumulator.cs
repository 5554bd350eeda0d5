using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>
/// A builder, writer, list or string to which text is added piece by piece: <c>builder.AppendLine(…)</c>, <c>options.Add(…)</c>, <c>text += …</c>. Its text is all that
/// one member (for a field, one type) adds to it, in the order of the file.
/// </summary>
internal sealed class TextAccumulator
{
    private readonly SyntaxNode _first;
    private readonly SyntaxNode _scope;
    private readonly ISymbol? _symbol;
    private readonly SyntaxNode? _anonymous;
    private readonly string _path;
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;

    private TextAccumulator(SyntaxNode first, SyntaxNode scope, ISymbol? symbol, SyntaxNode? anonymous, string path, SemanticModel model, CancellationToken cancellation)
    {
        _first = first;
        _scope = scope;
        _symbol = symbol;
        _anonymous = anonymous;
        _path = path;
        _model = model;
        _cancellation = cancellation;
    }

    /// <summary>What tells one accumulator from another.</summary>
    public (object, string) Key => (_anonymous ?? _symbol ?? (object)_scope, _path);

    /// <summary>The accumulator to which a call, a <c>+=</c> or a declaration adds; null when it is none.</summary>
    public static TextAccumulator? Of(SyntaxNode addition, SemanticModel model, CancellationToken cancellation)
    {
        if (addition is VariableDeclaratorSyntax declarator)
        {
            // A variable to which nothing is added is no accumulator.
            // In broken code a declarator may declare nothing.
            TextAccumulator? variable = model.GetDeclaredSymbol(declarator, cancellation) is { } declared
                ? At(declarator, SyntaxFactory.IdentifierName(declarator.Identifier), declared, model, cancellation)
                : null;
            return variable is not null && variable.Additions(out bool adds).Count > 0 && adds ? variable : null;
        }

        return TargetOf(addition) is { } target ? At(addition, target, symbol: null, model, cancellation) : null;
    }

    /// <summary>Reads all that is added.</summary>
    public TextUnit Read(TextComposer composer)
    {
        var parts = new List<TextFragments>();
        foreach ((_, ExpressionSyntax? text, bool endsLine) in Additions(out _))
        {
            if (text is not null)
            {
                parts.Add(composer.Compose(text));
            }

            if (endsLine)
            {
                parts.Add(TextFragments.Of(new TextPiece("\n", null, _scope)));
            }
        }

        return new TextUnit(_first, TextFragments.Sequence(parts, "", _scope), _symbol);
    }

    private static TextAccumulator? At(SyntaxNode addition, ExpressionSyntax target, ISymbol? symbol, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode? member = addition.FirstAncestorOrSelf<SyntaxNode>(IsMember);
        if (member is null)
        {
            return null;
        }

        if (target is BaseObjectCreationExpressionSyntax)
        {
            return new(addition, member, null, target, "", model, cancellation);
        }

        ExpressionSyntax start = StartOf(target);
        symbol ??= start is IdentifierNameSyntax ? model.GetSymbolInfo(start, cancellation).Symbol : null;
        SyntaxNode scope = symbol is IFieldSymbol or IPropertySymbol && addition.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? type : member;
        return symbol is ITypeSymbol or INamespaceSymbol ? null : new(addition, scope, symbol, null, PathOf(target), model, cancellation);
    }

    // What is added, in order: the value that the variable starts with, then each addition.
    private List<(int Position, ExpressionSyntax? Text, bool EndsLine)> Additions(out bool adds)
    {
        adds = false;
        var found = new List<(int Position, ExpressionSyntax? Text, bool EndsLine)>();
        foreach (SyntaxNode node in _scope.DescendantNodes())
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (node)
            {
                case InvocationExpressionSyntax invocation when IsAddition(invocation, out bool endsLine) && IsTarget(TargetOf(invocation)):
                    SyntaxNode place = invocation.Expression is MemberAccessExpressionSyntax access ? access.Name : invocation;
                    found.Add((place.SpanStart, AddedText(invocation), endsLine));
                    adds = true;
                    break;
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment when IsTarget(assignment.Left):
                    found.Add((assignment.SpanStart, assignment.Right, false));
                    adds = true;
                    break;
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: BaseObjectCreationExpressionSyntax or CollectionExpressionSyntax } assignment when
                    IsTarget(assignment.Left):
                    AddValue(found, assignment.SpanStart, assignment.Right);
                    break;
                case VariableDeclaratorSyntax { Initializer.Value: { } value } declarator when
                    declarator.Identifier.ValueText == _path && _symbol is not null && SymbolEqualityComparer.Default.Equals(_model.GetDeclaredSymbol(declarator, _cancellation), _symbol):
                    AddValue(found, declarator.SpanStart, value);
                    break;
                default:
                    if (node == _anonymous)
                    {
                        AddValue(found, node.SpanStart, (ExpressionSyntax)node);
                    }

                    break;
            }
        }

        found.Sort((left, right) => left.Position.CompareTo(right.Position));
        return found;
    }

    private static void AddValue(List<(int, ExpressionSyntax?, bool)> found, int position, ExpressionSyntax value)
    {
        // var text = new StringBuilder().AppendLine("…"): the calls of the chain are found for themselves.
        while (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call && IsAddition(call, out _))
        {
            value = access.Expression;
        }

        if (value is not BaseObjectCreationExpressionSyntax creation)
        {
            found.Add((position, value, TextShapes.ElementsOf(value) is not null));
        }
        else if (TextShapes.ElementsOf(creation) is not null || creation.ArgumentList?.Arguments is [{ Expression: LiteralExpressionSyntax { RawKind: not (int)SyntaxKind.NumericLiteralExpression } }])
        {
            found.Add((position, value, TextShapes.ElementsOf(value) is not null));
        }
    }

    private static ExpressionSyntax? AddedText(InvocationExpressionSyntax invocation)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = invocation.ArgumentList.Arguments;
        return arguments.Count == 0 ? null : arguments[0].Expression;
    }

    private static bool IsAddition(InvocationExpressionSyntax invocation, out bool endsLine)
    {
        endsLine = false;
        int count = invocation.ArgumentList.Arguments.Count;
        string name = TextShapes.NameOf(invocation.Expression);
        return TextShapes.AddsText(name, out endsLine) && (count <= 1 || name is "AppendFormat" or "Append" or "Write" or "WriteLine");
    }

    // The variable that a call of a chain adds to: builder of builder.Append(…).AppendLine(…).
    private static ExpressionSyntax? TargetOf(SyntaxNode addition)
    {
        switch (addition)
        {
            case AssignmentExpressionSyntax assignment:
                return assignment.Left;
            case InvocationExpressionSyntax invocation when IsAddition(invocation, out _):
                // An emitter's own helper, EmitLine("…"), stands for what it writes to.
                ExpressionSyntax? target = invocation.Expression is IdentifierNameSyntax ? invocation.Expression : (invocation.Expression as MemberAccessExpressionSyntax)?.Expression;
                while (target is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner } call && IsAddition(call, out _))
                {
                    target = inner.Expression;
                }

                return target;
            default:
                return null;
        }
    }

    private bool IsTarget(ExpressionSyntax? target)
    {
        if (target is null)
        {
            return false;
        }

        if (_anonymous is not null)
        {
            return target == _anonymous;
        }

        if (PathOf(target) != _path)
        {
            return false;
        }

        ExpressionSyntax start = StartOf(target);
        return _symbol is null || SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(start, _cancellation).Symbol, _symbol);
    }

    private static ExpressionSyntax StartOf(ExpressionSyntax target)
    {
        while (target is MemberAccessExpressionSyntax { Expression: { } inner })
        {
            if (inner is ThisExpressionSyntax or BaseExpressionSyntax)
            {
                return ((MemberAccessExpressionSyntax)target).Name;
            }

            target = inner;
        }

        return target;
    }

    // The names of an access path, without this.
    private static string PathOf(ExpressionSyntax target)
    {
        string path = "";
        while (target is MemberAccessExpressionSyntax access)
        {
            path = path.Length == 0 ? access.Name.Identifier.ValueText : access.Name.Identifier.ValueText + "." + path;
            target = access.Expression;
        }

        return target is IdentifierNameSyntax name ? (path.Length == 0 ? name.Identifier.ValueText : name.Identifier.ValueText + "." + path) : path;
    }

    private static bool IsMember(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax or
        CompilationUnitSyntax;
}
