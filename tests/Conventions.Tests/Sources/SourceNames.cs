using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Conventions.Tests.Sources;

/// <summary>What types, files and namespaces may be called. Each scan returns the offenders.</summary>
public static partial class SourceNames
{
    private static readonly HashSet<string> Banned =
    [
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities",
        "Common", "Base", "Impl", "Info", "Data", "Processor", "Processors",
    ];

    public static IEnumerable<string> BannedWords(SourceFile source) =>
        from type in source.AllTypes
        let name = SourceFile.NameOf(type)
        let word = Words().Matches(name).Select(match => match.Value).FirstOrDefault(Banned.Contains)
        where word is not null
        select $"{source.Place(type)}: {name} ({word})";

    /// <summary>A file bears the name of the first type in it; a file without types may be called anything.</summary>
    public static IEnumerable<string> MisnamedFile(SourceFile source)
    {
        var first = source.TopLevelTypes.Select(SourceFile.NameOf).FirstOrDefault();
        return first is null || first == source.Name || IsEntryPoint(source) ? [] : [$"{source.Path}: its first type is {first}"];
    }

    /// <summary>Namespaces follow folders beneath the project's root namespace.</summary>
    /// <param name="source">The file.</param>
    /// <param name="project">Path of its project file.</param>
    public static IEnumerable<string> StrayNamespace(SourceFile source, string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var root = name is "Gateway" or "Gateway.Tests" ? name : "Gateway." + name;
        var folder = Path.GetRelativePath(Path.GetDirectoryName(project)!, Path.GetDirectoryName(source.Path)!).Replace('\\', '/');
        var expected = folder == "." ? root : $"{root}.{folder.Replace('/', '.')}";
        var spaces = source.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>();
        foreach (var declared in spaces.Select(space => space.Name.ToString()))
        {
            if (declared != expected)
                yield return $"{source.Path}: {declared}, expected {expected}";
        }
        if (source.TopLevelTypes.Any(type => type.Parent is CompilationUnitSyntax) && !IsEntryPoint(source))
            yield return $"{source.Path}: no namespace, expected {expected}";
    }

    private static bool IsEntryPoint(SourceFile source) => source.Root.Members.Any(member => member is GlobalStatementSyntax);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")]
    private static partial Regex Words();
}
