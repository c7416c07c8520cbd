using Gateway.Routing.Cascade;

namespace Gateway.Routing.Tests.Cascade;

public sealed class ModelCatalogTests
{
    private static readonly ModelRoute Auto = new("auto", [A.Pool("slm"), A.Pool("llm")], []);
    private static readonly ModelRoute Glm = new("glm-5", [A.Pool("llm")], []);
    private static readonly ModelRoute Slashed = new("Qwen/Qwen3-8B", [A.Pool("slm")], []);

    private readonly ModelCatalog _catalog = new(
        [Auto, Glm, Slashed],
        [new("gpt-*", Auto), new("gpt-4*-mini", Glm), new("big", Glm), new("*", Slashed)]);

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("glm-5", "glm-5")]
    [InlineData("big", "glm-5")]
    [InlineData("Qwen/Qwen3-8B", "Qwen/Qwen3-8B")]
    [InlineData("gpt-4.1", "auto")]
    [InlineData("gpt-4o-mini", "glm-5")]
    [InlineData("anything-else", "Qwen/Qwen3-8B")]
    public void Finds_exact_names_then_the_most_specific_pattern(string name, string route) =>
        Assert.Equal(route, _catalog.Find(name)?.Name);

    [Theory]
    [InlineData("openai/glm-5", "glm-5")]
    [InlineData("openai/openai/glm-5", "glm-5")]
    [InlineData("openai/Qwen/Qwen3-8B", "Qwen/Qwen3-8B")]
    [InlineData("hosted_vllm/gpt-4.1", "auto")]
    [InlineData("a/b/c/glm-5", null)]
    [InlineData("glm-6", null)]
    [InlineData("AUTO", null)]
    [InlineData("", null)]
    public void Drops_up_to_two_provider_prefixes(string name, string? route)
    {
        var catalog = new ModelCatalog([Auto, Glm, Slashed], [new("gpt-*", Auto)]);
        Assert.Equal(route, catalog.Find(name)?.Name);
    }

    [Fact]
    public void Lists_models_then_aliases_but_no_patterns() =>
        Assert.Equal(["auto", "glm-5", "Qwen/Qwen3-8B", "big"], _catalog.Names);

    [Theory]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("*x*y*", "1x2y3", true)]
    [InlineData("*x*y*", "1y2x3", false)]
    [InlineData("*ab", "aab", true)]
    public void Patterns_match_as_globs_do(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new NamePattern(pattern).Matches(name));
}
