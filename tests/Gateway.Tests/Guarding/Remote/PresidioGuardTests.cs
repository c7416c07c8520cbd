using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Guardrails;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Guarding.Remote;

public sealed class PresidioGuardTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_text_is_sent_with_the_settings_and_its_places_come_back_as_bytes()
    {
        await using var service = await StubService.StartAsync(NamesAsync);
        var options = new PresidioOptions { Analyzer = new Uri(service.Address, "/base"), Language = "de", Entities = ["PERSON"], Score = 0.4 };
        GuardedText[] texts = [StubService.Text("no one"), StubService.Text(""), StubService.Text("😀 한글 Bob and e\u0301 Bob")];
        var verdict = await Guard(options).InspectAsync(new RemoteQuestion(texts), Ended);
        Assert.Null(verdict.Failure);
        Assert.Equal(["Bob", "Bob"], verdict.Findings.Select(found => Encoding.UTF8.GetString(texts[found.Text].Utf8.Span.Slice(found.Finding.Start, found.Finding.Length))));
        Assert.All(verdict.Findings, found => Assert.Equal((2, "person", 0.85f), (found.Text, found.Finding.Label, found.Finding.Score)));
        Assert.Equal(2, service.Asked.Count);
        var asked = service.Asked.Single(asked => asked.Body.GetProperty("text").GetString() == "no one");
        Assert.Equal("/base/analyze", asked.Path);
        Assert.Equal("""{"text":"no one","language":"de","score_threshold":0.4,"entities":["PERSON"]}""", asked.Body.GetRawText());
    }

    [Fact]
    public async Task Texts_are_sent_side_by_side_but_not_all_at_once()
    {
        var four = new SemaphoreSlim(0);
        StubService? self = null;
        await using var service = await StubService.StartAsync(async (http, _) =>
        {
            if (self!.Asked.Count == 4)
                four.Release(100);
            await four.WaitAsync(http.RequestAborted);
            await http.Response.WriteAsync("[]");
        });
        self = service;
        var verdict = await Guard(new PresidioOptions { Analyzer = service.Address, Timeout = TimeSpan.FromSeconds(60) })
            .InspectAsync(new RemoteQuestion([.. Enumerable.Range(0, 20).Select(i => StubService.Text($"text {i}"))]), Ended);
        Assert.Same(RemoteVerdict.Clean, verdict);
        Assert.Equal((20, 4), (service.Asked.Count, service.MostAtOnce));
    }

    [Fact]
    public async Task A_long_text_is_sent_in_pieces_and_what_stands_at_a_cut_is_found_once()
    {
        await using var service = await StubService.StartAsync(NamesAsync);
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => i % 1000 == 0 ? "Bob 😀 " : "word x "));
        var verdict = await Guard(new PresidioOptions { Analyzer = service.Address, Timeout = TimeSpan.FromSeconds(60) }).InspectAsync(new RemoteQuestion([StubService.Text(text)]), Ended);
        Assert.Equal(60, verdict.Findings.Count);
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.All(verdict.Findings, found => Assert.Equal("Bob"u8.ToArray(), utf8.AsSpan(found.Finding.Start, found.Finding.Length).ToArray()));
        Assert.True(service.Asked.Count > 1);
    }

    [Fact]
    public async Task Where_there_is_no_text_nobody_is_asked()
    {
        await using var service = await StubService.StartAsync("garbage");
        Assert.Same(RemoteVerdict.Clean, await Guard(new PresidioOptions { Analyzer = service.Address }).InspectAsync(new RemoteQuestion([StubService.Text("")]), Ended));
        Assert.Empty(service.Asked);
    }

    [Theory]
    [InlineData("garbage", "not JSON")]
    [InlineData("""{"error":"no"}""", "no list of findings")]
    [InlineData("""[{"start":0,"end":1,"score":1}]""", "bad entity")]
    [InlineData("""[{"entity_type":"A B","start":0,"end":1,"score":1}]""", "bad entity")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":1}]""", "bad score")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":1,"score":1.5}]""", "bad score")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":6,"score":1}]""", "bad offsets")]
    [InlineData("""[{"entity_type":"PERSON","start":2,"end":2,"score":1}]""", "bad offsets")]
    [InlineData("""[{"entity_type":"PERSON","end":2,"score":1}]""", "bad offsets")]
    public async Task What_is_not_understood_as_a_whole_is_a_failure(string answer, string why)
    {
        await using var service = await StubService.StartAsync(answer);
        Assert.Equal(why, (await Guard(new PresidioOptions { Analyzer = service.Address }).InspectAsync(new RemoteQuestion([StubService.Text("hello")]), Ended)).Failure);
    }

    [Fact]
    public async Task One_text_that_could_not_be_judged_is_a_failure_of_all()
    {
        await using var service = await StubService.StartAsync((http, body) =>
        {
            http.Response.StatusCode = body.GetProperty("text").GetString() == "bad" ? 500 : 200;
            return http.Response.WriteAsync("[]");
        });
        var verdict = await Guard(new PresidioOptions { Analyzer = service.Address })
            .InspectAsync(new RemoteQuestion([StubService.Text("good"), StubService.Text("bad"), StubService.Text("good")]), Ended);
        Assert.Equal("500", verdict.Failure);
    }

    private static IRemoteGuard Guard(PresidioOptions options) => StubService.Guard(new GuardOptions { Presidio = options });

    /// <summary>Finds the name Bob, and counts code points as Python does.</summary>
    private static Task NamesAsync(HttpContext http, JsonElement body)
    {
        var text = body.GetProperty("text").GetString()!;
        var found = new List<object>();
        for (var at = text.IndexOf("Bob", StringComparison.Ordinal); at >= 0; at = text.IndexOf("Bob", at + 1, StringComparison.Ordinal))
        {
            var start = text[..at].EnumerateRunes().Count();
            found.Add(new { analysis_explanation = (string?)null, end = start + 3, entity_type = "PERSON", score = 0.85, start });
        }

        return http.Response.WriteAsync(JsonSerializer.Serialize(found));
    }
}
