using System.Text;
using Gateway.Guardrails;
using Gateway.Tests.Cache;
using Gateway.Tests.Running;

namespace Gateway.Tests.Guarding;

/// <summary>The cache behind the guards: it knows only what they let through, and only of their own policy.</summary>
public sealed class GuardedCacheTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await CachedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Requests_that_differ_only_in_what_is_redacted_share_an_answer()
    {
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact), Policies.Step(GuardAction.Redact, "Eve", "eves")));
        Assert.Equal("hit exact", await _gateway.AfterAsync(Ask.Chat(ask: "Where is Bob?"), Ask.Chat(ask: "Where is Eve?")));
        Assert.All(_gateway.Slm[0].Received, request => Assert.DoesNotContain("Bob", Encoding.UTF8.GetString(request.Body.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_of_another_policy_is_not_given()
    {
        Assert.Equal("hit exact", await _gateway.AfterAsync(Ask.Chat(), Ask.Chat()));
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Flag)));
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat()));
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Flag)) with { Version = "2" });
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat()));
        _gateway.Guard(GuardPolicy.None);
        Assert.Equal("hit exact", await _gateway.OutcomeAsync(Ask.Chat()));
    }

    [Fact]
    public async Task An_answer_from_the_cache_says_that_it_passed_when_it_was_stored()
    {
        var watching = Policies.Step(GuardAction.Flag, "nothing", "watcher");
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Redact)) with { Output = [watching] });
        await _gateway.AfterAsync(Ask.Chat(), Ask.Chat());
        using var response = await _gateway.ChatAsync(Ask.Chat());
        Assert.Equal("input: names passed; output: stored", ChatTests.Header(response, "x-gateway-guard"));
    }

    [Fact]
    public async Task What_is_blocked_is_not_looked_up()
    {
        Assert.Equal("hit exact", await _gateway.AfterAsync(Ask.Chat(ask: "Bob"), Ask.Chat(ask: "Bob")));
        _gateway.Guard(Policies.Policy(Policies.Step(GuardAction.Block)) with { Version = GuardPolicy.None.Version });
        using var response = await _gateway.ChatAsync(Ask.Chat(ask: "Bob"));
        Assert.Equal(400, (int)response.StatusCode);
    }
}
