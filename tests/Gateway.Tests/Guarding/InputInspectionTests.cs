using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Guarding;
using Gateway.Guarding.Requests;
using Gateway.Guardrails;
using Gateway.Guardrails.Content;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Guarding;

/// <summary>What an inspection leaves behind for the rest of the request.</summary>
public sealed class InputInspectionTests
{
    private static readonly Blueprint Blueprint = BlueprintBuilder.ToRead(new GatewayOptions
    {
        Pools = new Dictionary<string, PoolOptions> { ["slm"] = new() { Model = "m", Replicas = [new Uri("http://a:8000")] } },
    });

    [Fact]
    public async Task What_is_restored_is_known_to_the_request_alone()
    {
        var (exchange, visit) = Visit(Policies.Policy(Policies.Step(GuardAction.Redact, restores: true), Policies.Step(GuardAction.Redact, "Eve", "eves")), "Bob, Eve, Bob");
        Assert.Null(await InputInspection.RunAsync(exchange, visit, TimeProvider.System));
        Assert.Equal([KeyValuePair.Create("<NAME_1>", "Bob")], visit.Placeholders.Restorable);
        Assert.True(visit.Restores);
        Assert.Equal("<NAME_1>, <NAME_2>, <NAME_1>", Content(exchange));
        Assert.NotNull(visit.Original);
    }

    [Fact]
    public async Task The_view_is_that_of_the_new_body()
    {
        var (exchange, visit) = Visit(Policies.Policy(Policies.Step(GuardAction.Redact)), "Bob");
        var before = exchange.Request!;
        await InputInspection.RunAsync(exchange, visit, TimeProvider.System);
        Assert.NotSame(before, exchange.Request);
        Assert.Equal("\"<NAME_1>\"", Encoding.UTF8.GetString(exchange.Request!.Turns[0].Content.In(exchange.Body!.Span)));
    }

    [Fact]
    public async Task Guards_of_the_answer_are_shown_the_prompt_that_the_upstream_was_sent()
    {
        var (exchange, visit) = Visit(Policy([Policies.Step(GuardAction.Redact)], Leak), "Bob");
        await InputInspection.RunAsync(exchange, visit, TimeProvider.System);
        Assert.Equal(["<NAME_1>"], visit.Prompt.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)));
        var (untouched, other) = Visit(Policy([], Leak), "Bob");
        await InputInspection.RunAsync(untouched, other, TimeProvider.System);
        Assert.Equal(["Bob"], other.Prompt.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)));
        var (unread, last) = Visit(Policy([], Policies.Step(GuardAction.Flag)), "Bob");
        await InputInspection.RunAsync(unread, last, TimeProvider.System);
        Assert.Empty(last.Prompt);
    }

    [Fact]
    public async Task A_verdict_that_takes_its_time_is_waited_for()
    {
        var judge = new SlowGuard();
        var (exchange, visit) = Visit(Policies.Policy(new GuardStep { Name = "judge", Action = GuardAction.Redact, Remote = judge }), "Bob");
        var inspecting = InputInspection.RunAsync(exchange, visit, TimeProvider.System).AsTask();
        Assert.False(inspecting.IsCompleted);
        judge.Verdict.SetResult(new RemoteVerdict([new TextFinding(0, new Finding("person", 0, 3))]));
        Assert.Null(await inspecting);
        Assert.Equal("<PERSON_1>", Content(exchange));
    }

    [Fact]
    public async Task A_verdict_that_comes_late_is_about_the_texts_that_were_asked_about()
    {
        var judge = new SlowGuard();
        var policy = Policies.Policy(Policies.Step(GuardAction.Redact), new GuardStep { Name = "judge", Action = GuardAction.Block, Remote = judge });
        var (exchange, visit) = Visit(policy with { Output = [Policies.Step(GuardAction.Flag)] }, "Bob");
        Assert.Null(await InputInspection.RunAsync(exchange, visit, TimeProvider.System));
        Assert.Equal("input: names redacted name 1; judge not run (a verdict is still to come); output: not run", GuardNote.Of(exchange));
        judge.Verdict.SetResult(new RemoteVerdict([new TextFinding(0, new Finding("s1", 0, 0))]));
        await visit.Input!.ConfirmAsync();
        var refusal = GuardRefusal.Of(exchange, visit)!;
        Assert.Equal((400, "content_filter", "messages[0]"), (refusal.Status, refusal.Code, refusal.Param));
    }

    [Fact]
    public async Task A_caller_who_leaves_meanwhile_ends_the_question()
    {
        using var leaving = new CancellationTokenSource();
        var (exchange, visit) = Visit(Policies.Policy(new GuardStep { Name = "judge", Action = GuardAction.Redact, Remote = new SlowGuard() }), "Bob");
        exchange.Http.RequestAborted = leaving.Token;
        var inspecting = InputInspection.RunAsync(exchange, visit, TimeProvider.System).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inspecting);
    }

    [Fact]
    public void Where_nothing_is_found_little_is_allocated()
    {
        var policy = Policies.Policy(Policies.Step(GuardAction.Redact), Policies.Step(GuardAction.Block, "Eve", "eves"), Policies.Step(GuardAction.Flag, "Dan", "dans"));
        var more = Enumerable.Range(0, 300).Select(_ => Inspect(Visit(policy, new string('a', 2000)))).Min();
        TestContext.Current.SendDiagnosticMessage($"{more} bytes per inspection");
        Assert.InRange(more, 1, 1200);

        static long Inspect((Exchange Exchange, GuardVisit Visit) of)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            InputInspection.RunAsync(of.Exchange, of.Visit, TimeProvider.System).AsTask().GetAwaiter().GetResult();
            of.Visit.Texts!.Dispose();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Explaining_a_prompt_asks_nobody_and_shows_what_would_be_sent()
    {
        var judge = new GuardStep { Name = "judge", Action = GuardAction.Block, Remote = new SlowGuard() };
        var none = FrozenDictionary<string, GuardPolicy>.Empty;
        var body = Encoding.UTF8.GetBytes(Ask.Chat(ask: "Hello Bob"));
        var text = new StringBuilder();
        GuardExplanation.Append(text, new GuardSetup(Policies.Policy(Policies.Step(GuardAction.Redact), judge), none, none), body, ChatRequestReader.Read(body, 8).Request!);
        Assert.Equal("guards of test: names redacted name 1; judge is not asked here\n  sent as Hello <NAME_1>\n", text.ToString());
    }

    private static string Content(Exchange exchange)
    {
        using var texts = RequestTexts.Of(exchange.Body!.Memory, exchange.Request!);
        return Encoding.UTF8.GetString(texts[0].Utf8.Span);
    }

    private static readonly GuardStep Leak = new() { Name = "leak", Action = GuardAction.Flag, Local = new LeakGuard(new LeakSettings()) };

    private static GuardPolicy Policy(ImmutableArray<GuardStep> input, GuardStep output) => new("default", "1", input, [output]);

    private static (Exchange Exchange, GuardVisit Visit) Visit(GuardPolicy policy, string ask)
    {
        var bytes = Encoding.UTF8.GetBytes(Ask.Chat(model: "slm", ask: ask));
        var route = Blueprint.Catalog.Find("slm")!;
        var exchange = new Exchange(new DefaultHttpContext(), Blueprint, "req-1", 0)
        {
            Body = new RequestBody(bytes, bytes.Length),
            Request = ChatRequestReader.Read(bytes, 64).Request,
            Asked = route,
            Route = route,
        };
        var visit = new GuardVisit(policy);
        exchange.Guards = visit;
        return (exchange, visit);
    }

    private sealed class SlowGuard : IRemoteGuard
    {
        public TaskCompletionSource<RemoteVerdict> Verdict { get; } = new();

        public ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel) => new(Verdict.Task.WaitAsync(cancel));
    }
}
