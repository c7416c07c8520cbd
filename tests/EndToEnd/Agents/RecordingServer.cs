using System.Collections.Concurrent;
using System.Net;
using Gateway.EndToEnd.Processes;

namespace Gateway.EndToEnd.Agents;

/// <summary>Keeps what it is sent and answers every request with the same few bytes; for routes the simulator has not.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public RecordingServer()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public ConcurrentQueue<(string Target, byte[] Body)> Received { get; } = new();

    public static byte[] Answer { get; } = "{\"id\":\"resp_1\",\"status\":\"completed\"}"u8.ToArray();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.HttpMethod == "POST")
                    Received.Enqueue((context.Request.RawUrl!, body.ToArray()));
                context.Response.ContentType = "application/json";
                context.Response.Close(Answer, willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
