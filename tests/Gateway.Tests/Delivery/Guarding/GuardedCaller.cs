using System.Text;
using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Delivery;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Hosting;
using Gateway.Learning.Shadows;
using Gateway.Protocol;
using Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Delivery.Guarding;

/// <summary>The caller's side of a stream by itself: frames go in, and what the caller and others get comes out.</summary>
internal sealed class GuardedCaller : IAsyncDisposable
{
    private readonly MemoryStream _body = new();
    private readonly EventWriter _writer;

    public GuardedCaller(GuardPolicy policy, bool inspects = true, params (string Label, string Value)[] restored)
    {
        var (time, http) = (TimeProvider.System, new DefaultHttpContext());
        http.Response.Body = _body;
        var options = new GatewayOptions { Pools = new Dictionary<string, PoolOptions> { ["slm"] = new() { Model = "m", Replicas = [new Uri("http://a:8000")] } } };
        var blueprint = new BlueprintBuilder(time, new Random(1)).Build(options);
        Visit = new GuardVisit(policy);
        foreach (var (label, value) in restored)
            Visit.Placeholders.For(label, Encoding.UTF8.GetBytes(value), isRestored: true);
        Exchange = new Exchange(http, blueprint, "req-1", time.GetTimestamp())
        {
            Request = ChatRequestReader.Read(Encoding.UTF8.GetBytes(Ask.Chat(stream: true)), 64).Request,
            AnsweredBy = blueprint.Upstreams.Single(),
            Guards = Visit,
            Copy = new AnswerCopy(1 << 20),
        };
        _writer = new EventWriter(Exchange, TimeSpan.FromHours(1), time);
        if (inspects)
            _writer.Inspect();
    }

    public Exchange Exchange { get; }

    public GuardVisit Visit { get; }

    public EventWriter Writer => _writer;

    /// <summary>What the caller got.</summary>
    public string Shown => Encoding.UTF8.GetString(_body.ToArray());

    /// <summary>What anyone else may see.</summary>
    public string Copied => Encoding.UTF8.GetString(Exchange.Copy!.Bytes.Span);

    public static string Frame(string text, int choice = 0, string member = "content", string more = "") =>
        $$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":{{choice}},"delta":{"{{member}}":"{{text}}"}{{more}},"finish_reason":null}]}""" + "\n\n";

    public static string Finish(int choice = 0) =>
        $$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":{{choice}},"delta":{},"finish_reason":"stop"}]}""" + "\n\n";

    public const string Done = "data: [DONE]\n\n";

    /// <summary>Sends bytes and flushes.</summary>
    public async Task<GuardedCaller> SendAsync(params string[] bytes)
    {
        foreach (var part in bytes)
            await SendAsync(Encoding.UTF8.GetBytes(part));
        return this;
    }

    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writer.BeginAsync();
        _writer.Write(bytes.Span);
        return await _writer.FlushAsync();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
