using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Conventions.Tests.Projects;

/// <summary>Versions are written once, exactly. Each scan returns the offenders.</summary>
public static partial class PackageVersions
{
    /// <summary>Versions in a project or props file other than the central one.</summary>
    public static IEnumerable<string> Local(string path, string text) =>
        from reference in XElement.Parse(text).DescendantsAndSelf()
        where reference.Name.LocalName is "PackageReference" or "PackageVersion" or "GlobalPackageReference"
        where reference.Name.LocalName != "PackageReference" || HasVersion(reference)
        select $"{path}: {reference.Attribute("Include")?.Value}";

    /// <summary>Central versions that are missing or leave a choice: ranges and wildcards.</summary>
    public static IEnumerable<string> Floating(string path, string text) =>
        from package in XElement.Parse(text).Descendants("PackageVersion")
        let version = package.Attribute("Version")?.Value ?? ""
        where !Exact().IsMatch(version)
        select $"{path}: {package.Attribute("Include")?.Value} {version}";

    /// <summary>The same for the dependencies in a <c>package.json</c>.</summary>
    public static IEnumerable<string> FloatingNpm(string path, string text)
    {
        using var json = JsonDocument.Parse(text);
        foreach (var section in json.RootElement.EnumerateObject())
        {
            if (section.Name is not ("dependencies" or "devDependencies" or "optionalDependencies"))
                continue;
            foreach (var package in section.Value.EnumerateObject())
            {
                if (!Exact().IsMatch(package.Value.GetString() ?? ""))
                    yield return $"{path}: {package.Name} {package.Value}";
            }
        }
    }

    private static bool HasVersion(XElement reference) =>
        reference.Attributes().Select(attribute => attribute.Name).Concat(reference.Elements().Select(element => element.Name))
            .Any(name => name.LocalName is "Version" or "VersionOverride");

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
