using Gateway.Routing.Complexity;
using static Gateway.Tests.Completions.Prompts.ReadPrompt;

namespace Gateway.Tests.Completions.Prompts;

public sealed class PromptReadingTests
{
    private const string Tools = """ "tools":[{"type":"function","function":{"name":"run"}}] """;

    [Fact]
    public void The_ask_is_what_the_person_said_last()
    {
        var prompt = Of($"{Instructions("Be brief.")},{User("Prove it.")},{Assistant("Done.")},{User("Now paint a house.")}");
        Assert.Equal(("Now paint a house.", 9), (prompt.Ask, prompt.SystemBytes));
    }

    [Fact]
    public void Tool_results_reminders_and_late_system_messages_are_not_the_ask()
    {
        var prompt = Of(
            $"""
            {User("<system-reminder>Today is Monday.</system-reminder>Why does the cache miss?")},{Call("read", "a")},{Result("file a")},
            {User("<system-reminder>The todo list is empty.</system-reminder>")},{Instructions("Be brief.")}
            """,
            Tools);
        Assert.Equal((AskKind.Question, "Why does the cache miss?"), (prompt.Kind, prompt.Ask));
    }

    [Fact]
    public void Codex_puts_its_context_before_the_ask_in_turns_of_their_own()
    {
        var prompt = Of(
            $$"""
            {"role":"developer","content":"You are Codex."},{{User("# AGENTS.md instructions for /w\n\n<INSTRUCTIONS>\nUse tabs.\n</INSTRUCTIONS>")}},
            {{User("<environment_context>\n<cwd>/w</cwd>\n</environment_context>")}},{{User("Fix the race in the queue.")}},{{Call("shell", "ls")}},{{Result("queue.rs")}}
            """,
            Tools);
        Assert.Equal("Fix the race in the queue.", prompt.Ask);
    }

    [Fact]
    public void Cline_wraps_the_task_and_adds_the_details_of_its_environment()
    {
        var prompt = Of(
            """
            {"role":"user","content":[{"type":"text","text":"<task>\nPort the parser to Rust.\n</task>"},{"type":"text","text":"<environment_details>\n# Files\na.c\n</environment_details>"}]},
            {"role":"assistant","content":"<execute_command>ls</execute_command>"},
            {"role":"user","content":[{"type":"text","text":"[execute_command for 'ls'] Result:"},{"type":"text","text":"a.c"},{"type":"text","text":"<environment_details>\n</environment_details>"}]}
            """);
        Assert.Equal("Port the parser to Rust.", prompt.Ask);
    }

    [Theory]
    [InlineData("""{"role":"user","content":null},{"role":"assistant"}""", "")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,"}}]}""", "")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"What is "},{"type":"image_url"},{"type":"text","text":"this?"}]}""", "What is \nthis?")]
    [InlineData("""{"role":"user","content":"What is this?"},{"role":"user","content":[{"type":"image_url"}]}""", "What is this?")]
    [InlineData("""{"role":"user","content":"<system-reminder>a</system-reminder>"}""", "<system-reminder>a</system-reminder>")]
    [InlineData("""{"role":"system","content":"Go."}""", "")]
    public void A_prompt_without_a_persons_text_can_be_read_too(string messages, string ask) => Assert.Equal(ask, Of(messages).Ask);

    [Fact]
    public void What_is_pasted_informs_and_does_not_drown_the_ask()
    {
        var prompt = Of(User("Why does this fail?\n```\n" + new string('x', 300_000) + "\n```"));
        Assert.StartsWith("Why does this fail?\n```\nxxx", prompt.Ask, StringComparison.Ordinal);
        Assert.InRange(prompt.Ask.Length, 500, 700);
        Assert.InRange(prompt.PastedBytes, 299_000, 300_000);
        Assert.Equal(0, prompt.HistoryBytes);
    }

    [Theory]
    [InlineData("yes, do it")]
    [InlineData("그렇게 해줘")]
    public void A_follow_up_names_the_ask_it_goes_on_with(string follow)
    {
        var prompt = Of(
            $"{User("hi")},{Assistant("Hello.")},{User("Prove that 2 is prime.")},{Assistant("Shall I?")},{User("yes")},{Assistant("Really?")},{User(follow)}");
        Assert.Equal((AskKind.FollowUp, follow, "Prove that 2 is prime."), (prompt.Kind, prompt.Ask, prompt.Topic));
    }

    [Theory]
    [InlineData("What is the capital of France?")]
    [InlineData("thanks!")]
    public void A_short_ask_with_its_own_subject_inherits_nothing(string ask)
    {
        var prompt = Of($"{User("Prove that 2 is prime.")},{Assistant("Done.")},{User(ask)}");
        Assert.Equal((AskKind.Question, ""), (prompt.Kind, prompt.Topic));
    }

    [Fact]
    public void Nothing_can_be_followed_up_at_the_start() => Assert.Equal(AskKind.Question, Of($"{Instructions("x")},{User("yes, do it")}").Kind);

    [Fact]
    public void The_whole_text_is_read_only_where_it_is_wanted()
    {
        var messages = $"{Instructions("a")},{User("b")},{Call("f", "{}")},{Result("c")}";
        Assert.Equal("", Of(messages).Conversation);
        Assert.Equal("a b  c", Of(messages, withConversation: true).Conversation);
    }
}
