namespace Gateway.Conventions.Tests.Documents;

public sealed class DocumentNamesTests
{
    private static readonly string[] Guides = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
    private static readonly KnownNames Known = new(
        new HashSet<string> { "Dispatcher", "RetryRule", "RetryRule.Judge", "Makefile" },
        new HashSet<string> { "HttpMessageInvoker", "Stream" });

    [Fact]
    public void The_guides_name_only_types_that_exist() =>
        Rule.Holds(
            "a PascalCase name between backticks exists: a type, Type.Member, file, folder or package of ours, or a type of .NET",
            Guides.SelectMany(path => DocumentNames.UnknownTypes(MarkdownDocument.Load(path), KnownNames.Here)));

    [Fact]
    public void The_guides_name_only_paths_that_exist() =>
        Rule.Holds(
            "a path or a file that a guide names exists",
            Guides.SelectMany(path => DocumentNames.MissingPaths(MarkdownDocument.Load(path), Repository.Has, KnownNames.Here.Ours)));

    [Fact]
    public void The_guides_name_only_doors_that_exist() =>
        Rule.Holds(
            "every make target that a document names is in the Makefile",
            Documents().SelectMany(document => DocumentNames.UnknownTargets(document, Repository.Text("Makefile"))));

    [Fact]
    public void No_link_between_documents_is_dead() =>
        Rule.Holds(
            "a link from a document to a file leads somewhere",
            Documents().SelectMany(document => DocumentNames.DeadLinks(document, Repository.Has)));

    [Theory]
    [InlineData("`RetryRules`")]
    [InlineData("`Plan`")]
    [InlineData("`RetryRule.Decide`")]
    [InlineData("`RetryRules()`")]
    [InlineData("a `Stream` is the platform's word")]
    public void A_name_that_nothing_bears_is_an_offender(string text) =>
        Assert.Single(DocumentNames.UnknownTypes(new("a.md", text), Known));

    [Theory]
    [InlineData("`Dispatcher`, `RetryRule.Judge`, `HttpMessageInvoker`, `Makefile`, `Stream.Read`")]
    [InlineData("RetryRules, `CA1852`, `Retry-After`, `make test`, `POST`")]
    [InlineData("```\n`RetryRules`\n```\n")]
    public void Other_names_are_none(string text) => Assert.Empty(DocumentNames.UnknownTypes(new("a.md", text), Known));

    [Theory]
    [InlineData("see src/Gone.")]
    [InlineData("```\ncat docs/gone.md\n```")]
    [InlineData("`Gone.cs`")]
    public void A_missing_path_is_an_offender(string text) => Assert.Single(DocumentNames.MissingPaths(new("a.md", text), Has, Known.Ours));

    [Theory]
    [InlineData("see src/Here/. And docs/decisions/NNNN-name.md, tests/*.Tests and /usr/src/linux")]
    [InlineData("`gateway.yaml`")]
    public void A_path_that_is_there_is_none(string text) => Assert.Empty(DocumentNames.MissingPaths(new("a.md", text), Has, Known.Ours));

    [Fact]
    public void A_dead_link_is_an_offender()
    {
        Assert.Equal(
            ["docs/a.md: ../gone"],
            DocumentNames.DeadLinks(new("docs/a.md", "[x](../gone) [y](../src/Here#part) [z](https://example.org/) [w](#part)"), Has));
    }

    [Fact]
    public void An_unknown_target_is_an_offender() =>
        Assert.Equal(
            ["a.md: make gone"],
            DocumentNames.UnknownTargets(new("a.md", "`make gone` `make test`\n\nwe make sure\n```\nmake test\n```\n"), "test: ## Run\n"));

    private static bool Has(string path) => path is "src/Here";

    private static IEnumerable<MarkdownDocument> Documents() =>
        Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Select(MarkdownDocument.Load);
}
