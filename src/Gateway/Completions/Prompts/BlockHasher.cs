using System.IO.Hashing;
using System.Numerics;
using Gateway.Routing.Balancing;

namespace Gateway.Completions.Prompts;

/// <summary>Cuts what it is given, piece by piece, into blocks of equal length, and hashes each together with all before it.</summary>
/// <remarks>Where the pieces are cut makes no difference. An unfinished block at the end has no hash.</remarks>
internal ref struct BlockHasher(Span<ulong> blocks, Span<byte> unfinished)
{
    /// <summary>Bytes of a token: what English prose and code come to in current vocabularies, about; the unit in which a picker reckons.</summary>
    public const int BytesPerToken = 4;

    /// <summary>Bytes of a block, and the least length of the span for an unfinished one.</summary>
    public const int BlockBytes = PickRequest.TokensPerBlock * BytesPerToken;

    private readonly Span<ulong> _blocks = blocks;
    private readonly Span<byte> _unfinished = unfinished;
    private int _held;
    private ulong _chain;

    /// <summary>Hashes written.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes taken.</summary>
    public long Bytes { get; private set; }

    public void Add(scoped ReadOnlySpan<byte> piece)
    {
        Bytes += piece.Length;
        if (_held > 0)
        {
            var fill = Math.Min(piece.Length, BlockBytes - _held);
            piece[..fill].CopyTo(_unfinished[_held..]);
            _held += fill;
            piece = piece[fill..];
            if (_held < BlockBytes)
                return;
            _held = 0;
            Chain(_unfinished[..BlockBytes]);
        }

        for (; piece.Length >= BlockBytes && Count < _blocks.Length; piece = piece[BlockBytes..])
            Chain(piece[..BlockBytes]);
        if (piece.Length >= BlockBytes)
            return;
        piece.CopyTo(_unfinished);
        _held = piece.Length;
    }

    private void Chain(scoped ReadOnlySpan<byte> block)
    {
        if (Count == _blocks.Length)
            return;
        // The multiplier is SplitMix64's: odd, with no pattern in its bits.
        _chain = (BitOperations.RotateLeft(_chain, 29) * 0x9E3779B97F4A7C15) ^ XxHash3.HashToUInt64(block);
        _blocks[Count++] = _chain;
    }
}
