using Gateway.Protocol;
using Gateway.Routing;

namespace Gateway.Dispatch.Resume;

/// <summary>What one stream has shown its caller, so that another replica can go on from there.</summary>
/// <remarks>
/// Text is kept as the deltas carried it, as the inside of JSON strings: fragments of escaped text in a row are escaped text again, so
/// nothing is decoded on the way. Noting a chunk allocates nothing once the rented buffers have grown. Used by one stream at a time.
/// </remarks>
/// <param name="keepsIds">Keep the tokens' ids too.</param>
public sealed class Journal(bool keepsIds = false) : IDisposable
{
    /// <summary>Most text kept of one stream, in bytes, content and reasoning each: some 250,000 tokens. What is longer cannot be resumed.</summary>
    private const int MostText = 1024 * 1024;

    /// <summary>Most bytes of frames that are held back for a tool call to become whole: about a thousand tokens at 250 bytes a frame.</summary>
    private const int MostHeld = 256 * 1024;

    /// <summary>Most bytes kept of the first frame, for the stream's id, time and model; vLLM's takes some 300.</summary>
    private const int MostOpening = 4096;

    private readonly TextLog _content = new(MostText);
    private readonly TextLog _reasoning = new(MostText);
    private readonly TextLog _held = new(MostHeld);
    private readonly TextLog _opening = new(MostOpening);
    private int _before;
    private (int Content, int Reasoning) _atIds;
    private int _chunks;
    private int _solidLength;

    /// <summary>The answer's text so far, as the inside of a JSON string.</summary>
    public ReadOnlyMemory<byte> Content => _content.Memory;

    /// <summary>The same without the white space at its end.</summary>
    public ReadOnlyMemory<byte> SolidContent => _content.Memory[.._solidLength];

    /// <summary>The thought so far, shown or not, as the inside of a JSON string.</summary>
    public ReadOnlyMemory<byte> Reasoning => _reasoning.Memory;

    /// <summary>The thought is kept from the caller, who did not want it.</summary>
    public bool HidesThought { get; private set; }

    /// <summary>The ids of prompt and answer; null when they are not asked for.</summary>
    public TokenLog? Ids { get; } = keepsIds ? new TokenLog() : null;

    /// <summary>Bytes of content that the tokens of <see cref="TokenLog.Shown"/> do not cover: another leg says them again.</summary>
    public int ContentBeyondIds => _content.Length - _atIds.Content;

    /// <summary>The same of the thought.</summary>
    public int ReasoningBeyondIds => _reasoning.Length - _atIds.Reasoning;

    /// <summary>The payload of the first frame, or its beginning.</summary>
    public ReadOnlySpan<byte> Opening => _opening.Span;

    /// <summary>Tokens generated up to the last one whose text was shown.</summary>
    public int ShownTokens { get; private set; }

    /// <summary>Tokens generated up to the end of <see cref="SolidContent"/>.</summary>
    public int SolidTokens { get; private set; }

    /// <summary>Tokens generated, as far as the upstream has said, over all legs and each counted once.</summary>
    public int TotalTokens { get; private set; }

    /// <summary>Tokens of the caller's own prompt; null until an upstream has counted them.</summary>
    public int? PromptTokens { get; set; }

    /// <summary>Of them, what the first replica had cached; 0 when it did not say.</summary>
    public int CachedTokens { get; private set; }

    /// <summary>It holds less than was shown, or what was shown cannot be sent back: nothing can be resumed any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Frames of a tool call that is not whole yet are held back.</summary>
    public bool HoldsCall => _held.Length > 0;

    /// <summary>How fast its tokens come.</summary>
    public Pace Pace { get; } = new();

    /// <summary>Replicas that this stream has lost, or that would not take it.</summary>
    public List<Replica> Left { get; } = [];

    /// <summary>Times it went on at another replica.</summary>
    public int Migrations { get; set; }

    /// <summary>When it was last asked whether it has to leave its replica; a timestamp.</summary>
    public long LookedAt { get; set; }

    /// <summary>Engines that failed on it.</summary>
    public int Deaths { get; set; }

    /// <summary>The last leg's usage as one for the whole answer: the caller's own prompt, and each generated token once.</summary>
    public Usage Usage => new(PromptTokens ?? 0, TotalTokens, CachedTokens);

    /// <summary>Begins another leg.</summary>
    /// <param name="tokens">Tokens that were generated before what it generates.</param>
    /// <param name="mechanism">How it was made to go on.</param>
    public void Begin(int tokens, Mechanism mechanism)
    {
        (_before, _chunks) = (tokens, 0);
        _held.Clear();
        if (mechanism == Mechanism.Restart)
        {
            Ids?.Clear();
            if (HidesThought)
                _reasoning.Clear();
        }
        else if (mechanism == Mechanism.Ids)
        {
            Ids?.Cut();
        }
        else
        {
            // Text that was read again need not have the ids that were generated.
            Ids?.Forget();
        }
    }

    /// <summary>Takes note of a chunk of the leg, shown or not, before <see cref="Show"/>.</summary>
    public void Count(ReadOnlySpan<byte> payload, in Chunk chunk)
    {
        if (_opening.Length == 0)
            Open(payload);
        Ids?.Take(payload, chunk);
        if (chunk.Usage is { } usage)
        {
            TotalTokens = _before + usage.Completion;
            if (Migrations == 0)
                (PromptTokens, CachedTokens) = (usage.Prompt, Math.Max(CachedTokens, usage.Cached));
        }
        else if (Ids is { IsWhole: true })
        {
            TotalTokens = Ids.Count;
        }
        else if (chunk.IsVisible)
        {
            // Without a count, a chunk that shows something is taken for a token: vLLM sends one each.
            TotalTokens = _before + ++_chunks;
        }
    }

    /// <summary>Takes note of text that is shown now.</summary>
    /// <param name="content">Of the answer; inside of a JSON string, like <paramref name="reasoning"/>.</param>
    /// <param name="reasoning">Of the thought.</param>
    /// <param name="isWhole">Whether it is the text of all tokens so far; false when the gateway itself holds some back.</param>
    public void Show(ReadOnlySpan<byte> content, ReadOnlySpan<byte> reasoning, bool isWhole = true)
    {
        if (!reasoning.IsEmpty)
            IsLost |= !_reasoning.TryAppend(reasoning);
        if (!content.IsEmpty)
            IsLost |= !_content.TryAppend(content);
        ShownTokens = TotalTokens;
        if (RawText.SolidLength(content) is var solid and > 0)
            (_solidLength, SolidTokens) = (_content.Length - content.Length + solid, TotalTokens);
        if (isWhole && Ids is not null)
        {
            Ids.Show();
            _atIds = (_content.Length, _reasoning.Length);
        }
    }

    /// <summary>Takes note of thought that is kept from the caller.</summary>
    /// <param name="reasoning">Inside of a JSON string.</param>
    /// <param name="isWhole">As with <see cref="Show"/>.</param>
    public void Conceal(ReadOnlySpan<byte> reasoning, bool isWhole = true)
    {
        HidesThought = true;
        Show(default, reasoning, isWhole);
    }

    /// <summary>The text that was shown is known to end so many bytes beyond that of the first tokens.</summary>
    /// <param name="tokens">Generated tokens.</param>
    /// <param name="content">Bytes of content beyond them; they count as they stand in JSON, like those of the thought.</param>
    /// <param name="reasoning">Bytes of the thought beyond them.</param>
    public void Align(int tokens, int content, int reasoning)
    {
        Ids!.ShowOnly(tokens);
        _atIds = (_content.Length - content, _reasoning.Length - reasoning);
    }

    /// <summary>The leg ends here although its replica goes on: what it generated from here on is generated again.</summary>
    /// <param name="tokens">Tokens generated up to here.</param>
    public void EndLeg(int tokens) => (TotalTokens, ShownTokens) = (tokens, tokens);

    /// <summary>Something was shown that cannot be sent back as text.</summary>
    public void Lose() => IsLost = true;

    /// <summary>Whether so many bytes can be held back in addition.</summary>
    public bool CanHold(int bytes) => bytes <= MostHeld - _held.Length;

    /// <summary>Holds bytes back, of a frame for which there <see cref="CanHold"/>.</summary>
    public void Hold(ReadOnlySpan<byte> bytes) => IsLost |= !_held.TryAppend(bytes);

    /// <summary>The bytes held back, which are shown now; call <see cref="Release"/> once they are written.</summary>
    public ReadOnlySpan<byte> Held => _held.Span;

    /// <summary>Nothing is held any more.</summary>
    public void Release() => _held.Clear();

    public void Dispose()
    {
        Ids?.Dispose();
        _content.Dispose();
        _reasoning.Dispose();
        _held.Dispose();
        _opening.Dispose();
    }

    private void Open(ReadOnlySpan<byte> payload)
    {
        var choices = payload.IndexOf("\"choices\""u8);
        var opening = payload.Length <= MostOpening || choices < 0 ? payload : payload[..choices];
        IsLost |= !_opening.TryAppend(opening);
    }
}
