using System.Buffers;
using System.Net.Http.Headers;

namespace Gateway.Upstream.SideCalls;

/// <summary>Asks a replica something beside its requests, with a limit of time and length. Whatever goes wrong is <see cref="SideReply.None"/>.</summary>
internal static class SideCall
{
    /// <summary>
    /// Longest answer that is read, in bytes. The metrics of one engine take about 100 KB, most of it histograms; a million token ids take
    /// 6 to 7 MB.
    /// </summary>
    private const int LongestAnswer = 16 * 1024 * 1024;

    private const int FirstBuffer = 128 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static Task<SideReply> GetAsync(PoolConnections connections, Uri address, TimeSpan limit, CancellationToken stopping) =>
        SendAsync(connections, new HttpRequestMessage(HttpMethod.Get, address), limit, stopping);

    /// <param name="connections">The pool's connections.</param>
    /// <param name="address">Where the question goes.</param>
    /// <param name="json">The question, as JSON.</param>
    /// <param name="limit">How long all of it may take.</param>
    /// <param name="stopping">Ends it early.</param>
    public static Task<SideReply> PostAsync(PoolConnections connections, Uri address, HttpContent json, TimeSpan limit, CancellationToken stopping)
    {
        json.Headers.ContentType = Json;
        return SendAsync(connections, new HttpRequestMessage(HttpMethod.Post, address) { Content = json }, limit, stopping);
    }

    private static async Task<SideReply> SendAsync(
        PoolConnections connections, HttpRequestMessage request, TimeSpan limit, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ending.CancelAfter(limit);
        using (request)
        {
            if (connections.Authorization is { } authorization)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            try
            {
                using var response = await connections.Invoker.SendAsync(request, ending.Token);
                return await ReadAsync(response, ending.Token);
            }
#pragma warning disable CA1031 // Whatever fails here, there is no answer; an exception would end the watch over the replica.
            catch (Exception)
#pragma warning restore CA1031 // Elsewhere only named exceptions are caught.
            {
                return SideReply.None;
            }
        }
    }

    private static async ValueTask<SideReply> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent(FirstBuffer), 0);
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(length), cancel) is var read and > 0)
            {
                length += read;
                if (length > LongestAnswer)
                    return SideReply.None;
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }

            var reply = new SideReply((int)response.StatusCode, buffer, length);
            buffer = null;
            return reply;
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
