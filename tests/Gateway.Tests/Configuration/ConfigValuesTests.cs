using Gateway.Configuration;
using Gateway.Configuration.Reading;

namespace Gateway.Tests.Configuration;

public sealed class ConfigValuesTests
{
    [Theory]
    [InlineData("1ms", 1)]
    [InlineData("500ms", 500)]
    [InlineData("60s", 60_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("15m", 900_000)]
    [InlineData("0.5m", 30_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("24h", 86_400_000)]
    [InlineData("\"60s\"", 60_000)]
    public void Reads_every_form_of_a_duration(string text, int milliseconds)
    {
        var options = Sample.Valid($"{Sample.Smallest}server: {{ drain: {text} }}\n");

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), options.Server.Drain);
    }

    [Theory]
    [InlineData("60", "is not a duration")]
    [InlineData("s", "is not a duration")]
    [InlineData("-5s", "is not a duration")]
    [InlineData("5 s", "is not a duration")]
    [InlineData("5S", "is not a duration")]
    [InlineData("5sec", "is not a duration")]
    [InlineData("5hm", "is not a duration")]
    [InlineData("1m30s", "is not a duration")]
    [InlineData(".5s", "is not a duration")]
    [InlineData("5.s", "is not a duration")]
    [InlineData("1e3s", "is not a duration")]
    [InlineData("1_000ms", "is not a duration")]
    [InlineData("NaNs", "is not a duration")]
    [InlineData("0s", "is too short; a duration is at least 1ms")]
    [InlineData("0.5ms", "is too short; a duration is at least 1ms")]
    [InlineData("25h", "is too long; the longest is 24h")]
    [InlineData("99999999999999999999999999h", "is too long; the longest is 24h")]
    [InlineData("999999999999999999999999999999999999999999h", "is not a duration")]
    public void Refuses_what_is_no_duration(string text, string problem)
    {
        Assert.StartsWith($"5:18: server.drain: \"{text}\" {problem}", Sample.Error($"{Sample.Smallest}server: {{ drain: {text} }}\n"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(60_000)]
    [InlineData(110_000)]
    [InlineData(900_000)]
    [InlineData(7_200_000)]
    public void Writes_a_duration_that_reads_back(int milliseconds)
    {
        var value = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(value, Duration.Read(Duration.Write(value)).Value);
    }

    [Theory]
    [InlineData("1048576", 1048576)]
    [InlineData("64KiB", 65536)]
    [InlineData("32 MiB", 33554432)]
    [InlineData("1GiB", 1073741824)]
    public void Reads_every_form_of_a_size(string text, long bytes)
    {
        Assert.Equal(bytes, Sample.Valid($"{Sample.Smallest}server: {{ max_request_bytes: {text} }}\n").Server.MaxRequestBytes);
    }

    [Theory]
    [InlineData("1.5MiB", "is not a size")]
    [InlineData("-1", "is not a size")]
    [InlineData("MiB", "is not a size")]
    [InlineData("32mib", "is not a size")]
    [InlineData("1000GiB", "is out of range; write a whole number from 1024 to 1073741824")]
    [InlineData("99999999999999999999999999999999", "is not a size")]
    public void Refuses_what_is_no_size(string text, string problem)
    {
        Assert.Contains($"\"{text}\" {problem}", Sample.Error($"{Sample.Smallest}server: {{ max_request_bytes: {text} }}\n"));
    }

    [Theory]
    [InlineData("http://h:8000?a=b", "has a query or fragment; write http://h:8000/")]
    [InlineData("http://h:0", "has no host or port to connect to")]
    [InlineData("localhost:8000", "is not an address; write http://localhost:8000")]
    [InlineData("unix:///run/x", "is not an http address; write http:// or https://")]
    public void Refuses_an_address_that_cannot_be_a_replica(string text, string problem)
    {
        Assert.Contains($"\"{text}\" {problem}", Sample.Error($"pools: {{ slm: {{ model: m, replicas: [\"{text}\"] }} }}\n"));
    }

    [Theory]
    [InlineData("https://host/base")]
    [InlineData("https://host/api/v1")]
    [InlineData("https://host/v1/")]
    public void Keeps_the_path_of_a_provider(string address)
    {
        var options = Sample.Valid($"pools: {{ p: {{ model: m, replicas: [{address}] }} }}");

        Assert.Equal(address, options.Pools["p"].Replicas[0].AbsoluteUri);
    }

    [Theory]
    [InlineData("https://0.0.0.0:8443", "cannot be listened on")]
    [InlineData("http://*:8080", "is not an address; for every interface write http://0.0.0.0:8080 or http://[::]:8080")]
    [InlineData("http://0.0.0.0:8080/x", "has something after the port; write http://0.0.0.0:8080")]
    public void Refuses_an_address_that_cannot_be_listened_on(string text, string problem)
    {
        Assert.Contains($"\"{text}\" {problem}", Sample.Error($"{Sample.Smallest}server: {{ listen: \"{text}\" }}\n"));
    }

    [Theory]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("1e3")]
    [InlineData("1.0")]
    [InlineData("nan")]
    [InlineData("99999999999999999999999999999999")]
    public void Refuses_what_is_no_whole_number(string text)
    {
        Assert.Contains($"\"{text}\" is not a whole number", Sample.Error($"{Sample.Smallest}server: {{ max_json_depth: {text} }}\n"));
    }

    [Theory]
    [InlineData(".nan")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0,5")]
    public void Refuses_what_is_no_number(string text)
    {
        Assert.Contains($"\"{text}\" is not a number", Sample.Error($"{Sample.Smallest}retries:\n  budget_ratio: {text}\n"));
    }

    [Theory]
    [InlineData("model", "modle", 1)]
    [InlineData("model", "mode", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("replicas", "replica", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Counts_the_edits_between_two_words(string from, string to, int edits)
    {
        Assert.Equal(edits, Spelling.Distance(from, to));
        Assert.Equal(edits, Spelling.Distance(to, from));
    }

    [Fact]
    public void Finds_the_place_of_the_nearest_key_around_one_that_is_not_written()
    {
        var marks = new ConfigMarks();
        marks.Put("aliases", new ConfigMark(3, 1));
        marks.Put("pools.\"a.b[0]\"", new ConfigMark(7, 3));

        Assert.Equal(new ConfigMark(3, 1), marks.Find("aliases.\"openai/glm.5\""));
        Assert.Equal(new ConfigMark(7, 3), marks.Find("pools.\"a.b[0]\".replicas[2]"));
        Assert.Equal(default, marks.Find("server.listen"));
    }
}
