using System.Text;
using System.Text.Json;
using Gateway.Bench.Load;
using Gateway.Bench.Load.Scenarios;
using Gateway.Bench.Load.Wire;

namespace Gateway.Load.Tests.Scenarios;

public sealed class ChatBodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_body_is_json_with_a_prompt_of_680_bytes_that_holds_the_serial_number(bool streams)
    {
        using var body = JsonDocument.Parse(ChatBody.Of("Qwen/Qwen3-8B", tokens: 100, streams));
        var root = body.RootElement;
        var prompt = root.GetProperty("messages")[0].GetProperty("content").GetString()!;

        Assert.Equal(680, Encoding.UTF8.GetByteCount(prompt));
        Assert.Contains(RequestTemplate.SerialSlot, prompt, StringComparison.Ordinal);
        Assert.Equal("Qwen/Qwen3-8B", root.GetProperty("model").GetString());
        Assert.Equal(100, root.GetProperty("max_tokens").GetInt32());
        Assert.Equal(100, root.GetProperty("vllm_xargs").GetProperty("sim_tokens").GetInt32());
        Assert.Equal(streams, root.TryGetProperty("stream", out var stream) && stream.GetBoolean());
    }

    [Fact]
    public void Every_column_reads_from_a_phase_that_there_is()
    {
        foreach (var scenario in ScenarioCatalog.Names.Select(name => ScenarioCatalog.Build(name, new BenchOptions())))
        {
            Assert.All(scenario.Columns, column => Assert.Contains(column.Phase, scenario.Phases.Select(p => p.Name)));
        }
    }
}
