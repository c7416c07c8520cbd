namespace Gateway.Routing.Tests;

public sealed class ApiAddressTests
{
    [Theory]
    [InlineData("http://10.0.0.1:8000", "http://10.0.0.1:8000/v1/chat/completions", "http://10.0.0.1:8000/metrics")]
    [InlineData("https://host/openai", "https://host/openai/v1/chat/completions", "https://host/openai/metrics")]
    [InlineData("https://host/v1", "https://host/v1/chat/completions", "https://host/metrics")]
    [InlineData("https://host/api/v1/", "https://host/api/v1/chat/completions", "https://host/api/metrics")]
    [InlineData("https://host/api/paas/v4", "https://host/api/paas/v4/chat/completions", "https://host/api/paas/metrics")]
    [InlineData("https://host/v1beta/openai", "https://host/v1beta/openai/chat/completions", "https://host/metrics")]
    [InlineData("https://host/v2-team/vllm", "https://host/v2-team/vllm/v1/chat/completions", "https://host/v2-team/vllm/metrics")]
    [InlineData("https://host/vision", "https://host/vision/v1/chat/completions", "https://host/vision/metrics")]
    public void The_version_is_never_doubled_and_never_missing(string address, string chat, string metrics)
    {
        var paths = new ApiAddress(new Uri(address));
        Assert.Equal(chat, paths.Of("/v1/chat/completions").AbsoluteUri);
        Assert.Equal(metrics, paths.Of("/metrics").AbsoluteUri);
    }

    [Fact]
    public void A_replica_is_asked_at_its_own_path() =>
        Assert.Equal("https://host/api/v1/chat/completions", new Replica(new Uri("https://host/api/v1/"), A.Replica().Breaker).Chat.AbsoluteUri);
}
