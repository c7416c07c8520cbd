using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Conventions.Tests.Sources;

/// <summary>How long and how wide code may be. Each scan returns the offenders, with place and size.</summary>
public static class SourceShape
{
    public static IEnumerable<string> TooLong(SourceFile source, int limit) =>
        source.Lines > limit ? [$"{source.Path}: {source.Lines} lines"] : [];

    public static IEnumerable<string> TooManyTypes(SourceFile source, int limit)
    {
        string[] names = [.. source.TopLevelTypes.Select(SourceFile.NameOf).Distinct()];
        return names.Length > limit ? [$"{source.Path}: {names.Length} top-level types ({string.Join(", ", names)})"] : [];
    }

    /// <summary>Methods, constructors, operators, accessors and local functions, from the signature (attributes apart) to the closing
    /// brace.</summary>
    public static IEnumerable<string> LongMethods(SourceFile source, int limit)
    {
        foreach (var node in source.Root.DescendantNodes())
        {
            if (node is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax))
                continue;
            var signature = node.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList));
            var first = signature.GetLocation()!.GetLineSpan().StartLinePosition.Line;
            var lines = node.GetLocation().GetLineSpan().EndLinePosition.Line - first + 1;
            if (lines > limit)
                yield return $"{source.Path}:{first + 1}: {NameOf(node)} has {lines} lines";
        }
    }

    /// <summary>Constructors of classes and structs, primary ones included. A record's primary constructor is its list of fields, hence
    /// exempt.</summary>
    public static IEnumerable<string> WideConstructors(SourceFile source, int limit)
    {
        foreach (var node in source.Root.DescendantNodes())
        {
            var parameters = node switch
            {
                ConstructorDeclarationSyntax constructor => constructor.ParameterList,
                ClassDeclarationSyntax type => type.ParameterList,
                StructDeclarationSyntax type => type.ParameterList,
                _ => null,
            };
            if (parameters?.Parameters.Count > limit)
                yield return $"{source.Place(node)}: {NameOf(node)} takes {parameters.Parameters.Count} parameters";
        }
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        _ => node.Kind().ToString(),
    };
}
