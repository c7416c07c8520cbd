namespace Gateway.Conventions.Tests.Projects;

public sealed class SolutionTests
{
    private static readonly string Text = Repository.Text("Gateway.sln");

    [Fact]
    public void The_solution_is_in_the_old_format() => Assert.Contains("Microsoft Visual Studio Solution File, Format Version 12.00", Text);

    [Fact]
    public void The_solution_holds_every_project() =>
        Rule.Holds(
            "every project is in Gateway.sln",
            Projects().Where(path => !Text.Contains($"\"{path.Replace('/', '\\')}\"", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_switches_the_house_rules_off() =>
        Rule.Holds(
            "warnings are errors, nullable is on and style is checked in every project",
            from path in Projects()
            from word in new[] { "<TreatWarningsAsErrors>", "<Nullable>", "<EnforceCodeStyleInBuild>" }
            where Repository.Text(path).Contains(word, StringComparison.Ordinal)
            select $"{path}: {word}");

    private static IEnumerable<string> Projects() => Repository.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));
}
