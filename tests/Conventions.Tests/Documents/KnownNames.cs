using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Conventions.Tests.Documents;

/// <summary>What a document may call by name because it exists.</summary>
/// <param name="Ours">Types, <c>Type.Member</c>, namespaces, files, folders and packages of this repository.</param>
/// <param name="Platform">Public types of .NET and of the packages we build on.</param>
public sealed record KnownNames(IReadOnlySet<string> Ours, IReadOnlySet<string> Platform)
{
    private static readonly Lazy<KnownNames> OfThisRepository = new(() => new(CollectOurs(), CollectPlatform()));

    public static KnownNames Here => OfThisRepository.Value;

    /// <summary>Whether the name is ours, or <c>Type.Member</c> of the platform, or a platform type of several humps: for most single words
    /// the platform has a type.</summary>
    public bool Contains(string name)
    {
        if (Ours.Contains(name))
            return true;
        var parts = name.Split('.');
        return Platform.Contains(parts[0]) && (parts.Length == 2 || (parts.Length == 1 && parts[0].Skip(1).Any(char.IsUpper)));
    }

    private static HashSet<string> CollectOurs()
    {
        HashSet<string> names = [.. Repository.Sources.SelectMany(NamesIn)];
        foreach (var path in Repository.Files)
        {
            names.UnionWith(path.Split('/'));
            names.Add(Path.GetFileNameWithoutExtension(path));
        }
        var packages = XElement.Parse(Repository.Text("Directory.Packages.props")).Descendants("PackageVersion");
        names.UnionWith(packages.Select(package => package.Attribute("Include")!.Value));
        return names;
    }

    private static IEnumerable<string> NamesIn(SourceFile source)
    {
        foreach (var space in source.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
            yield return space.Name.ToString();
        foreach (var type in source.AllTypes)
        {
            var name = SourceFile.NameOf(type);
            yield return name;
            foreach (var member in type.ChildNodes().SelectMany(MembersOf))
                yield return $"{name}.{member}";
        }
    }

    private static IEnumerable<string> MembersOf(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        EnumMemberDeclarationSyntax member => [member.Identifier.ValueText],
        EventDeclarationSyntax member => [member.Identifier.ValueText],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        ParameterListSyntax list => list.Parameters.Select(parameter => parameter.Identifier.ValueText),
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        _ => [],
    };

    private static HashSet<string> CollectPlatform()
    {
        var paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. paths.Where(path => !Path.GetFileName(path).StartsWith("Gateway", StringComparison.Ordinal)).SelectMany(PublicTypes)];
    }

    private static List<string> PublicTypes(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var names = new List<string>();
        if (!file.HasMetadata)
            return names;
        var metadata = file.GetMetadataReader();
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if ((type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
                names.Add(metadata.GetString(type.Name).Split('`')[0]);
        }
        return names;
    }
}
