using System.Xml.Linq;

namespace Gateway.Conventions.Tests.Projects;

/// <summary>A project file as far as its edges go.</summary>
public sealed record ProjectFile(string Path, XElement Root)
{
    public static ProjectFile Parse(string path, string text) => new(path, XElement.Parse(text));

    /// <summary>The project of that name under src.</summary>
    public static ProjectFile InSource(string name)
    {
        var path = $"src/{name}/{name}.csproj";
        return Parse(path, Repository.Text(path));
    }

    public string Sdk => Root.Attribute("Sdk")?.Value ?? "";

    /// <summary>Names of the projects it references.</summary>
    public IEnumerable<string> Projects =>
        Includes("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public IEnumerable<string> Packages => Includes("PackageReference");

    public IEnumerable<string> Frameworks => Includes("FrameworkReference");

    /// <summary>Namespaces that every file of the project uses.</summary>
    public IEnumerable<string> Usings => Includes("Using");

    private IEnumerable<string> Includes(string item) =>
        Root.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
