using System.Buffers;
using System.Runtime.InteropServices;

namespace Gateway.Guardrails.Streaming;

/// <summary>One text of a stream as it comes in: what of it may be shown by now, and what stands in place of parts of it.</summary>
/// <remarks>Places are bytes from the beginning of the text. Bytes are kept in a lent buffer for as long as they can matter.</remarks>
public abstract class StreamWindow : IDisposable
{
    private const int FirstBuffer = 2048;

    private readonly List<Redaction> _redactions = [];
    private byte[]? _bytes;
    private int _base;

    /// <summary>Bytes that have come.</summary>
    public int Length { get; private set; }

    /// <summary>The place up to which the text may be shown, with what is redacted in it.</summary>
    public int Released { get; private protected set; }

    /// <summary>Whether some of it may not be shown yet.</summary>
    public bool Holds => Released < Length;

    /// <summary>Whether text is held that waiting could release.</summary>
    public virtual bool CanExpire => Holds;

    /// <summary>What is replaced, by place; of what was released, only what was not forgotten.</summary>
    public ReadOnlySpan<Redaction> Redactions => CollectionsMarshal.AsSpan(_redactions);

    /// <summary>The place of the first byte that is kept.</summary>
    private protected int Kept { get; private set; }

    /// <summary>Adds what has come; nothing is judged yet.</summary>
    public virtual void Append(ReadOnlySpan<byte> utf8)
    {
        if (_bytes is null || utf8.Length > _bytes.Length - (Length - _base))
            MakeRoom(utf8.Length);
        utf8.CopyTo(_bytes.AsSpan(Length - _base));
        Length += utf8.Length;
    }

    /// <summary>Judges what has come; more may follow.</summary>
    public abstract void Judge();

    /// <summary>Judges what has come: nothing follows. All of it is released then.</summary>
    public abstract void End();

    /// <summary>Judges what has come as if nothing followed, because it has waited for long enough.</summary>
    public abstract void Expire();

    /// <summary>Lets go of redactions that nobody asks for any more: those before a place that was shown.</summary>
    public void Forget(int before)
    {
        var count = 0;
        while (count < _redactions.Count && _redactions[count].End <= Math.Min(before, Kept))
            count++;
        if (count > 0)
            _redactions.RemoveRange(0, count);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
            ArrayPool<byte>.Shared.Return(bytes);
        GC.SuppressFinalize(this);
    }

    /// <summary>The text from a place on that is kept.</summary>
    private protected ReadOnlySpan<byte> From(int place) => _bytes.AsSpan(place - _base, Length - place);

    /// <summary>The text between two places that are kept.</summary>
    private protected ReadOnlySpan<byte> Between(int start, int end) => _bytes.AsSpan(start - _base, end - start);

    /// <summary>Nothing before this place is looked at any more.</summary>
    private protected void KeepFrom(int place) => Kept = Math.Max(Kept, place);

    /// <summary>Replaces a range that follows all that are replaced already.</summary>
    private protected void Replace(int start, int end, string with) => _redactions.Add(new Redaction(0, start, end - start, with));

    /// <summary>The redactions, to be changed; they stay in order and never overlap.</summary>
    private protected List<Redaction> Replaced => _redactions;

    private void MakeRoom(int more)
    {
        var kept = Length - Kept;
        var next = _bytes is null || kept + more > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, (kept + more) * 2)) : _bytes;
        if (_bytes is not null)
            From(Kept).CopyTo(next);
        if (_bytes is not null && next != _bytes)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _base) = (next, Kept);
    }
}
