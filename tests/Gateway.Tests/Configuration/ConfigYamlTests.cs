using System.Text;
using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

public sealed class ConfigYamlTests
{
    [Fact]
    public void Reads_the_smallest_file_with_every_default()
    {
        var options = Sample.Valid(Sample.Smallest);

        Assert.Equal(new ServerOptions(), options.Server);
        Assert.Equal(new TimeoutOptions(), options.Pools["slm"].Timeouts);
        Assert.Equal(new Uri("http://10.0.1.4:8000"), Assert.Single(options.Pools["slm"].Replicas));
        Assert.Null(options.Pools["slm"].ApiKey);
    }

    [Fact]
    public void Reads_the_example()
    {
        var options = Sample.Valid(Sample.Example);

        Assert.Equal(["slm", "llm", "overflow"], options.Pools.Keys);
        Assert.Equal(32 * 1024 * 1024, options.Server.MaxRequestBytes);
        Assert.Equal(TimeSpan.FromMinutes(2), options.Pools["llm"].Timeouts.FirstToken);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Pools["llm"].Timeouts.Connect);
        Assert.Equal(options.Pools["slm"].Timeouts, options.Pools["overflow"].Timeouts);
        Assert.Equal(Sample.Key, options.Pools["overflow"].ApiKey);
        Assert.Equal(0.01m, options.Pools["slm"].Price!.CachedInput);
        Assert.Null(options.Pools["overflow"].Price!.CachedInput);
        Assert.Equal(0.30, options.Models["auto"].Cascade!.LlmShare);
        Assert.Equal(new TrialOptions { Model = "auto-next", Shadow = true }, options.Models["auto"].Trial);
        Assert.Equal(["overflow"], options.Models["auto"].Fallback);
        Assert.Equal("auto", options.Aliases["gpt-*"]);
    }

    [Fact]
    public void Takes_a_key_with_nothing_after_it_for_its_default()
    {
        var options = Sample.Valid(Sample.Smallest + "    timeouts:\n    api_key:\n    price: ~\nmodels:\nserver:\n");

        Assert.Equal(new TimeoutOptions(), options.Pools["slm"].Timeouts);
        Assert.Null(options.Pools["slm"].Price);
    }

    [Theory]
    [InlineData("", "1:1: the file is empty")]
    [InlineData("# only a comment\n", "the file is empty")]
    [InlineData("pools:\n\tslm: 1\n", "2:1: a tab indents this line; YAML is indented with spaces only")]
    [InlineData("pools:\n  slm:\n  \tmodel: m\n", "3:3: a tab indents this line; YAML is indented with spaces only")]
    [InlineData("pools: [1,\n", "2:1: not valid YAML: While parsing a node, did not find expected node content")]
    [InlineData("pools: { slm: { model: ${M}, replicas: [] } }", "1:25: not valid YAML: ")]
    [InlineData("pools: 'x\n", "1:8: not valid YAML: While scanning a quoted scalar, found unexpected end of stream")]
    [InlineData("pools: *none\n", "1:8: the alias *none has no anchor; write &none before the value it stands for")]
    [InlineData("pools: &a\n  slm: *a\n", "2:8: the alias *a stands inside its own anchor; a value cannot hold itself")]
    [InlineData("pools: !!map {}\n", "1:8: the tag \"tag:yaml.org,2002:map\" has no meaning here; remove it")]
    [InlineData("? [a]\n: b\n", "1:3: a list cannot be a key; write a name")]
    [InlineData("<<: 5\n", "1:1: << merges a mapping or a list of mappings, usually as <<: *anchor")]
    [InlineData("pools:\n  :", "a key or a value is missing here; write key: value")]
    [InlineData("pools:\n  a: !<> b\n", "not valid YAML")]
    [InlineData("pools: a\0\n", "1:9: the character U+0000 may not stand in a YAML file; remove it")]
    public void Says_where_text_is_not_one_yaml_document(string text, string error)
    {
        Assert.Contains(error, Sample.Error(text));
    }

    [Fact]
    public void Hints_that_a_variable_in_a_flow_mapping_needs_quotes()
    {
        Assert.EndsWith("a variable is written in quotes: \"${NAME}\"", Sample.Error("pools: { slm: { model: ${M}, replicas: [] } }"));
    }

    [Fact]
    public void Refuses_a_second_document_and_still_checks_the_first()
    {
        var errors = Sample.Errors($"server:\n  drain: 1\n{Sample.Smallest}---\nb: 1\n");

        Assert.Equal(2, errors.Count);
        Assert.StartsWith("2:10: server.drain: ", errors[0]);
        Assert.StartsWith("7:1: a second document starts here; the file holds exactly one", errors[1]);
    }

    [Fact]
    public void Does_not_write_out_a_billion_laughs()
    {
        var text = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i <= 20; i++)
        {
            text.Append($"b{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Contains("written out the file has more than 100000 values", Sample.Error(text.ToString()));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Does_not_follow_text_that_nests_without_end(string opening)
    {
        var text = "pools: " + (opening == "- " || opening == "? " ? "\n  " : "") + string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.Contains("nested more than 32 deep", Sample.Error(text));
    }

    [Fact]
    public void Merges_what_an_alias_names_below_what_is_written_out()
    {
        var options = Sample.Valid("""
            pools:
              a: &a { model: m, replicas: [http://a:1], owned_by: us, context_tokens: 10 }
              b: { <<: *a, model: n, replicas: [http://b:1] }
            """);

        Assert.Equal(("n", "us", 10), (options.Pools["b"].Model, options.Pools["b"].OwnedBy, options.Pools["b"].ContextTokens));
    }

    [Fact]
    public void Refuses_bytes_that_are_not_utf8_and_says_where()
    {
        var errors = new List<ConfigError>();

        Assert.Null(ConfigText.Decode([.. "pools:\n  ä"u8, 0xff, 0x41], errors));
        Assert.Equal("2:4: the file is not UTF-8 from here on; save it as UTF-8", Assert.Single(errors).ToString());
    }

    [Fact]
    public void Reads_past_a_byte_order_mark()
    {
        Assert.Equal("a", ConfigText.Decode([0xef, 0xbb, 0xbf, (byte)'a'], new List<ConfigError>()));
    }
}
