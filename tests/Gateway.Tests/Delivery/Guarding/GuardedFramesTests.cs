using System.Text;
using System.Text.Json;
using CsCheck;
using Gateway.Guardrails;
using static Gateway.Tests.Delivery.Guarding.GuardedCaller;

namespace Gateway.Tests.Delivery.Guarding;

/// <summary>Frames leave as they came, but for the text that guards redact in them.</summary>
public sealed class GuardedFramesTests
{
    private static readonly GuardPolicy Digits = TestGuards.Policy(TestGuards.Step(new DigitGuard(3)));

    private static readonly string Clean = string.Concat(
        """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""", "\r\n\r\n",
        Frame("Hello", member: "reasoning"), Frame(" 12"), Frame(" \\u00e9\\n\\\"q\\\" \\ud83d\\ude00 \\ud83d"), ": a comment\n\n", Frame("東京 1"), Frame("🙂"), Frame("x", choice: 1),
        Frame("", more: ",\"logprobs\":{\"content\":[]}"), Frame("no", member: "annotation"),
        """data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}},{"index":1,"function":{"name":"g","arguments":"{\"a\":"}}]},"index":0}]}""", "\n\n",
        """data: {"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":"1}"}}],"audio":{"id":"i","data":"12345","transcript":"hi"}},"index":0}]}""", "\n\n",
        Finish(), Finish(1), """data: {"id":"c","choices":[],"usage":{"prompt_tokens":1,"total_tokens":2,"completion_tokens":12345}}""", "\n\n", Done);

    [Fact]
    public Task Where_guards_find_nothing_every_byte_leaves_as_it_came() => Gen.Int[0, 2000].Array[0, 30].SampleAsync(async places =>
    {
        await using var caller = new GuardedCaller(Digits);
        var (bytes, at) = (Encoding.UTF8.GetBytes(Clean), 0);
        foreach (var cut in places.Select(place => Math.Min(place, bytes.Length)).Order().Append(bytes.Length))
        {
            Assert.True(await caller.SendAsync(bytes.AsMemory(at, cut - at)));
            at = cut;
        }

        Assert.Equal(Clean, caller.Shown);
        Assert.Equal(Clean, caller.Copied);
    }, iter: 50);

    [Fact]
    public Task Wherever_chunks_are_cut_the_text_reads_the_same() => Gen.Int[0, 24].Array[0, 8].SampleAsync(async places =>
    {
        const string text = "call 12345 or \"67\" 890 é";
        var parts = places.Select(place => Math.Min(place, text.Length)).Append(0).Append(text.Length).Order().ToList();
        await using var caller = new GuardedCaller(Digits);
        for (var i = 1; i < parts.Count; i++)
            await caller.SendAsync(Frame(JsonEncodedText.Encode(text[parts[i - 1]..parts[i]]).ToString()));
        await caller.SendAsync(Finish(), Done);
        Assert.Equal("call <NUMBER_1> or \"67\" <NUMBER_2> é", Text(caller.Shown));
        Assert.Equal("call <NUMBER_1> or \"67\" <NUMBER_2> é", Text(caller.Copied));
        Assert.EndsWith(Finish() + ": x-gateway-guard output: DigitGuard redacted number 2\n\n" + Done, caller.Shown, StringComparison.Ordinal);
        Assert.Equal("DigitGuard redacted number 2", caller.Visit.Output!.Describe());
    }, iter: 50);

    [Fact]
    public async Task Each_text_has_a_window_of_its_own()
    {
        await using var caller = new GuardedCaller(Digits);
        await caller.SendAsync(Frame("a 12"), Frame("34", choice: 1), Frame("56", member: "reasoning_content"), Frame("78", member: "refusal"), Frame("b"), Finish(), Finish(1), Done);
        Assert.DoesNotContain("NUMBER", caller.Shown, StringComparison.Ordinal);
        Assert.Contains("78", caller.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_keeps_what_follows_it_waiting_and_nothing_before_it()
    {
        await using var caller = new GuardedCaller(Digits);
        await caller.SendAsync(Frame("a "), Frame("12"), Frame("thought", member: "reasoning"));
        Assert.Equal(Frame("a "), caller.Shown);
        await caller.SendAsync(Frame(" b"));
        Assert.Equal(Frame("a ") + Frame("12") + Frame("thought", member: "reasoning") + Frame(" b"), caller.Shown);
    }

    [Fact]
    public async Task Log_probabilities_and_ids_of_touched_tokens_are_gone_and_others_stay()
    {
        const string told = ",\"logprobs\":{\"content\":[{\"token\":\"1234\"}]},\"token_ids\":[1234]";
        await using var caller = new GuardedCaller(Digits);
        await caller.SendAsync(Frame("a", more: told.Replace("1234", "9", StringComparison.Ordinal)), Frame("1234", more: told), Frame(".", more: told.Replace("1234", "8", StringComparison.Ordinal)), Finish(), Done);
        Assert.DoesNotContain("1234", caller.Shown, StringComparison.Ordinal);
        Assert.Contains(Frame("<NUMBER_1>", more: ",\"logprobs\":null,\"token_ids\":null"), caller.Shown, StringComparison.Ordinal);
        Assert.Contains("\"token_ids\":[9]", caller.Shown, StringComparison.Ordinal);
        Assert.Contains("\"token_ids\":[8]", caller.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_of_parallel_calls_are_kept_apart()
    {
        static string Call(int index, string arguments) =>
            $$$"""data: {"choices":[{"delta":{"tool_calls":[{"index":{{{index}}},"function":{"arguments":"{{{arguments}}}"}}]},"index":0,"finish_reason":null}]}""" + "\n\n";
        await using var caller = new GuardedCaller(Digits);
        await caller.SendAsync(Call(0, "{\\\"a\\\": 12"), Call(1, "{\\\"b\\\": 45"), Call(0, "3}"), Call(1, "}"), Finish(), Done);
        Assert.Contains("{\\\"a\\\": <NUMBER_1>", caller.Shown, StringComparison.Ordinal);
        Assert.Contains("{\\\"b\\\": 45", caller.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_ends_every_choice_and_shows_nothing_of_what_was_held()
    {
        await using var caller = new GuardedCaller(TestGuards.Policy(TestGuards.Step(new WordGuard("secret"), GuardAction.Block)));
        Assert.True(await caller.SendAsync(Encoding.UTF8.GetBytes(Frame("the "))));
        Assert.True(await caller.SendAsync(Encoding.UTF8.GetBytes(Frame("sec", choice: 0) + Frame("b", choice: 1))));
        Assert.False(await caller.SendAsync(Encoding.UTF8.GetBytes(Frame("ret"))));
        await caller.Writer.EndBlockedAsync(new Gateway.Protocol.Usage(3, 2, 0));
        Assert.DoesNotContain("sec", caller.Shown, StringComparison.Ordinal);
        Assert.StartsWith(Frame("the "), caller.Shown, StringComparison.Ordinal);
        Assert.Contains("""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"content_filter"}]}""", caller.Shown, StringComparison.Ordinal);
        Assert.Contains("""[{"index":1,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":"content_filter"}]""", caller.Shown, StringComparison.Ordinal);
        Assert.EndsWith("{\"prompt_tokens\":3,\"total_tokens\":5,\"completion_tokens\":2}}" + "\n\n: x-gateway-guard output: WordGuard blocked word 1\n\n" + Done, caller.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_alone_gets_its_values_back()
    {
        await using var caller = new GuardedCaller(Digits, inspects: true, ("email", "jo@\"x\".com"));
        await caller.SendAsync(Frame("to <EM"), Frame("AIL_1"), Frame("> and 1234"), Finish(), Done);
        Assert.Equal("to <EMAIL_1> and <NUMBER_1>", Text(caller.Copied));
        Assert.Equal("to jo@\"x\".com and <NUMBER_1>", Text(caller.Shown));
    }

    [Fact]
    public async Task Two_callers_of_one_answer_get_their_own()
    {
        foreach (var value in (string[])["ann@example.com", "bob@example.com"])
        {
            await using var caller = new GuardedCaller(Digits, inspects: false, ("email", value));
            await caller.SendAsync(Frame("to <EMAIL_1>"), Finish(), Done);
            Assert.Equal($"to {value}", Text(caller.Shown));
        }
    }

    [Fact]
    public async Task Text_that_has_waited_too_long_is_judged_as_it_is()
    {
        await using var caller = new GuardedCaller(Digits with { Window = new WindowLimits(1024, TimeSpan.FromMilliseconds(30)) });
        await caller.SendAsync(Frame("a 1234"));
        for (var i = 0; i < 500 && !caller.Shown.Contains("NUMBER", StringComparison.Ordinal); i++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal("a <NUMBER_1>", Text(caller.Shown));
        Assert.Equal(1, caller.Visit.Output!.Forced);
        await caller.SendAsync(Frame("5 b"), Finish(), Done);
        Assert.Equal("a <NUMBER_1> b", Text(caller.Shown));
    }

    [Fact]
    public async Task A_remote_guard_is_shown_what_is_redacted_and_releases_what_it_has_seen()
    {
        var remote = new RemoteStub(question => new RemoteVerdict([.. question.Texts.SelectMany((text, i) =>
            Encoding.UTF8.GetString(text.Utf8.Span).IndexOf("bad", StringComparison.Ordinal) is var at and >= 0 ? new[] { new TextFinding(i, new Finding("bad", at, 3)) } : [])]));
        await using var caller = new GuardedCaller(TestGuards.Policy(TestGuards.Step(new DigitGuard(3)), new GuardStep { Name = "far", Action = GuardAction.Redact, Remote = remote, Stride = 12 }));
        await caller.SendAsync(Frame("a 1234 "), Frame("bad"));
        Assert.Equal("", caller.Shown);
        await caller.SendAsync(Frame(" end, and more"), Frame("x"), Finish(), Done);
        Assert.Equal("a <NUMBER_1> <BAD_1> end, and morex", Text(caller.Shown));
        Assert.DoesNotContain(remote.Asked, asked => asked.Contains("1234", StringComparison.Ordinal));
    }

    private static string Text(string shown) => string.Concat(shown.Split('\n')
        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
        .SelectMany(line => JsonDocument.Parse(line[6..]).RootElement.GetProperty("choices").EnumerateArray())
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : ""));
}
