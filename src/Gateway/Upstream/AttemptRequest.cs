namespace Gateway.Upstream;

/// <summary>One attempt's request; remembers whether a connection was opened for it.</summary>
internal sealed class AttemptRequest(Uri address) : HttpRequestMessage(HttpMethod.Post, address)
{
    /// <summary>Whether this request made the pool connect; if not, it went out on a connection that had been idle.</summary>
    public bool OpenedConnection { get; set; }
}
