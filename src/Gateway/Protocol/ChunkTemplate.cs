using System.Buffers;
using System.Text.Unicode;

namespace Gateway.Protocol;

/// <summary>The bytes around the text of a stream's chunks, so that a chunk which differs in its text alone need not be parsed again.</summary>
/// <remarks>
/// From chunk to chunk of a stream usually only the text changes, and the counts where each chunk carries its usage. A payload with the
/// same bytes around a text that holds no quote, no escape and no control character, and around digits where digits were, is the same
/// JSON document with another string and other numbers in it, so what was read out of the parsed one holds for it too. Everything else
/// is parsed. Some 30 ns in place of a microsecond; 50 ns with usage.
/// </remarks>
public struct ChunkTemplate
{
    /// <summary>Longest payload that is remembered, in bytes; a usual one takes 200 to 400.</summary>
    private const int Longest = 1024;

    /// <summary>What ends a JSON string or means something in it.</summary>
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(code => (byte)code)]);

    private byte[]? _bytes;
    private int _before;
    private int _after;
    private Chunk _learned;
    private UsageTemplate _usage;

    /// <summary>Remembers a parsed chunk that showed text and nothing else.</summary>
    public void Learn(ReadOnlySpan<byte> payload, Chunk chunk)
    {
        if (chunk.Kind != ChunkKind.Part || chunk.Text.IsEmpty || chunk.ShowsOther || !chunk.Logprobs.IsEmpty || chunk.Finished > 0 || chunk.IsAborted
            || !chunk.TokenIds.IsEmpty || !chunk.PromptTokenIds.IsEmpty || payload.Length > Longest)
            return;
        var after = payload[chunk.Text.End..];
        var usage = default(UsageTemplate);
        if (chunk.Usage is not null && !UsageTemplate.TryLearn(after, chunk, out usage))
            return;
        _bytes ??= ArrayPool<byte>.Shared.Rent(Longest);
        (_before, _after, _learned, _usage) = (chunk.Text.Start, after.Length, chunk, usage);
        payload[.._before].CopyTo(_bytes);
        after.CopyTo(_bytes.AsSpan(_before));
    }

    /// <summary>Reads a payload that differs from the remembered one in its text and its counts alone.</summary>
    public readonly bool TryRead(ReadOnlySpan<byte> payload, out Chunk chunk)
    {
        chunk = default;
        if (_bytes is null || payload.Length <= _before || !payload.StartsWith(_bytes.AsSpan(0, _before)))
            return false;
        var rest = payload[_before..];
        var length = rest.IndexOfAny(NotPlain);
        if (length <= 0 || !Utf8.IsValid(rest[..length]))
            return false;
        var text = new ByteRange(_before, length);
        var after = _bytes.AsSpan(_before, _after);
        if (_learned.Usage is { } before)
        {
            if (!_usage.TryRead(rest[length..], after, text.End, before, out var usage, out var member))
                return false;
            chunk = _learned;
            (chunk.Usage, chunk.UsageMember) = (usage, member);
        }
        else if (!rest[length..].SequenceEqual(after))
        {
            return false;
        }
        else
        {
            chunk = _learned;
        }

        chunk.Text = text;
        if (!chunk.Content.IsEmpty)
            chunk.Content = text;
        else
            chunk.Reasoning = text;
        return true;
    }

    /// <summary>Gives the remembered bytes back.</summary>
    public void Forget()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = null;
    }
}
