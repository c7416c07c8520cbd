using System.Net.Sockets;

namespace Gateway.Upstream;

/// <summary>Sends one request to one replica and says what came of it: an answer that may be shown, or a fault.</summary>
/// <remarks>Never throws for what an upstream does; every failure is classified here and nowhere else.</remarks>
public static class UpstreamClient
{
    public static async ValueTask<UpstreamReply> SendAsync(UpstreamCall call, AttemptClock clock)
    {
        var request = BuildRequest(call);
        HttpResponseMessage? response = null;
        try
        {
            if (call.IsStream)
                clock.Allow(call.To.Connections.Timeouts.FirstToken);
            else
                clock.Allow(call.To.Connections.Timeouts.Total);
            response = await call.To.Connections.Invoker.SendAsync(request, clock.Token);
            var reply = await ReadReplyAsync(call, response, clock);
            if (reply.Stream is not null)
                response = null;
            return reply;
        }
        catch (OperationCanceledException) when (clock.Token.IsCancellationRequested)
        {
            // A plain answer is given as long as the request has; a timer that fires a moment early does not change whose end it was.
            return call.IsStream
                ? clock.Explain(FaultKind.FirstTokenTimeout, $"no token within {call.To.Connections.Timeouts.FirstToken.TotalSeconds:0.###} s")
                : clock.Explain(FaultKind.DeadlinePassed, "the request ran out of time");
        }
        catch (OperationCanceledException)
        {
            return new UpstreamFault(FaultKind.ConnectFailed, $"no connection within {call.To.Connections.Timeouts.Connect.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or SocketException)
        {
            return Classify(e, response is not null, request.OpenedConnection);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static async ValueTask<UpstreamReply> ReadReplyAsync(UpstreamCall call, HttpResponseMessage response, AttemptClock clock)
    {
        if (!response.IsSuccessStatusCode)
            return await RefusalReader.ReadAsync(response, clock.Token);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (call.IsStream)
        {
            return type == "text/event-stream"
                ? await FirstTokenReader.ReadAsync(response, clock)
                : new UpstreamFault(FaultKind.Garbage, $"a stream was asked for and '{type}' came");
        }

        return await WholeAnswerReader.ReadAsync(response, clock.Token);
    }

    private static AttemptRequest BuildRequest(UpstreamCall call)
    {
        var request = new AttemptRequest(call.Address ?? call.Replica.Chat) { Content = new SplicedContent(call.Body) };
        var headers = request.Headers;
        if (call.To.Connections.Authorization is { } authorization)
            headers.TryAddWithoutValidation("Authorization", authorization);
        headers.TryAddWithoutValidation("X-Request-Id", call.Headers.RequestId);
        headers.TryAddWithoutValidation("Via", "1.1 gateway");
        if (call.Headers.TraceParent is { } parent)
            headers.TryAddWithoutValidation("traceparent", parent);
        if (call.Headers.TraceState is { } state)
            headers.TryAddWithoutValidation("tracestate", state);
        return request;
    }

    private static UpstreamFault Classify(Exception e, bool hasHeaders, bool openedConnection)
    {
        if (e is InvalidDataException)
            return new UpstreamFault(FaultKind.Garbage, e.Message);
        // The handler asks a fresh connection for its peer, and lets out what the socket says if it was reset in that moment.
        if (e is SocketException)
            return new UpstreamFault(FaultKind.ConnectFailed, $"no connection ({Innermost(e)})");
        if (hasHeaders)
            return new UpstreamFault(FaultKind.Cut, "the answer was cut off");
        return e is HttpRequestException http ? http.HttpRequestError switch
        {
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError =>
                new UpstreamFault(FaultKind.ConnectFailed, $"no connection ({Innermost(e)})"),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
                new UpstreamFault(FaultKind.Garbage, "what came is not HTTP"),
            _ => Broken(openedConnection),
        } : Broken(openedConnection);
    }

    private static UpstreamFault Broken(bool openedConnection) => openedConnection
        ? new UpstreamFault(FaultKind.Reset, "the connection broke before an answer")
        : new UpstreamFault(FaultKind.StaleConnection, "a pooled connection had been closed");

    private static string Innermost(Exception e) =>
        e.GetBaseException() is SocketException socket ? socket.SocketErrorCode.ToString() : e.GetBaseException().GetType().Name;
}
