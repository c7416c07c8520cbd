using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Conventions.Tests;

/// <summary>A C# file, parsed.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Root">Its syntax.</param>
public sealed record SourceFile(string Path, string Text, CompilationUnitSyntax Root)
{
    public static SourceFile Parse(string path, string text)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        return new(path, text, CSharpSyntaxTree.ParseText(text, options).GetCompilationUnitRoot());
    }

    /// <summary>The file's name up to its first dot: <c>Log.Dispatch.cs</c> is a part of <c>Log</c>.</summary>
    public string Name => System.IO.Path.GetFileName(Path).Split('.')[0];

    public int Lines => Text.Length == 0 ? 0 : Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    /// <summary>Types and delegates that no other type encloses.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes =>
        AllTypes.Where(type => type.Ancestors().All(outer => outer is not BaseTypeDeclarationSyntax));

    public IEnumerable<MemberDeclarationSyntax> AllTypes =>
        Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.ValueText,
        DelegateDeclarationSyntax declared => declared.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Where a node is, as <c>path:line</c>.</summary>
    public string Place(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
