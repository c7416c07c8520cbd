using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class ToolGuardTests
{
    private static readonly ToolGuard Guard = new(new ToolSettings(
        ["get_*", "send"], ["get_secret*"], new Dictionary<string, string> { ["send"] = """{"type":"object","required":["to"]}""", ["get_time"] = """{"type":"object"}""" }));

    [Theory]
    [InlineData("get_weather", "")]
    [InlineData("get_", "")]
    [InlineData("get_secrets", "tool_not_allowed")]
    [InlineData("sender", "tool_not_allowed")]
    [InlineData("Send", "tool_not_allowed")]
    [InlineData(null, "tool_not_allowed")]
    public void Tools_are_offered_and_called_by_the_lists(string? tool, string label)
    {
        foreach (var source in new[] { TextSource.Definition, TextSource.Arguments })
            Assert.Equal(label.Length == 0 ? [] : [$"{label}: {{}}"], Inspection.Of(Guard, "{}", source, tool));
        Assert.Equal([], Inspection.Of(Guard, "{}", TextSource.Assistant, tool));
    }

    [Theory]
    [InlineData("""{"to":"x"}""", false)]
    [InlineData("{}", true)]
    [InlineData("", true)]
    [InlineData("""{"to":""", true)]
    public void Arguments_must_fulfil_the_tools_schema(string arguments, bool isFound)
    {
        Assert.Equal(isFound ? [$"tool_arguments: {arguments}"] : [], Inspection.Of(Guard, arguments, TextSource.Arguments, "send"));
        Assert.Equal([], Inspection.Of(Guard, arguments, TextSource.Definition, "send"));
    }

    [Fact]
    public void No_arguments_stand_for_an_empty_object() => Assert.Equal([], Inspection.Of(Guard, "", TextSource.Arguments, "get_time"));

    [Fact]
    public void Without_a_list_every_tool_is_allowed_but_those_that_are_denied()
    {
        var guard = new ToolGuard(new ToolSettings([], ["rm"], new Dictionary<string, string>()));
        Assert.Equal([], Inspection.Of(guard, "x", TextSource.Arguments));
        Assert.Equal(["tool_not_allowed: x"], Inspection.Of(guard, "x", TextSource.Arguments, "rm"));
    }

    [Fact]
    public void A_streamed_call_is_judged_whole_and_not_held_back_where_nothing_depends_on_it()
    {
        Inspection.IsTheSameWhereverItIsCut(Guard, """{"two":"x"}""", TextSource.Arguments, "send");
        Assert.Equal([3], WindowedInspection.Run(Guard, "{}  "u8, [3], TextSource.Arguments, "send").Held);
        Assert.Equal([0], WindowedInspection.Run(Guard, "{}  "u8, [3], TextSource.Arguments, "get_weather").Held);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused_by_name()
    {
        Assert.Contains("a*b", Assert.Throws<FormatException>(() => new ToolGuard(new ToolSettings(["a*b"], [], new Dictionary<string, string>()))).Message, StringComparison.Ordinal);
        Assert.Contains("send", Assert.Throws<FormatException>(() => new ToolGuard(new ToolSettings([], [], new Dictionary<string, string> { ["send"] = "[" }))).Message, StringComparison.Ordinal);
    }
}
