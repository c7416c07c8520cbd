using Gateway.Routing.Complexity;
using static Gateway.Tests.Completions.Prompts.ReadPrompt;

namespace Gateway.Tests.Completions.Prompts;

/// <summary>What coding agents ask on their own account, and what they do when they go in circles.</summary>
public sealed class AgentPromptTests
{
    private const string Tools = """ "tools":[{"type":"function","function":{"name":"run"}}] """;
    private const string OpenCodeTitles = "You are a title generator. You output ONLY a thread title. Nothing else.\n\n<task>\n…";

    [Fact]
    public void OpenCodes_title_request_is_housekeeping() => Assert.Equal(
        AskKind.Housekeeping,
        Of($"{Instructions(OpenCodeTitles)},{User("Generate a title for this conversation:\n")},{User("Prove the scheduler deadlock-free.")}").Kind);

    [Fact]
    public void Continues_title_request_is_housekeeping() => Assert.Equal(
        AskKind.Housekeeping,
        Of(User("Given the following... please reply with a title for the chat that is 3-4 words in length, no more.\n\nDesign a compiler.")).Kind);

    [Fact]
    public void Claude_Codes_topic_request_is_housekeeping_in_its_second_system_block() => Assert.Equal(
        AskKind.Housekeeping,
        Of("""{"role":"system","content":[{"type":"text","text":"You are Claude Code."},{"type":"text","text":"Analyze if this message indicates a new conversation topic."}]},"""
            + User("Refactor the scheduler.")).Kind);

    [Fact]
    public void A_compaction_is_housekeeping_with_tools_and_a_long_history() => Assert.Equal(
        AskKind.Housekeeping,
        Of(
            $"{User("Port it.")},{Call("run", "a")},{Result("ok")},{User("You are performing a CONTEXT CHECKPOINT COMPACTION. Create a handoff summary.")}",
            Tools).Kind);

    [Fact]
    public void An_agents_own_turn_is_not_housekeeping_though_its_prompt_speaks_of_titles() => Assert.Equal(
        AskKind.Question, Of($"{Instructions(OpenCodeTitles)},{User("Fix the race.")}", Tools).Kind);

    [Fact]
    public void A_novelists_title_is_not_housekeeping() =>
        Assert.Equal(AskKind.Question, Of($"{Instructions("You are a helpful assistant.")},{User("Write a title for my novel about a sad robot.")}").Kind);

    [Fact]
    public void The_same_call_three_times_is_stuck() => Assert.Equal(
        AskKind.Stuck,
        Of($"{User("Fix it all.")},{Call("read", "a")},{Result("1")},{Call("read", "a", "c2")},{Result("1")},{Call("read", "a", "c3")},{Result("1")}", Tools).Kind);

    [Theory]
    [InlineData("read", "b")]
    [InlineData("write", "a")]
    public void Another_function_or_other_arguments_are_another_call(string name, string arguments) => Assert.Equal(
        AskKind.Question,
        Of($"{User("Fix it all.")},{Call("read", "a")},{Result("1")},{Call(name, arguments)},{Result("1")},{Call("read", "a")},{Result("1")}", Tools).Kind);

    [Fact]
    public void Three_failures_in_a_row_are_stuck() => Assert.Equal(
        AskKind.Stuck,
        Of(
            $$"""
            {{User("Fix it all.")}},{{Call("run", "a")}},{{Result("Error: no such test")}},{{Call("run", "b")}},{{Result("bash: npm: command not found")}},
            {{Call("run", "c")}},{"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"Traceback (most recent call last):\n"}]}
            """,
            Tools).Kind);

    [Fact]
    public void Calls_made_side_by_side_are_counted_one_by_one()
    {
        const string Twice = """
            {"role":"assistant","content":"","tool_calls":[{"id":"1","type":"function","function":{"name":"read","arguments":"a"}},{"id":"2","type":"function","function":{"name":"read","arguments":"b"}}]}
            """;
        Assert.Equal(AskKind.Question, Of($"{User("Fix it all.")},{Twice},{Result("1")},{Twice},{Result("1")}", Tools).Kind);
        Assert.Equal(AskKind.Stuck, Of($"{User("Fix it all.")},{Twice},{Result("1")},{Twice},{Result("1")},{Twice},{Result("1")}", Tools).Kind);
    }

    [Fact]
    public void A_person_who_speaks_up_ends_the_circle()
    {
        var circle = $"{Call("read", "a")},{Result("Error: 1")},{Call("read", "a")},{Result("Error: 1")},{Call("read", "a")},{Result("Error: 1")}";
        Assert.Equal(AskKind.Question, Of($"{User("Fix it all.")},{circle},{User("Delete the file a instead of reading.")}", Tools).Kind);
    }

    [Theory]
    [InlineData(""" "tool_calls":null """)]
    [InlineData(""" "tool_calls":"none" """)]
    [InlineData(""" "tool_calls":[1,[{"name":"x"}],{"function":7},{"function":{"name":null,"arguments":{"a":[1]}}}] """)]
    public void Odd_calls_do_no_harm(string calls) =>
        Assert.Equal(AskKind.Question, Of(User("Go.") + ",{\"role\":\"assistant\"," + calls + "}", Tools).Kind);
}
