namespace Gateway.Simulator.Engine;

/// <summary>
/// The KV cache: blocks of 16 tokens with a prefix cache, as vLLM keeps it. A full block is known by a hash chained over all tokens
/// before it. Blocks nobody uses stay known until they are needed; the one unused longest goes first.
/// </summary>
internal sealed class KvBlocks
{
    /// <summary>Tokens per block; vLLM's default on GPUs.</summary>
    public const int BlockTokens = 16;

    private readonly Block[] _blocks;
    private readonly Dictionary<ulong, int> _known = [];
    private readonly LinkedList<int> _free = new();

    public KvBlocks(int count)
    {
        _blocks = new Block[count];
        for (var i = 0; i < count; i++) _blocks[i].Free = _free.AddLast(i);
    }

    /// <summary>Blocks that could be handed out, known ones included.</summary>
    public int Free => _free.Count;

    /// <summary>Share of blocks in use.</summary>
    public double Usage => 1 - (double)_free.Count / _blocks.Length;

    /// <summary>
    /// Takes the known blocks a prompt begins with. At least the last prompt token is left to compute, since its output is what the
    /// first token is sampled from.
    /// </summary>
    /// <returns>Tokens that need no prefill, a multiple of the block size.</returns>
    public int TakePrefix(ReadOnlySpan<int> tokens, ulong salt, List<int> blocks)
    {
        var hash = salt;
        var longest = (tokens.Length - 1) / BlockTokens;
        for (var i = 0; i < longest; i++)
        {
            hash = HashOf(hash, tokens.Slice(i * BlockTokens, BlockTokens));
            if (!_known.TryGetValue(hash, out var block)) break;
            Use(block);
            blocks.Add(block);
        }
        return blocks.Count * BlockTokens;
    }

    /// <summary>Grows a sequence's blocks to hold so many tokens; false, with nothing taken, if there are not enough.</summary>
    public bool TryGrow(List<int> blocks, int tokens)
    {
        var missing = (tokens + BlockTokens - 1) / BlockTokens - blocks.Count;
        if (missing > _free.Count) return false;
        for (; missing > 0; missing--)
        {
            var block = _free.First!.Value;
            if (_blocks[block].Hash is { } evicted)
            {
                _known.Remove(evicted);
                _blocks[block].Hash = null;
            }
            Use(block);
            blocks.Add(block);
        }
        return true;
    }

    /// <summary>Makes the full blocks among the first <paramref name="computed"/> tokens known to later prompts.</summary>
    /// <param name="tokens">The sequence's tokens.</param>
    /// <param name="computed">How many have KV entries.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="chain">Where the chain of hashes stands; begin with <see cref="Chain.Start"/>.</param>
    public void Publish(ReadOnlySpan<int> tokens, int computed, List<int> blocks, ref Chain chain)
    {
        for (; (chain.Blocks + 1) * BlockTokens <= computed; chain.Blocks++)
        {
            chain.Hash = HashOf(chain.Hash, tokens.Slice(chain.Blocks * BlockTokens, BlockTokens));
            ref var block = ref _blocks[blocks[chain.Blocks]];
            if (block.Hash is null && _known.TryAdd(chain.Hash, blocks[chain.Blocks])) block.Hash = chain.Hash;
        }
    }

    /// <summary>Gives a sequence's blocks back, the last first, so that the ends of prompts are forgotten before their beginnings.</summary>
    public void Release(List<int> blocks)
    {
        for (var i = blocks.Count - 1; i >= 0; i--)
        {
            ref var block = ref _blocks[blocks[i]];
            if (--block.Users == 0) block.Free = _free.AddLast(blocks[i]);
        }
        blocks.Clear();
    }

    private void Use(int index)
    {
        ref var block = ref _blocks[index];
        if (block.Users++ > 0) return;
        _free.Remove(block.Free!);
        block.Free = null;
    }

    private static ulong HashOf(ulong before, ReadOnlySpan<int> tokens)
    {
        var hash = before;
        foreach (var token in tokens) hash = Text.Chance.Step(hash, (ulong)token);
        return Text.Chance.Mix(hash);
    }

    /// <summary>How far a sequence's blocks have been hashed.</summary>
    public struct Chain
    {
        public ulong Hash;
        public int Blocks;

        public static Chain Start(ulong salt) => new() { Hash = salt };
    }

    private struct Block
    {
        public int Users;
        public ulong? Hash;
        public LinkedListNode<int>? Free;
    }
}
