namespace Gateway.Simulator.Engine;

/// <summary>What the scheduler knows about a sequence.</summary>
internal sealed class ScheduledSequence(Sequence sequence)
{
    public KvBlocks.Chain Chain = KvBlocks.Chain.Start(sequence.Salt);

    public Sequence Sequence => sequence;

    public List<int> Blocks { get; } = [];

    /// <summary>Tokens with KV entries.</summary>
    public int Computed { get; set; }

    /// <summary>Tokens known so far: the prompt and what has been generated.</summary>
    public int Known => sequence.PromptTokens + sequence.Produced;

    /// <summary>Whether its next step yields a token: all but the newest token have entries.</summary>
    public bool Decodes => Computed >= Known - 1 && sequence.Produced > 0;

    /// <summary>Whether it has left the queue before.</summary>
    public bool Admitted { get; set; }

    /// <summary>Tokens it computes in the step being planned.</summary>
    public int Planned { get; set; }
}
