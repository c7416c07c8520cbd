namespace Gateway.Conventions.Tests.Projects;

public sealed class PackageVersionsTests
{
    private const string Central = "Directory.Packages.props";

    [Fact]
    public void Package_versions_are_written_in_one_file_only() =>
        Rule.Holds(
            $"package versions stand in {Central} and nowhere else",
            FilesEndingIn(".csproj", ".props", ".targets").Where(path => path != Central)
                .SelectMany(path => PackageVersions.Local(path, Repository.Text(path))));

    [Fact]
    public void Package_versions_are_exact() =>
        Rule.Holds(
            "no package version floats: a range or a wildcard builds something else tomorrow",
            PackageVersions.Floating(Central, Repository.Text(Central)));

    [Fact]
    public void Npm_versions_are_exact() =>
        Rule.Holds(
            "no version in a package.json floats",
            FilesEndingIn("/package.json").SelectMany(path => PackageVersions.FloatingNpm(path, Repository.Text(path))));

    [Theory]
    [InlineData("""<P><PackageReference Include="A" Version="1.0" /></P>""")]
    [InlineData("""<P><PackageReference Include="A" VersionOverride="1.0" /></P>""")]
    [InlineData("""<P><PackageReference Include="A"><Version>1.0</Version></PackageReference></P>""")]
    [InlineData("""<P><PackageVersion Include="A" Version="1.0" /></P>""")]
    public void A_version_elsewhere_is_an_offender(string text) => Assert.Equal(["a.csproj: A"], PackageVersions.Local("a.csproj", text));

    [Fact]
    public void A_reference_without_a_version_is_none() =>
        Assert.Empty(PackageVersions.Local("a.csproj", """<P><PackageReference Include="A" PrivateAssets="all" /></P>"""));

    [Theory]
    [InlineData("*")]
    [InlineData("1.*")]
    [InlineData("[1.0,2.0)")]
    [InlineData("")]
    public void A_floating_version_is_an_offender(string version) =>
        Assert.Equal([$"p: A {version}"], PackageVersions.Floating("p", $"""<P><PackageVersion Include="A" Version="{version}" /></P>"""));

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3-beta.4")]
    public void An_exact_version_is_none(string version) =>
        Assert.Empty(PackageVersions.Floating("p", $"""<P><PackageVersion Include="A" Version="{version}" /></P>"""));

    [Fact]
    public void A_floating_npm_version_is_an_offender() =>
        Assert.Equal(["p: a ^1.0.0"], PackageVersions.FloatingNpm("p", """{"dependencies":{"a":"^1.0.0","b":"1.0.0"}}"""));

    private static IEnumerable<string> FilesEndingIn(params string[] ends) =>
        Repository.Files.Where(path => ends.Any(end => path.EndsWith(end, StringComparison.Ordinal)));
}
