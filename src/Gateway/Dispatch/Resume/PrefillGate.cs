using System.Collections.Concurrent;
using Gateway.Routing;

namespace Gateway.Dispatch.Resume;

/// <summary>Bounds the prompt tokens that resumed streams have one replica read again at a time.</summary>
/// <remarks>A replica that goes away drops all its streams at once; each that is taken over costs its new replica the whole prompt.</remarks>
public sealed class PrefillGate
{
    /// <summary>
    /// Most tokens at a time: about two seconds of prefill of an 8B model on one H100 (30,000 tokens a second). A single longer
    /// prompt still goes, alone.
    /// </summary>
    public const int MostTokens = 65_536;

    private readonly ConcurrentDictionary<Replica, int> _tokens = new();

    /// <returns>False when the replica has enough to read.</returns>
    public bool TryEnter(Replica replica, int tokens)
    {
        while (true)
        {
            var now = _tokens.GetOrAdd(replica, 0);
            if (now > 0 && now + tokens > MostTokens)
                return false;
            if (_tokens.TryUpdate(replica, now + tokens, now))
                return true;
        }
    }

    /// <summary>The replica has read them, or given up.</summary>
    public void Leave(Replica replica, int tokens)
    {
        while (true)
        {
            var now = _tokens[replica];
            // The last one out leaves nothing behind, so that a replica that is gone is forgotten.
            if (now == tokens ? _tokens.TryRemove(KeyValuePair.Create(replica, now)) : _tokens.TryUpdate(replica, now - tokens, now))
                return;
        }
    }
}
