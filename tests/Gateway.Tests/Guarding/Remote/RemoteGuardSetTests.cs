using Gateway.Configuration;
using Gateway.Guarding.Remote;
using Gateway.Guardrails;

namespace Gateway.Tests.Guarding.Remote;

public sealed class RemoteGuardSetTests
{
    private static readonly GuardOptions Hook = new() { Webhook = new WebhookGuardOptions { Url = new Uri("http://127.0.0.1:9/judge"), Token = "one" } };

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public void A_guard_is_made_once_and_outlives_a_reload_that_does_not_change_it()
    {
        var first = new RemoteGuardSet([], null, TimeProvider.System);
        var made = first.For("hook", Hook);
        Assert.Same(made, first.For("hook", Hook));
        var second = new RemoteGuardSet([], first, TimeProvider.System);
        Assert.Same(made, second.For("hook", Hook with { Webhook = Hook.Webhook! with { Stride = 999 } }));
        Assert.NotSame(made, second.For("other", Hook));
        var third = new RemoteGuardSet([], second, TimeProvider.System);
        Assert.NotSame(made, third.For("hook", Hook with { Webhook = Hook.Webhook with { Token = "two" } }));
    }

    [Fact]
    public void Any_setting_makes_another_guard()
    {
        var presidio = new PresidioOptions { Analyzer = new Uri("http://127.0.0.1:9"), Entities = ["A", "B"] };
        PresidioOptions[] others =
        [
            presidio with { Entities = ["AB"] }, presidio with { Entities = [] }, presidio with { Language = "de" }, presidio with { Score = 0.6 },
            presidio with { Timeout = TimeSpan.FromSeconds(1) }, presidio with { Analyzer = new Uri("http://127.0.0.1:10") },
        ];
        var first = new RemoteGuardSet([], null, TimeProvider.System);
        var made = first.For("p", new GuardOptions { Presidio = presidio });
        Assert.Same(made, new RemoteGuardSet([], first, TimeProvider.System).For("p", new GuardOptions { Presidio = presidio with { Entities = ["A", "B"] } }));
        Assert.All(others, other => Assert.NotSame(made, new RemoteGuardSet([], first, TimeProvider.System).For("p", new GuardOptions { Presidio = other })));
    }

    [Fact]
    public async Task A_model_that_is_kept_asks_the_pool_as_the_reload_made_it()
    {
        await using var old = await StubService.StartAsync(StubService.Says("safe"));
        await using var now = await StubService.StartAsync(StubService.Says("unsafe"));
        var options = new GuardOptions { Model = new ModelGuardOptions { Pool = "guard", Timeout = TimeSpan.FromSeconds(30) } };
        var first = new RemoteGuardSet([StubService.Pool(null, null, old)], null, TimeProvider.System);
        var guard = first.For("model", options)!;
        var question = new RemoteQuestion([StubService.Text("x")]);
        Assert.Empty((await guard.InspectAsync(question, Ended)).Findings);
        Assert.Same(guard, new RemoteGuardSet([StubService.Pool(null, null, now)], first, TimeProvider.System).For("model", options));
        Assert.Equal("unsafe", (await guard.InspectAsync(question, Ended)).Findings.Single().Finding.Label);
    }

    [Fact]
    public void A_guard_that_asks_nobody_is_none_of_its() =>
        Assert.Null(new RemoteGuardSet([], null, TimeProvider.System).For("pii", new GuardOptions { Pii = new PiiOptions() }));
}
