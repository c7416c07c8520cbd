namespace Gateway.Simulator.Engine;

/// <summary>What turns prompts into tokens over time.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>Whether <see cref="Sequence.Tokens"/> are wanted.</summary>
    bool NeedsTokens { get; }

    /// <summary>Whether readers may go on on the engine's own thread: cheaper, where the engine has time to spare.</summary>
    bool WakesInline { get; }

    /// <summary>Takes a sequence; its tokens appear when they are generated.</summary>
    void Submit(Sequence sequence);

    /// <summary>Drops a sequence and frees what it holds; for callers that left and for shutdown.</summary>
    void Abort(Sequence sequence);

    /// <summary>Ends every sequence, as SIGTERM does.</summary>
    void AbortAll();

    /// <summary>Sequences that are prefilling or decoding.</summary>
    int Running { get; }

    /// <summary>Sequences in the queue.</summary>
    int Waiting { get; }

    /// <summary>Share of KV blocks in use, 0 to 1.</summary>
    double KvUsage { get; }
}
