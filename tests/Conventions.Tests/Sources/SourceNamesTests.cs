namespace Gateway.Conventions.Tests.Sources;

public sealed class SourceNamesTests
{
    [Fact]
    public void No_type_bears_a_name_without_a_job() =>
        Rule.Holds(
            "no type is named Manager, Helper, Util, Common, Base, Impl, Info, Data or Processor: such a type has no single job yet",
            Repository.Sources.SelectMany(SourceNames.BannedWords));

    [Fact]
    public void A_file_is_named_after_its_first_type() =>
        Rule.Holds("a file is named after its first type", Repository.Sources.SelectMany(SourceNames.MisnamedFile));

    [Fact]
    public void Namespaces_follow_folders() =>
        Rule.Holds(
            "namespaces follow folders beneath the project's root namespace",
            Repository.SourcesUnder("src", "tests").SelectMany(source => SourceNames.StrayNamespace(source, ProjectOf(source))));

    [Theory]
    [InlineData("class PoolManager;", "PoolManager (Manager)")]
    [InlineData("interface IPoolHelper;", "IPoolHelper (Helper)")]
    [InlineData("class A { enum ReplicaInfo { } }", "ReplicaInfo (Info)")]
    [InlineData("class SSEProcessor;", "SSEProcessor (Processor)")]
    [InlineData("delegate void StringUtils();", "StringUtils (Utils)")]
    public void A_banned_word_is_an_offender(string text, string offence) =>
        Assert.Equal([$"a.cs:1: {offence}"], SourceNames.BannedWords(SourceFile.Parse("a.cs", text)));

    [Theory]
    [InlineData("class Database;")]
    [InlineData("class Baseline;")]
    [InlineData("class Informed;")]
    public void A_longer_word_is_none(string text) => Assert.Empty(SourceNames.BannedWords(SourceFile.Parse("a.cs", text)));

    [Fact]
    public void A_file_named_after_nothing_in_it_is_an_offender()
    {
        Assert.Equal(
            ["src/B.cs: its first type is A"],
            SourceNames.MisnamedFile(SourceFile.Parse("src/B.cs", "namespace N; class A; class B;")));
        Assert.Empty(SourceNames.MisnamedFile(SourceFile.Parse("src/A.cs", "namespace N; class A; class B;")));
        Assert.Empty(SourceNames.MisnamedFile(SourceFile.Parse("src/A.Part.cs", "namespace N; partial class A;")));
        Assert.Empty(SourceNames.MisnamedFile(SourceFile.Parse("src/Program.cs", "return 0; class Other;")));
    }

    [Theory]
    [InlineData("src/Routing/Cascade/A.cs", "src/Routing/Routing.csproj", "Gateway.Routing.Cascade")]
    [InlineData("src/Gateway/Protocol/A.cs", "src/Gateway/Gateway.csproj", "Gateway.Protocol")]
    [InlineData("src/Gateway/A.cs", "src/Gateway/Gateway.csproj", "Gateway")]
    [InlineData("tests/Gateway.Tests/A.cs", "tests/Gateway.Tests/Gateway.Tests.csproj", "Gateway.Tests")]
    [InlineData("tests/Routing.Tests/Health/A.cs", "tests/Routing.Tests/Routing.Tests.csproj", "Gateway.Routing.Tests.Health")]
    public void A_namespace_is_the_folders_path(string path, string project, string expected)
    {
        Assert.Empty(SourceNames.StrayNamespace(SourceFile.Parse(path, $"namespace {expected}; class A;"), project));
        Assert.Equal(
            [$"{path}: Elsewhere, expected {expected}"],
            SourceNames.StrayNamespace(SourceFile.Parse(path, "namespace Elsewhere; class A;"), project));
        Assert.Equal(
            [$"{path}: no namespace, expected {expected}"],
            SourceNames.StrayNamespace(SourceFile.Parse(path, "class A;"), project));
    }

    private static string ProjectOf(SourceFile source)
    {
        for (var folder = Path.GetDirectoryName(source.Path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            var files = Repository.Files.Where(file => Path.GetDirectoryName(file) == folder);
            var project = files.FirstOrDefault(file => file.EndsWith(".csproj", StringComparison.Ordinal));
            if (project is not null)
                return project;
        }
        return $"{source.Path.Split('/')[0]}/none.csproj";
    }
}
