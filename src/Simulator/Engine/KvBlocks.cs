namespace Gateway.Simulator.Engine;

internal sealed class KvBlocks
{
    public const int BlockTokens = 16;
}
