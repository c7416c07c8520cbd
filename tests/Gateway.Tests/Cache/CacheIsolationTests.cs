using Gateway.Tests.Running;

namespace Gateway.Tests.Cache;

/// <summary>Over real sockets: callers never get one another's answers, and odd requests never break the gateway.</summary>
public sealed class CacheIsolationTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await CachedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Two_callers_with_different_keys_each_have_their_own_answers()
    {
        (string, string)[] alice = [("Authorization", "Bearer alice")], bob = [("Authorization", "Bearer bob")];
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat(), alice));
        await _gateway.SettleAsync();
        Assert.Equal("hit exact", await _gateway.OutcomeAsync(Ask.Chat(), alice));
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat(), bob));
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat()));
    }

    [Theory]
    [InlineData("\"seed\":1", "\"seed\":2")]
    [InlineData("\"odd\":\"a\"", "\"odd\":\"\\u0061\"")]
    [InlineData("\"odd\":{\"a\":1}", "\"odd\":{\"a\":1.0}")]
    [InlineData("\"cache_salt\":\"a\"", "\"cache_salt\":\"b\"")]
    [InlineData("\"max_tokens\":4000", "\"max_completion_tokens\":4000")]
    public async Task What_differs_in_any_member_is_another_request(string one, string other) =>
        Assert.Equal("miss", await _gateway.AfterAsync(Ask.Chat(more: one), Ask.Chat(more: other)));

    [Theory]
    [InlineData("\r\nx: y")]
    [InlineData("refresh, bypass")]
    [InlineData("\t")]
    public async Task Odd_headers_are_no_fault_of_ours(string value)
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(), ("x-gateway-cache", value), ("x-gateway-cache-tags", value), ("Cache-Control", ",,;=\"" + value.Trim()));
        Assert.True((int)response.StatusCode < 500, response.StatusCode.ToString());
    }

    [Fact]
    public async Task Many_members_pass_by()
    {
        var many = string.Join(",", Enumerable.Range(0, 200).Select(number => $"\"m{number}\":1"));
        Assert.Equal("bypass too many members", await _gateway.OutcomeAsync(Ask.Chat(more: many)));
    }
}
