using System.Buffers;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>Writes a frame, or a whole answer, with what is redacted in its texts replaced.</summary>
/// <remarks>
/// All else keeps its own bytes, but for the log-probabilities and the ids of the tokens of a choice that is touched: they tell what stood
/// there, and become <c>null</c>.
/// </remarks>
internal sealed class FrameEdit
{
    private readonly ArrayBufferWriter<byte> _out = new(1024);
    private readonly List<(ByteRange At, int Text)> _edits = [];

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _out.WrittenSpan;

    /// <summary>Whether what was written says anything.</summary>
    public bool Says { get; private set; }

    /// <summary>Writes a frame that is touched.</summary>
    public void Write(ReadOnlySpan<byte> frame, ByteRange payload, AnswerTextReader reader, ReadOnlySpan<QueuedText> texts, IReadOnlyList<Channel> channels)
    {
        var json = payload.In(frame);
        reader.Read(json);
        Begin();
        for (var i = 0; i < texts.Length; i++)
        {
            var redactions = channels[texts[i].Channel].Window.Redactions;
            Plan(reader, i, Touches(redactions, texts[i].From, texts[i].To));
        }

        _out.Write(frame[..payload.Start]);
        var (at, shows) = (0, reader.SaysMore);
        foreach (var (range, text) in _edits)
        {
            _out.Write(json[at..range.Start]);
            var before = _out.WrittenCount;
            if (text < 0)
                _out.Write("null"u8);
            else
                EscapedText.Rewrite(range.In(json), texts[text].From, channels[texts[text].Channel].Window.Redactions, _out);
            shows |= text >= 0 && _out.WrittenCount > before;
            at = range.End;
        }

        _out.Write(json[at..]);
        _out.Write(frame[payload.End..]);
        Says = shows;
    }

    /// <summary>Writes a whole answer.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="reader">What was read of it.</param>
    /// <param name="redactions">Of each of its texts, from the text's own beginning.</param>
    public byte[] WriteWhole(ReadOnlySpan<byte> json, AnswerTextReader reader, IReadOnlyList<Redaction>?[] redactions)
    {
        Begin();
        for (var i = 0; i < redactions.Length; i++)
            Plan(reader, i, redactions[i] is { Count: > 0 });
        var at = 0;
        foreach (var (range, text) in _edits)
        {
            _out.Write(json[at..range.Start]);
            if (text < 0)
                _out.Write("null"u8);
            else
                EscapedText.Rewrite(range.In(json), 0, (Redaction[])[.. redactions[text] ?? []], _out);
            at = range.End;
        }

        _out.Write(json[at..]);
        return _out.WrittenSpan.ToArray();
    }

    private void Begin()
    {
        _out.ResetWrittenCount();
        _edits.Clear();
    }

    private void Plan(AnswerTextReader reader, int text, bool isTouched)
    {
        var found = reader.Texts[text];
        _edits.Add((found.Raw, text));
        if (isTouched)
        {
            foreach (var choice in reader.Choices)
            {
                if (choice.Index == found.Channel.Choice)
                {
                    Null(choice.Logprobs);
                    Null(choice.TokenIds);
                }
            }
        }

        _edits.Sort(static (one, other) => one.At.Start.CompareTo(other.At.Start));
    }

    private void Null(ByteRange at)
    {
        if (!at.IsEmpty && !_edits.Contains((at, -1)))
            _edits.Add((at, -1));
    }

    private static bool Touches(ReadOnlySpan<Redaction> redactions, int from, int to)
    {
        foreach (ref readonly var redaction in redactions)
        {
            if (redaction.Start < to && redaction.End > from)
                return true;
        }

        return false;
    }
}
