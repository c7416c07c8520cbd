using System.IO.Hashing;
using System.Runtime.InteropServices;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Routing.Balancing;
using Gateway.Simulator.Engine;

namespace Gateway.Bench.Fleet.Loads;

/// <summary>One request: its prompt, the answer it will get, and what became of it.</summary>
internal sealed class Job
{
    /// <param name="tokens">Prompt and answer.</param>
    /// <param name="promptTokens">How many of them are the prompt.</param>
    /// <param name="session">Whose turn it is.</param>
    public Job(int[] tokens, int promptTokens, Session session)
    {
        (Tokens, PromptTokens, Session) = (tokens, promptTokens, session);
        Blocks = new ulong[Math.Min(promptTokens / PickRequest.TokensPerBlock, PickRequest.MostBlocks)];
        var hash = 0L;
        for (var i = 0; i < Blocks.Length; i++)
        {
            var block = tokens.AsSpan(i * PickRequest.TokensPerBlock, PickRequest.TokensPerBlock);
            hash = (long)(Blocks[i] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(block), hash));
        }
    }

    public int[] Tokens { get; }

    public int PromptTokens { get; }

    public Session Session { get; }

    public ulong[] Blocks { get; }

    public PickRequest Request => new(PromptTokens, Blocks);

    /// <summary>Which gateway it comes to.</summary>
    public int Gateway { get; set; }

    public TimeSpan ArrivedAt { get; set; }

    public TimeSpan SentAt { get; set; }

    public Picked Picked { get; set; }

    /// <summary>Held at its gateway's gate, where there is one.</summary>
    public Place Place { get; set; }

    public long Ahead { get; set; }

    public Sequence? Sequence { get; set; }

    public bool HasBegun { get; set; }

    /// <summary>From its arrival.</summary>
    public TimeSpan FirstToken { get; set; }
}
