namespace Gateway.Conventions.Tests;

public sealed class RepositoryTests
{
    [Fact]
    public void The_repository_is_found_and_holds_its_solution() => Assert.Contains("Gateway.sln", Repository.Files);

    [Fact]
    public void Walking_the_folders_finds_every_listed_file() => Assert.Empty(Repository.Files.Except(Repository.Walk(Repository.Root)));

    [Fact]
    public void No_build_output_is_listed() =>
        Rule.Holds(
            "bin, obj, artifacts and node_modules are ignored by git",
            Repository.Files.Where(path => path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules")));
}
