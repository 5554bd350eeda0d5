using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.CodeFixes.Guards;

/// <summary>The member that an attribute about a use is written on.</summary>
internal static class MemberAround
{
    /// <summary>The method, constructor, property, indexer, operator or field around a use; null in top-level statements.</summary>
    public static MemberDeclarationSyntax? Of(SyntaxNode use) => use.FirstAncestorOrSelf<MemberDeclarationSyntax>(member =>
        member is MethodDeclarationSyntax or ConstructorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or OperatorDeclarationSyntax or FieldDeclarationSyntax);
}
