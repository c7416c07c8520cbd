using System.Collections.Concurrent;
using Gateway.EndToEnd.Calls;

namespace Gateway.EndToEnd.Outages;

/// <summary>Callers who ask one thing after another until told to stop, half of them for streams; counts what became of it all.</summary>
internal sealed class Callers(HttpClient client) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _lost = new();
    private Task _running = Task.CompletedTask;
    private int _plain;
    private int _whole;
    private int _broken;
    private int _resumed;
    private int _failedOver;

    /// <summary>Plain requests answered 200.</summary>
    public int Plain => _plain;

    /// <summary>Streams that came whole.</summary>
    public int Whole => _whole;

    /// <summary>Streams that broke after their first token and said so.</summary>
    public int Broken => _broken;

    /// <summary>Whole streams that went on at another replica when theirs died.</summary>
    public int Resumed => _resumed;

    /// <summary>Answers that took more than one attempt.</summary>
    public int FailedOver => _failedOver;

    /// <summary>Requests that failed, or streams that ended in any other way.</summary>
    public IReadOnlyCollection<string> Lost => _lost;

    public int Ended => _plain + _whole + _broken + _lost.Count;

    public void Start(int count) =>
        _running = Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => CallAsync(stream: number % 2 == 0))));

    /// <summary>Lets each caller end what it is at.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task CallAsync(bool stream)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var response = await Ask.PostAsync(client, Ask.Body(stream));
                if ((int)response.StatusCode != 200)
                    _lost.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                else if (stream)
                    await ReadStreamAsync(response);
                else
                    await ReadPlainAsync(response);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                _lost.Enqueue(e.Message);
            }
        }
    }

    private async Task ReadPlainAsync(HttpResponseMessage response)
    {
        await response.Content.ReadAsStringAsync();
        Interlocked.Increment(ref _plain);
        NoteAttempts(response);
    }

    private async Task ReadStreamAsync(HttpResponseMessage response)
    {
        using var reply = await StreamedReply.OpenAsync(response);
        await reply.ReadToEndAsync();
        NoteAttempts(response);
        if (reply.IsWhole && reply.IsResumed)
            Interlocked.Increment(ref _resumed);
        if (reply.IsWhole)
            Interlocked.Increment(ref _whole);
        else if (reply.IsHonestlyBroken)
            Interlocked.Increment(ref _broken);
        else
            _lost.Enqueue($"stream {reply}");
    }

    private void NoteAttempts(HttpResponseMessage response)
    {
        if (Ask.Header(response, "x-gateway-attempts") != "1")
            Interlocked.Increment(ref _failedOver);
    }
}
