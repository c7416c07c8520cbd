using System.Net.Sockets;
using System.Text;
using Gateway.Configuration;
using Gateway.Guardrails;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Guarding.Remote;

public sealed class WebhookGuardTests
{
    private static readonly RemoteQuestion Hello = new([StubService.Text("hello")]);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_shown_the_texts_and_what_they_belong_to()
    {
        await using var service = await StubService.StartAsync("""{"verdict":"allow"}""");
        GuardedText[] texts = [StubService.Text("안녕 😀 \"x\"", turn: 2), new(TextSource.Arguments, "{}"u8.ToArray(), "search", 3), new(TextSource.Definition, "d"u8.ToArray(), "search")];
        var verdict = await Guard(service, token: "secret").InspectAsync(new RemoteQuestion(texts) { Model = "auto" }, Ended);
        Assert.Same(RemoteVerdict.Clean, verdict);
        var (path, authorization, body) = Assert.Single(service.Asked);
        Assert.Equal(("/judge", "Bearer secret"), (path, authorization));
        Assert.Equal(
            """{"version":1,"direction":"input","model":"auto","texts":[{"source":"user","turn":2,"tool":null,"text":"안녕 😀 \"x\""},{"source":"arguments","turn":3,"tool":"search","text":"{}"},{"source":"definition","turn":null,"tool":"search","text":"d"}]}""",
            body.GetRawText().Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_is_shown_with_its_prompt()
    {
        await using var service = await StubService.StartAsync("""{"verdict":"allow","findings":null,"later":1}""");
        var verdict = await Guard(service).InspectAsync(new RemoteQuestion([StubService.Text("so", TextSource.Assistant, -1)]) { Prompt = [StubService.Text("why")] }, Ended);
        Assert.Null(verdict.Failure);
        Assert.Equal(
            """{"version":1,"direction":"output","model":null,"texts":[{"source":"assistant","turn":null,"tool":null,"text":"so"}],"prompt":[{"source":"user","turn":0,"tool":null,"text":"why"}]}""",
            service.Asked.Single().Body.GetRawText());
        Assert.Null(service.Asked.Single().Authorization);
    }

    [Theory]
    [InlineData("block", GuardAction.Block)]
    [InlineData("flag", GuardAction.Flag)]
    [InlineData("redact", GuardAction.Redact)]
    public async Task Offsets_are_code_points_whatever_stands_before_them(string verdict, GuardAction asked)
    {
        // An emoji of four bytes, a family of five code points, Hangul of three bytes, an e with a combining accent.
        const string Text = "😀 👩‍👩‍👧 한글 e\u0301 Bob!";
        var start = Text.EnumerateRunes().TakeWhile(rune => rune.Value != 'B').Count();
        await using var service = await StubService.StartAsync(
            $$"""{"verdict":"{{verdict}}","findings":[{"text":1,"start":{{start}},"length":3,"label":"person","score":0.5},{"text":0,"label":"topic_x"}]}""");
        var said = await Guard(service).InspectAsync(new RemoteQuestion([StubService.Text("x"), StubService.Text(Text)]), Ended);
        Assert.Equal(asked, said.Asks);
        var at = Encoding.UTF8.GetByteCount(Text[..Text.IndexOf('B', StringComparison.Ordinal)]);
        Assert.Equal([new TextFinding(1, new Finding("person", at, 3, 0.5f)), new TextFinding(0, new Finding("topic_x", 0, 0))], said.Findings);
    }

    [Fact]
    public async Task A_block_without_findings_concerns_the_whole()
    {
        await using var service = await StubService.StartAsync("""{"verdict":"block"}""");
        var said = await Guard(service).InspectAsync(Hello, Ended);
        Assert.Equal([new TextFinding(0, new Finding("unwanted", 0, 0))], said.Findings);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("allow", "not JSON")]
    [InlineData("""{"verdict":"allow"} x""", "not JSON")]
    [InlineData("""{"verdict":"block","verdict":"allow"}""", "not JSON")]
    [InlineData("""[]""", "no verdict")]
    [InlineData("""{}""", "no verdict")]
    [InlineData("""{"verdict":true}""", "no verdict")]
    [InlineData("""{"verdict":"ALLOW"}""", "unknown verdict")]
    [InlineData("""{"verdict":"ok"}""", "unknown verdict")]
    [InlineData("""{"verdict":"allow","findings":[{"text":0,"label":"x"}]}""", "findings with allow")]
    [InlineData("""{"verdict":"redact"}""", "redact without findings")]
    [InlineData("""{"verdict":"redact","findings":[]}""", "redact without findings")]
    [InlineData("""{"verdict":"block","findings":{}}""", "bad findings")]
    [InlineData("""{"verdict":"block","findings":[1]}""", "bad text index")]
    [InlineData("""{"verdict":"block","findings":[{"text":1,"label":"x"}]}""", "bad text index")]
    [InlineData("""{"verdict":"block","findings":[{"text":-1,"label":"x"}]}""", "bad text index")]
    [InlineData("""{"verdict":"block","findings":[{"text":0}]}""", "bad label")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"X y"}]}""", "bad label")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","score":2}]}""", "bad score")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","score":0}]}""", "bad score")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","start":0}]}""", "bad offsets")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","start":0,"length":0}]}""", "bad offsets")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","start":3,"length":3}]}""", "bad offsets")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","start":-1,"length":3}]}""", "bad offsets")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","start":1.5,"length":1}]}""", "bad offsets")]
    [InlineData("""{"verdict":"block","findings":[{"text":0,"label":"x","start":2147483647,"length":2147483647}]}""", "bad offsets")]
    public async Task What_is_not_understood_as_a_whole_is_a_failure(string answer, string why)
    {
        await using var service = await StubService.StartAsync(answer);
        Assert.Equal(why, (await Guard(service).InspectAsync(Hello, Ended)).Failure);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(307)]
    public async Task A_status_that_is_no_success_is_a_failure_and_nobody_follows_it_elsewhere(int status)
    {
        await using var service = await StubService.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return http.Response.WriteAsync("""{"verdict":"allow"}""");
        });
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (await Guard(service, token: "secret").InspectAsync(Hello, Ended)).Failure);
        Assert.Single(service.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_a_mebibyte_is_a_failure(bool tellsLength)
    {
        var padding = new string(' ', (1 << 20) + 1);
        await using var service = await StubService.StartAsync((http, _) =>
        {
            http.Response.ContentLength = tellsLength ? padding.Length + 19 : null;
            return http.Response.WriteAsync("""{"verdict":"allow"}""" + padding);
        });
        Assert.Equal("answer too long", (await Guard(service).InspectAsync(Hello, Ended)).Failure);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_a_failure()
    {
        await using var service = await StubService.StartAsync(async (http, _) =>
        {
            await http.Response.WriteAsync("""{"verdict":"al""");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        Assert.Equal("cut off", (await Guard(service).InspectAsync(Hello, Ended)).Failure);
    }

    [Fact]
    public async Task A_connection_that_ends_before_an_answer_is_tried_once_more()
    {
        var first = true;
        await using var service = await StubService.StartAsync(async (http, _) =>
        {
            if (first)
            {
                first = false;
                http.Abort();
                return;
            }

            await http.Response.WriteAsync("""{"verdict":"allow"}""");
        });
        Assert.Null((await Guard(service).InspectAsync(Hello, Ended)).Failure);
        Assert.Equal(2, service.Asked.Count);
    }

    [Fact]
    public async Task Nobody_there_is_a_failure()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var guard = StubService.Guard(new GuardOptions { Webhook = new WebhookGuardOptions { Url = new Uri($"http://127.0.0.1:{port}/judge") } });
        Assert.Equal("no connection", (await guard.InspectAsync(Hello, Ended)).Failure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_is_a_timeout_and_the_service_is_hung_up_on(bool hasBegun)
    {
        var (time, asked) = (new FakeTimeProvider(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var service = await StubService.StartAsync(async (http, _) =>
        {
            if (hasBegun)
            {
                await http.Response.WriteAsync("""{"verdict":""");
                await http.Response.Body.FlushAsync();
            }

            asked.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        var verdict = Guard(service, time).InspectAsync(Hello, Ended);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("timeout", (await verdict).Failure);
        await service.HungUp.Task.WaitAsync(TimeSpan.FromSeconds(30), Ended);
    }

    [Fact]
    public async Task A_caller_that_leaves_hangs_up_and_is_no_failure()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await StubService.StartAsync(async (http, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var leaving = new CancellationTokenSource();
        var verdict = Guard(service).InspectAsync(Hello, leaving.Token);
        await asked.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await verdict);
        await service.HungUp.Task.WaitAsync(TimeSpan.FromSeconds(30), Ended);
    }

    private static IRemoteGuard Guard(StubService service, TimeProvider? time = null, string? token = null) =>
        StubService.Guard(new GuardOptions { Webhook = new WebhookGuardOptions { Url = new Uri(service.Address, "/judge"), Token = token } }, time);
}
