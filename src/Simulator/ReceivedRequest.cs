namespace Gateway.Simulator;

/// <summary>A POST request as it arrived. Kept only with <see cref="SimulatorOptions.Record"/>.</summary>
public sealed class ReceivedRequest
{
    private volatile bool _aborted;

    internal ReceivedRequest(string path, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        Path = path;
        Headers = headers;
        Body = body;
    }

    /// <summary>Path without the query.</summary>
    public string Path { get; }

    /// <summary>Headers by name, whatever the case; repeated ones joined with commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body, byte for byte.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Whether the caller left before the answer's end; updated while the request runs.</summary>
    public bool Aborted => _aborted;

    internal void MarkAborted() => _aborted = true;
}
