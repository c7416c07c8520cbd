using Gateway.Routing;
using Gateway.Upstream.SideCalls;

namespace Gateway.Upstream.Probing;

/// <summary>Questions to one replica, and whether it had something to say to each.</summary>
internal sealed class SideQuestions(PoolConnections connections, Replica replica, CancellationToken stopping)
{
    /// <summary>How long each question may take: rendering runs beside the engine, and is slow when a long prompt is being tokenized.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether it answered anything at all.</summary>
    public bool WasAnswered { get; private set; }

    /// <summary>Whether a question stayed open: no answer, or one that a second try may better.</summary>
    public bool HasOpen { get; private set; }

    public async Task<SideReply> GetAsync(string path) =>
        Note(await SideCall.GetAsync(connections, replica.Paths.Of(path), Limit, stopping));

    public async Task<SideReply> PostAsync(string path, byte[] json) =>
        Note(await SideCall.PostAsync(connections, replica.Paths.Of(path), new ByteArrayContent(json), Limit, stopping));

    private SideReply Note(SideReply reply)
    {
        WasAnswered |= reply.Status > 0;
        HasOpen |= !reply.IsFinal;
        return reply;
    }
}
