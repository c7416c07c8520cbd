using System.Buffers;
using Gateway.Protocol;

namespace Gateway.Dispatch.Resume;

/// <summary>The token ids of a stream, its prompt's and those generated, as the upstream wrote them: lists of numbers in JSON.</summary>
/// <remarks>
/// Ids run ahead of text: a token may hold half a character, or what may become a stop string. What another replica gets ends with the
/// last token whose text the caller has, so that what was held back is generated again and not lost.
/// </remarks>
public sealed class TokenLog : IDisposable
{
    /// <summary>Most bytes of ids kept, of the prompt and of the answer each: some 330,000 tokens at six bytes. With more, the ids are unknown.</summary>
    private const int Most = 2 * 1024 * 1024;

    /// <summary>What stands between the brackets of a list of ids.</summary>
    private static readonly SearchValues<byte> InLists = SearchValues.Create("0123456789, "u8);

    private readonly TextLog _prompt = new(Most);
    private readonly TextLog _said = new(Most);
    private bool _isLost;
    private int _shownLength;
    private int _inLast;
    private int _told;

    /// <summary>All ids are known up to the last token whose text was shown, and there is such a token.</summary>
    public bool IsKnown => !_isLost && Shown > 0;

    /// <summary>Whether every token so far came with its id.</summary>
    public bool IsWhole => !_isLost && _prompt.Length > 0;

    /// <summary>Tokens generated.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens generated up to the last one whose text was shown.</summary>
    public int Shown { get; private set; }

    /// <summary>Tokens of the last chunk that no chunk before it, of any leg, has carried to the caller.</summary>
    public int Fresh { get; private set; }

    /// <summary>The last text shown came with several tokens, of which the last ones may not be in it.</summary>
    public bool MayRunAhead { get; private set; }

    /// <summary>Takes the ids of a chunk; one that shows something without any makes them unknown.</summary>
    public void Take(ReadOnlySpan<byte> payload, in Chunk chunk)
    {
        if (_isLost)
            return;
        if (_prompt.Length == 0 && !chunk.PromptTokenIds.IsEmpty)
            _isLost |= Append(_prompt, chunk.PromptTokenIds.In(payload)) < 0;
        if (chunk.TokenIds.IsEmpty)
        {
            _isLost |= chunk.IsVisible;
            return;
        }

        _inLast = Append(_said, chunk.TokenIds.In(payload));
        _isLost |= _inLast < 0 || _prompt.Length == 0;
        Count += Math.Max(0, _inLast);
        Fresh = Math.Clamp(Count - _told, 0, Math.Max(0, _inLast));
        _told = Math.Max(_told, Count);
    }

    /// <summary>The text of all tokens so far has been shown, as far as one chunk lets one know.</summary>
    public void Show() => (_shownLength, Shown, MayRunAhead) = (_said.Length, Count, _inLast > 1);

    /// <summary>Drops the tokens behind the last one whose text was shown: another leg generates them again.</summary>
    public void Cut()
    {
        _said.Cut(_shownLength);
        Count = Shown;
    }

    /// <summary>Takes so many tokens for those whose text was shown, because it is known to be so.</summary>
    public void ShowOnly(int tokens)
    {
        _shownLength = Written(tokens).Length;
        (Shown, MayRunAhead) = (tokens, false);
    }

    /// <summary>Another leg begins from the prompt.</summary>
    public void Clear()
    {
        _prompt.Clear();
        _said.Clear();
        (_isLost, _shownLength, Shown, Count, MayRunAhead) = (false, 0, 0, 0, false);
    }

    /// <summary>They are of no use any more.</summary>
    public void Forget() => _isLost = true;

    /// <summary>The first generated ids, with commas between them.</summary>
    public ReadOnlySpan<byte> Written(int tokens)
    {
        var left = _said.Span;
        var length = 0;
        for (var token = 0; token < tokens; token++)
        {
            var comma = left[length..].IndexOf((byte)',');
            length = comma < 0 ? left.Length : length + comma + 1;
        }

        return left[..length].TrimEnd((byte)',');
    }

    /// <summary>The ids of the prompt and of what was shown, as a JSON array.</summary>
    public byte[] ToPrompt() => [(byte)'[', .. _prompt.Span, (byte)',', .. _said.Span[.._shownLength], (byte)']'];

    public void Dispose()
    {
        _prompt.Dispose();
        _said.Dispose();
    }

    /// <summary>Adds the inside of a list; its length, or -1 when that is no list of ids or one too long.</summary>
    private static int Append(TextLog log, ReadOnlySpan<byte> list)
    {
        var ids = list[1..^1].Trim(" \t\r\n"u8);
        if (ids.IsEmpty)
            return 0;
        if (ids.ContainsAnyExcept(InLists))
            return -1;
        return (log.Length == 0 || log.TryAppend(","u8)) && log.TryAppend(ids) ? ids.Count((byte)',') + 1 : -1;
    }
}
