using System.Text;
using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Guarding;
using Gateway.Guarding.Requests;
using Gateway.Guardrails;
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
        var (exchange, visit) = Visit(Policies.Policy(Policies.Step(GuardAction.Redact)) with { Output = [Policies.Step(GuardAction.Flag)] }, "Bob");
        await InputInspection.RunAsync(exchange, visit, TimeProvider.System);
        Assert.Equal(["<NAME_1>"], visit.Prompt.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)));
        var (untouched, other) = Visit(GuardPolicy.None with { Output = [Policies.Step(GuardAction.Flag)] }, "Bob");
        await InputInspection.RunAsync(untouched, other, TimeProvider.System);
        Assert.Equal(["Bob"], other.Prompt.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)));
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
    public async Task A_caller_who_leaves_meanwhile_ends_the_question()
    {
        using var leaving = new CancellationTokenSource();
        var (exchange, visit) = Visit(Policies.Policy(new GuardStep { Name = "judge", Action = GuardAction.Redact, Remote = new SlowGuard() }), "Bob");
        exchange.Http.RequestAborted = leaving.Token;
        var inspecting = InputInspection.RunAsync(exchange, visit, TimeProvider.System).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inspecting);
    }

    private static string Content(Exchange exchange)
    {
        using var texts = RequestTexts.Of(exchange.Body!.Memory, exchange.Request!);
        return Encoding.UTF8.GetString(texts[0].Utf8.Span);
    }

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
        var visit = new GuardVisit(policy) { Asking = GuardSetup.AsksRemote(policy) ? new CancellationTokenSource() : null };
        exchange.Guards = visit;
        return (exchange, visit);
    }

    private sealed class SlowGuard : IRemoteGuard
    {
        public TaskCompletionSource<RemoteVerdict> Verdict { get; } = new();

        public ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel) => new(Verdict.Task.WaitAsync(cancel));
    }
}
