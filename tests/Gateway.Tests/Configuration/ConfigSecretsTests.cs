using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

public sealed class ConfigSecretsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-secrets-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("${KEY}", "abc")]
    [InlineData("Bearer-${KEY}-${OTHER}", "Bearer-abc-xyz")]
    [InlineData("literal", "literal")]
    [InlineData("a$b", "a$b")]
    [InlineData("$${KEY}", "${KEY}")]
    [InlineData("$$${KEY}", "$${KEY}")]
    public void Fills_in_variables(string text, string key)
    {
        Assert.Equal(key, Sample.Valid(WithKey(text), Known).Pools["slm"].ApiKey);
    }

    [Theory]
    [InlineData(
        "${MISSING}",
        "the value names the environment variable MISSING, which is not set; set it, or write $${ for the two characters")]
    [InlineData("${KEY", "the value has ${ without }; write ${NAME} for a variable, or $${ for the two characters")]
    [InlineData("${1}", "the value names a variable \"1\"; a variable has only letters, digits and _, and no default value")]
    [InlineData("${KEY:-x}", "the value names a variable \"KEY:-x\"; a variable has only letters, digits and _, and no default value")]
    [InlineData("${EMPTY}", "the value is empty; write the key, ${NAME} or file:/path, or remove the line")]
    [InlineData("file:relative", "\"file:relative\" is not an absolute path; write file:/run/secrets/name")]
    public void Says_where_a_secret_is_missing(string text, string problem)
    {
        Assert.Equal($"5:14: pools.slm.api_key: {problem}", Sample.Error(WithKey(text), Known));
    }

    [Fact]
    public void Reports_every_missing_variable_of_a_value()
    {
        Assert.Equal(2, Sample.Errors(WithKey("${ONE}${TWO}"), Known).Count);
    }

    [Fact]
    public void Fills_in_variables_for_values_of_any_kind()
    {
        var options = Sample.Valid(
            "pools: { slm: { model: \"${M}\", replicas: [\"http://${H}:8000\"], context_tokens: \"${N}\", required: \"${B}\", timeouts: { idle: \"${N}s\" } } }",
            name => name switch { "M" => "m", "H" => "10.0.1.4", "N" => "30", "B" => "false", _ => null });

        var pool = options.Pools["slm"];
        Assert.Equal(("m", 30, false, TimeSpan.FromSeconds(30)), (pool.Model, pool.ContextTokens, pool.Required, pool.Timeouts.Idle));
        Assert.Equal("http://10.0.1.4:8000/", pool.Replicas[0].AbsoluteUri);
    }

    [Fact]
    public void A_variable_cannot_add_keys_to_the_file()
    {
        Assert.Contains("has a line break", Sample.Error("pools:\n  slm:\n    model: ${M}\n    replicas: [http://h:1]\n", _ => "m\n    required: false"));
    }

    [Fact]
    public void Reads_a_secret_from_a_file_without_the_line_break_at_its_end()
    {
        var path = Write("key", "from-file\n");

        Assert.Equal("from-file", Sample.Valid(WithKey($"file:{path}")).Pools["slm"].ApiKey);
        Assert.Equal("from-file", Sample.Valid(WithKey("file:${DIR}/key"), _ => _folder.FullName).Pools["slm"].ApiKey);
    }

    [Fact]
    public void Says_which_secret_file_cannot_be_read()
    {
        var missing = Path.Combine(_folder.FullName, "none");

        Assert.Equal(
            $"5:14: pools.slm.api_key: the file \"{missing}\" cannot be read (FileNotFoundException); check its path and rights",
            Sample.Error(WithKey($"file:{missing}")));
        Assert.Contains("has more than 65536 bytes", Sample.Error(WithKey($"file:{Write("big", new string('k', 70_000))}")));
    }

    [Fact]
    public void Never_shows_a_secret_in_an_error()
    {
        string[] texts =
        [
            WithKey("has space " + Sample.Key), WithKey($"{Sample.Key}${{MISSING}}"), WithKey($"[{Sample.Key}]"), WithKey($"{{ a: {Sample.Key} }}"),
            WithKey($"file:{Write("two", $"{Sample.Key}\n{Sample.Key}")}"),
            Sample.Smallest + $"    context_tokens: ${{KEY}}\n",
            Sample.Smallest + $"    api_kye: {Sample.Key}\n",
            $"pools: {{ slm: {{ model: m, replicas: [\"http://user:{Sample.Key}@host:8000\"] }} }}",
            $"pools: {{ slm: {{ model: m, replicas: \"http://user:{Sample.Key}@host:8000\" }} }}",
            $"{Sample.Smallest}server: {{ listen: \"http://{Sample.Key}@0.0.0.0:1\" }}",
        ];

        Assert.All(texts, text => Assert.DoesNotContain("4711", Sample.Error(text, name => name == "KEY" ? Sample.Key : null)));
    }

    [Fact]
    public void Never_shows_a_secret_of_the_options()
    {
        var options = Sample.Valid(Sample.Example);

        Assert.DoesNotContain("4711", options.Pools["overflow"].ToString());
        Assert.DoesNotContain("4711", options.ToString());
        Assert.DoesNotContain("4711", Sample.Parse(Sample.Example).ToString());
        Assert.DoesNotContain("4711", ConfigReport.Summary(options));
    }

    [Fact]
    public void Shows_every_other_property_of_a_pool()
    {
        var text = Sample.Valid(Sample.Smallest).Pools["slm"].ToString();

        Assert.All(typeof(PoolOptions).GetProperties(), property => Assert.Contains($"{property.Name} = ", text));
    }

    private static string? Known(string name) => name switch { "KEY" => "abc", "OTHER" => "xyz", "EMPTY" => "", _ => null };

    private static string WithKey(string key) => $"{Sample.Smallest}    api_key: {key}\n";

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
