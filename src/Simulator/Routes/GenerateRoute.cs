using System.Text.Json;
using Gateway.Simulator.Engine;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Text;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary><c>POST /v1/chat/completions</c> and <c>POST /v1/completions</c>: from the body to the last frame.</summary>
internal sealed class GenerateRoute(Serving serving)
{
    private readonly SimulatorOptions _options = serving.Options;

    /// <summary>Answers with text. The fault has been taken already; those that come before an answer have been acted on.</summary>
    public async Task ServeAsync(Exchange exchange, JsonElement root, bool chat, Fault? fault)
    {
        var prompts = new List<Prompt>(1);
        try
        {
            var ask = chat ? AskReader.Chat(root, _options.AutoToolChoice, out var failure) : AskReader.Completion(root, out failure);
            if (ask is not null) failure = Accept(ask, chat, prompts);
            if (failure is not null)
            {
                await Reply.Fail(exchange.Context, failure, _options.Dialect);
                return;
            }
            await AnswerAsync(exchange, ask!, chat, prompts, fault);
        }
        finally
        {
            foreach (var prompt in prompts) prompt.Dispose();
        }
    }

    private async Task AnswerAsync(Exchange exchange, Ask ask, bool chat, List<Prompt> prompts, Fault? fault)
    {
        var generation = Start(exchange, ask, chat, prompts, fault);
        IReplyShape shape = chat ? new ChatShape(generation, _options, RoleOf(ask)) : new CompletionShape(generation, _options);
        if (fault is not null || _options.Performance.Kind != PerformanceKind.Instant) exchange.Watch(generation, serving.Engine);
        try
        {
            if (ask.Stream) await new StreamReply(serving, exchange, generation, shape).RunAsync();
            else await new PlainReply(serving, exchange, generation, shape).RunAsync();
        }
        catch (OperationCanceledException) when (exchange.CallerLeft.IsCancellationRequested)
        {
        }
        finally
        {
            generation.Abort(serving.Engine);
            foreach (var choice in generation.Choices)
                serving.Counters.Ended(choice.Sequence, choice.Finished ? choice.FinishReason : "abort");
        }
    }

    private Failure? Accept(Ask ask, bool chat, List<Prompt> prompts)
    {
        if (_options.ForceIncludeUsage) ask.IncludeUsage = ask.ContinuousUsage = true;
        ask.ReturnTokenIds &= _options.TokenIds;
        if (ask.Model is { } model && !serving.Adapters.Serves(model)) return Failure.UnknownModel(model);
        if (ask.Priority != 0 && !_options.PriorityScheduling)
            return Failure.Invalid("Got priority but Priority scheduling is not enabled.", "priority");
        Failure? failure;
        if (!chat) failure = CompletionPrompts.Read(ask.Prompt, prompts);
        else if (ChatTemplate.Render(ask, _options.TrimFinalMessage, out failure) is { } prompt) prompts.Add(prompt);
        if (failure is not null) return failure;
        foreach (var prompt in prompts)
        {
            var output = ask.MaxTokens ?? 0;
            // Without max_tokens an answer still needs room for one token.
            if (prompt.TokenCount + Math.Max(output, 1) > _options.MaxModelLen)
                return Failure.Overflow(_options.MaxModelLen, output, prompt.TokenCount);
        }
        return null;
    }

    private Generation Start(Exchange exchange, Ask ask, bool chat, List<Prompt> prompts, Fault? fault)
    {
        var asked = exchange.Context.Request.Headers["X-Request-Id"];
        var id = asked.Count > 0 ? asked.ToString() : ask.RequestId ?? serving.NewId();
        if (_options.RequestIdHeaders) exchange.Context.Response.Headers["X-Request-Id"] = id;
        var heading = new Heading((chat ? "chatcmpl-" : "cmpl-") + id, serving.Clock.UnixSeconds, ask.Model ?? _options.Model, TokensOf(prompts));
        var choices = new Choice[prompts.Count * ask.Choices];
        var now = serving.Clock.Now;
        for (var i = 0; i < choices.Length; i++)
        {
            var prompt = prompts[i / ask.Choices];
            var budget = Math.Min(ask.MaxTokens ?? int.MaxValue, _options.MaxModelLen - prompt.TokenCount);
            var script = ScriptWriter.Write(ask, prompt, _options, i % ask.Choices, budget);
            var sequence = new Sequence(prompt.TokenCount, script.Pieces.Count, serving.Engine.WakesInline)
            {
                Tokens = serving.Engine.NeedsTokens ? Ids(prompt, script) : null,
                Salt = serving.Engine.NeedsTokens ? SaltOf(ask) : 0,
                Arrived = now,
                Scheduled = now,
                FirstToken = now,
                LastToken = now,
            };
            if (serving.Draining) sequence.Abort();
            else serving.Engine.Submit(sequence);
            choices[i] = new Choice(i, prompt, script, sequence) { Lag = StopLag.For(ask) };
        }
        return new Generation(ask, heading, choices, fault);
    }

    private static int TokensOf(List<Prompt> prompts)
    {
        var count = 0;
        foreach (var prompt in prompts) count += prompt.TokenCount;
        return count;
    }

    private static int[] Ids(Prompt prompt, Script script)
    {
        var ids = new int[prompt.Ids.Length + script.Pieces.Count];
        prompt.Ids.CopyTo(ids, 0);
        for (var i = 0; i < script.Pieces.Count; i++) ids[prompt.Ids.Length + i] = script.Pieces[i].Id;
        return ids;
    }

    private ulong SaltOf(Ask ask) => Chance.Hash(
        System.Text.Encoding.UTF8.GetBytes($"{(ask.Model == _options.Model ? null : ask.Model)}\n{ask.CacheSalt}"), 0);

    private static string RoleOf(Ask ask)
    {
        var messages = ask.Prompt.GetArrayLength();
        return ask.AddGenerationPrompt || messages == 0 ? "assistant" : ask.Prompt[messages - 1].GetProperty("role"u8).GetString()!;
    }
}
