using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Gateway.Simulator;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace Gateway.EndToEnd.Sdks;

/// <summary>OpenAI's own .NET SDK, with nothing changed but its address.</summary>
public sealed class DotNetSdkTests(SdkGateway gateway) : IClassFixture<SdkGateway>
{
    [Fact]
    public async Task A_plain_answer_is_read()
    {
        ChatCompletion answer = await Chat().CompleteChatAsync("Say something.");
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.NotEmpty(answer.Content[0].Text);
        Assert.True(answer.Usage.OutputTokenCount > 1);
    }

    [Fact]
    public async Task A_streamed_answer_is_read_with_its_usage()
    {
        var updates = await Chat().CompleteChatStreamingAsync("Say something.").ToListAsync();
        Assert.NotEmpty(string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Single(updates, update => update.FinishReason == ChatFinishReason.Stop);
        Assert.Single(updates, update => update.Usage is not null);
    }

    [Fact]
    public async Task A_streamed_tool_call_is_put_together()
    {
        var options = new ChatCompletionOptions
        {
            ToolChoice = ChatToolChoice.CreateRequiredChoice(),
            Tools =
            {
                ChatTool.CreateFunctionTool("get_weather", "The weather of a place.", BinaryData.FromString(
                    """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city","days"]}""")),
            },
        };
        var (name, arguments, finish) = ("", new StringBuilder(), (ChatFinishReason?)null);
        await foreach (var update in Chat().CompleteChatStreamingAsync([new UserChatMessage("How is the weather?")], options))
        {
            finish = update.FinishReason ?? finish;
            foreach (var call in update.ToolCallUpdates)
            {
                name += call.FunctionName;
                arguments.Append(call.FunctionArgumentsUpdate);
            }
        }

        Assert.Equal("get_weather", name);
        Assert.Equal(ChatFinishReason.ToolCalls, finish);
        using var parsed = JsonDocument.Parse(arguments.ToString());
        Assert.Equal(["city", "days"], parsed.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        var models = await new OpenAIModelClient(Key, Options()).GetModelsAsync();
        Assert.Equal(["chat", "tools", "openai/chat"], models.Value.Select(model => model.Id));
    }

    [Fact]
    public async Task An_unknown_model_is_an_exception_that_says_what_exists()
    {
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Chat("nope").CompleteChatAsync("Say something."));
        Assert.Equal(404, refused.Status);
        Assert.Contains("The model 'nope' does not exist. Known models: chat, tools", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut-after=5")]
    [InlineData("abort-after=5")]
    [InlineData("stall-after=5")]
    [InlineData("error-frame-after=5")]
    public async Task A_stream_that_breaks_never_looks_finished(string fault)
    {
        gateway.Replica.Faults.Next(Fault.Parse(fault));
        var (text, finish) = ("", (ChatFinishReason?)null);
        _ = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in Chat().CompleteChatStreamingAsync("Say something."))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
                finish = update.FinishReason ?? finish;
            }
        });
        Assert.NotEmpty(text);
        Assert.Null(finish);
    }

    private static ApiKeyCredential Key => new("sk-anything");

    private OpenAIClientOptions Options() => new() { Endpoint = gateway.BaseUrl, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };

    private ChatClient Chat(string model = "chat") => new(model, Key, Options());
}
