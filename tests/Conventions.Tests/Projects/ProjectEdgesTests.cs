using System.Reflection;

namespace Gateway.Conventions.Tests.Projects;

public sealed class ProjectEdgesTests
{
    [Fact]
    public void The_gateway_references_the_rooms_and_the_simulator_and_nothing_else() =>
        Rule.Holds(
            "Gateway references Routing, Caching, Guardrails and Simulator, exactly",
            ProjectEdges.Differences(ProjectFile.InSource("Gateway"), "Routing", "Caching", "Guardrails", "Simulator"));

    [Theory]
    [InlineData("Caching")]
    [InlineData("Guardrails")]
    [InlineData("Routing")]
    [InlineData("Simulator")]
    public void A_leaf_references_no_project(string name) =>
        Rule.Holds("rooms and the simulator reference no project", ProjectEdges.Differences(ProjectFile.InSource(name)));

    [Fact]
    public void Src_holds_these_five_projects()
    {
        var projects = Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal)
            && file.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.Equal(["Caching", "Gateway", "Guardrails", "Routing", "Simulator"], projects.Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void A_room_asks_for_no_web_framework_and_no_logger() =>
        Rule.Holds(
            "a room takes no framework reference, no ASP.NET package and no logger",
            ProjectEdges.Rooms.SelectMany(name => ProjectEdges.OutwardWishes(ProjectFile.InSource(name))));

    [Fact]
    public void A_built_room_references_no_web_framework_no_logger_and_no_project() =>
        Rule.Holds(
            "a room's assembly references neither ASP.NET nor logging nor another project",
            ProjectEdges.Rooms.SelectMany(name => ProjectEdges.OutwardReferences(name, ReferencesOf(name))));

    [Fact]
    public void Routing_and_Guardrails_open_no_connection() =>
        Rule.Holds(
            "Routing and Guardrails open no connection",
            from room in new[] { "Routing", "Guardrails" }
            from name in ReferencesOf(room)
            where name is "System.Net.Http" or "System.Net.Sockets"
            select $"{room}: references {name}");

    [Fact]
    public void The_simulator_shares_no_type_with_the_gateway() =>
        Rule.Holds(
            "the simulator references nothing of ours",
            ReferencesOf("Simulator").Where(name => name == "Gateway" || name.StartsWith("Gateway.", StringComparison.Ordinal)));

    [Fact]
    public void No_project_uses_the_simulator_everywhere() =>
        Rule.Holds(
            "no project has a global using of Gateway.Simulator",
            ProjectFile.InSource("Gateway").Usings.Where(name => name.StartsWith("Gateway.Simulator", StringComparison.Ordinal)));

    [Fact]
    public void A_missing_and_a_superfluous_edge_are_offenders()
    {
        var project = ProjectFile.Parse("a.csproj", """
            <Project><ItemGroup><ProjectReference Include="..\B\B.csproj" />
            <ProjectReference Include="../C/C.csproj" /></ItemGroup></Project>
            """);
        Assert.Equal(["a.csproj: references C", "a.csproj: does not reference D"], ProjectEdges.Differences(project, "B", "D"));
        Assert.Empty(ProjectEdges.Differences(project, "B", "C"));
    }

    [Fact]
    public void A_room_that_reaches_out_is_an_offender()
    {
        var project = ProjectFile.Parse("a.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <ItemGroup><FrameworkReference Include="F" />
              <PackageReference Include="Microsoft.Extensions.Logging.Abstractions" /></ItemGroup>
            </Project>
            """);
        Assert.Equal(
            ["a.csproj: Sdk Microsoft.NET.Sdk.Web", "a.csproj: F", "a.csproj: Microsoft.Extensions.Logging.Abstractions"],
            ProjectEdges.OutwardWishes(project));
        Assert.Equal(
            ["A: references Gateway.B", "A: references Microsoft.AspNetCore.Http"],
            ProjectEdges.OutwardReferences("A", ["System.Runtime", "Gateway.B", "Microsoft.AspNetCore.Http"]));
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        Assembly.Load($"Gateway.{project}").GetReferencedAssemblies().Select(name => name.Name!);
}
