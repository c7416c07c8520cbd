using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Gateway.EndToEnd.Calls;
using Gateway.EndToEnd.Processes;
using Gateway.Simulator;
using OpenAI;
using OpenAI.Chat;

namespace Gateway.EndToEnd.Sdks;

/// <summary>What guards do, as OpenAI's own .NET SDK understands it.</summary>
public sealed class GuardedSdkTests : IAsyncLifetime
{
    /// <summary>Words that no answer of the simulator does without.</summary>
    private static readonly string[] Unwanted = ["a", "an", "and", "the", "of", "to", "is", "it", "in", "that"];

    private const string Guards = """
        models: { chat: { pool: chat }, filtered: { pool: chat, guardrails: filtered }, masked: { pool: chat, guardrails: masked } }
        guardrails:
          input: [{ guard: secrets, action: block }, { guard: pii, action: redact, restore: true }]
          guards: { article: { blocklist: { words: [a, an, and, the, of, to, is, it, in, that] } } }
          policies:
            filtered: { output: [{ guard: article, action: block }] }
            masked: { output: [{ guard: article, action: redact }] }

        """;

    private SimulatedReplica _replica = null!;
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Record = true });
        _gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([_replica]) + Guards);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
    }

    [Fact]
    public async Task A_request_that_may_not_pass_is_an_exception_that_says_what_was_found()
    {
        var key = "AKIA" + "Q4XJ7ZTW5LNB2VKD";
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Chat("chat").CompleteChatAsync($"My key is {key}, what now?"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("aws_access_key_id", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_replica.Chats());
    }

    [Fact]
    public async Task The_replica_never_sees_what_is_private()
    {
        ChatCompletion answer = await Chat("chat").CompleteChatAsync("Write to bob@example.com.");
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        var sent = Encoding.UTF8.GetString(Assert.Single(_replica.Chats()).Body.Span);
        Assert.Contains("<EMAIL_1>", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_filtered_ends_with_that_reason()
    {
        var updates = await Chat("filtered").CompleteChatStreamingAsync("Say something.").ToListAsync();
        Assert.Single(updates, update => update.FinishReason == ChatFinishReason.ContentFilter);
        Assert.Empty(Words(updates).Intersect(Unwanted, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_plain_answer_that_is_filtered_has_no_content()
    {
        ChatCompletion answer = await Chat("filtered").CompleteChatAsync("Say something.");
        Assert.Equal(ChatFinishReason.ContentFilter, answer.FinishReason);
        Assert.Empty(string.Concat(answer.Content.Select(part => part.Text)));
    }

    [Fact]
    public async Task A_stream_in_which_something_is_masked_is_whole()
    {
        var updates = await Chat("masked").CompleteChatStreamingAsync("Say something.").ToListAsync();
        Assert.Single(updates, update => update.FinishReason == ChatFinishReason.Stop);
        var words = Words(updates);
        Assert.Empty(words.Intersect(Unwanted, StringComparer.OrdinalIgnoreCase));
        Assert.Contains(words, word => word.StartsWith('<'));
    }

    private static string[] Words(IEnumerable<StreamingChatCompletionUpdate> updates) =>
        string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)).Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);

    private ChatClient Chat(string model) => new(
        model, new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(_gateway.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0) });
}
