using System.Net;
using System.Text;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Learning;

public sealed class FeedbackTests
{
    [Fact]
    public async Task A_score_for_an_answer_becomes_an_outcome()
    {
        await using var gateway = await LearningGateway.StartAsync();
        var (plain, _) = await gateway.AskAsync(Ask.Easy);
        var (stream, _) = await gateway.AskAsync(Ask.Hard, stream: true);
        await gateway.ScoreAsync(plain, 0.5);
        await gateway.ScoreAsync(stream, 1);
        using var rated = await gateway.SayAsync($$"""{"request_id":"{{plain}}","rating":"down","comment":"wrong city"}""");
        Assert.Equal(HttpStatusCode.NoContent, rated.StatusCode);
        await gateway.UntilAsync(learned => LearningGateway.Count(learned, "feedback") == 3);
        Assert.Contains("gateway_outcomes_total{model=\"auto\",kind=\"Feedback\"}", await gateway.MetricsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"request_id":"req-nobody","score":1}""", 404, "request_not_found")]
    [InlineData("""{"score":1}""", 400, "missing_field")]
    [InlineData("""{"request_id":"","score":1}""", 400, "missing_field")]
    [InlineData("""{"request_id":7,"score":1}""", 400, "missing_field")]
    [InlineData("""{"request_id":"x"}""", 400, "invalid_value")]
    [InlineData("""{"request_id":"x","score":1,"rating":"up"}""", 400, "invalid_value")]
    [InlineData("""{"request_id":"x","score":1.01}""", 400, "invalid_value")]
    [InlineData("""{"request_id":"x","score":-1}""", 400, "invalid_value")]
    [InlineData("""{"request_id":"x","score":1e999}""", 400, "invalid_value")]
    [InlineData("""{"request_id":"x","score":"1"}""", 400, "invalid_value")]
    [InlineData("""{"request_id":"x","rating":"sideways"}""", 400, "invalid_value")]
    [InlineData("[]", 400, "invalid_json")]
    [InlineData("{", 400, "invalid_json")]
    public async Task What_cannot_be_meant_is_refused_in_the_shape_that_clients_know(string body, int status, string code)
    {
        await using var gateway = await LearningGateway.StartAsync();
        using var response = await gateway.SayAsync(body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Only_answers_of_a_cascade_are_learned_from_and_only_recent_ones()
    {
        await using var gateway = await LearningGateway.StartAsync(learning => learning with { RecentRequests = 1 });
        var (first, _) = await gateway.AskAsync(Ask.Easy);
        await gateway.ScoreAsync(first, 1);
        var (second, _) = await gateway.AskAsync(Ask.Easy);
        await gateway.ScoreAsync(second, 1);
        using var pool = await gateway.Gateway.ChatAsync(Ask.Chat(model: "small"));
        foreach (var id in (string[])[first, ChatTests.Header(pool, "x-gateway-request-id")])
        {
            using var response = await gateway.SayAsync($$"""{"request_id":"{{id}}","score":1}""");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Switched_off_it_takes_none()
    {
        await using var gateway = await LearningGateway.StartAsync(learning => learning with { Enabled = false });
        var (id, _) = await gateway.AskAsync(Ask.Easy);
        using var response = await gateway.SayAsync($$"""{"request_id":"{{id}}","score":1}""");
        Assert.Equal("learning_disabled", (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task No_text_is_kept()
    {
        var directory = Directory.CreateTempSubdirectory("gateway-state-").FullName;
        await using (var gateway = await LearningGateway.StartAsync(
            learning => learning with { Shadow = new ShadowOptions { Share = 1 } }, new StateOptions { Directory = directory }))
        {
            var (id, _) = await gateway.AskAsync("my secret is xyzzy42, and xyzzy42 again");
            using var response = await gateway.SayAsync($$"""{"request_id":"{{id}}","score":1,"comment":"xyzzy42"}""");
            await gateway.ScoreAsync(id, 1);
            await gateway.UntilAsync(learned => LearningGateway.Count(learned, "feedback") > 0 && LearningGateway.Count(learned, "disagreement") == 1);
            Assert.DoesNotContain(gateway.Gateway.Log.Lines, line => line.Contains("xyzzy42", StringComparison.Ordinal));
            await gateway.Gateway.StopAsync();
        }

        var kept = Directory.GetFiles(directory).Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))).ToList();
        Assert.NotEmpty(kept);
        Assert.All(kept, text => Assert.DoesNotContain("xyzzy42", text, StringComparison.Ordinal));
        Directory.Delete(directory, recursive: true);
    }
}
