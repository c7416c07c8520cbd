using Gateway.Guardrails.Streaming;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>The texts of a stream's chunks, each on its way into its window.</summary>
/// <param name="open">Opens the window of a text.</param>
/// <param name="name">Tells a window the name of the tool whose arguments it has, or a part of it.</param>
internal sealed class ChunkTexts(Func<TextChannel, StreamWindow> open, Action<StreamWindow, string> name) : IDisposable
{
    /// <summary>Longest payload that is learned; what is longer says more than a few tokens.</summary>
    private const int MostLearned = 1024;

    private byte[] _plain = new byte[256];
    private ChunkTemplate _template;
    private Channel? _learned;

    /// <summary>Where texts stand in the payload that was read last.</summary>
    public AnswerTextReader Reader { get; } = new();

    public List<Channel> Channels { get; } = [];

    /// <summary>The payload of the first chunk; empty before it came.</summary>
    public byte[] Opening { get; private set; } = [];

    /// <summary>Choices that have come, and for each whether its end has left, and whether any of its text has.</summary>
    public List<(int Index, bool IsFinished, bool IsShown)> Choices { get; } = [];

    /// <summary>Reads a chunk: each of its texts goes into its window.</summary>
    /// <param name="payload">The chunk.</param>
    /// <param name="queued">Where each of them now stands is added.</param>
    /// <returns>Whether a choice ends here.</returns>
    public bool Take(ReadOnlySpan<byte> payload, List<QueuedText> queued)
    {
        if (_template.TryRead(payload, out var chunk))
        {
            Append(_learned!, chunk.Text, chunk.Text.In(payload), queued);
            return false;
        }

        if (Opening.Length == 0)
            Opening = payload.ToArray();
        Reader.Read(payload);
        foreach (var choice in Reader.Choices)
            Note(choice.Index);
        foreach (var call in Reader.Calls)
            name(ChannelOf(call.Channel).Window, call.Name);
        foreach (var text in Reader.Texts)
        {
            var raw = text.Raw.In(payload);
            if (text.IsEscaped)
            {
                if (_plain.Length < raw.Length)
                    _plain = new byte[raw.Length * 2];
                Append(ChannelOf(text.Channel), text.Raw, _plain.AsSpan(0, JsonEscape.Decode(raw, _plain)), queued);
            }
            else
            {
                Append(ChannelOf(text.Channel), text.Raw, raw, queued);
            }
        }

        var finishes = false;
        foreach (var choice in Reader.Choices)
        {
            finishes |= choice.IsFinished;
            foreach (var channel in Channels)
                channel.Ends |= choice.IsFinished && channel.Key.Choice == choice.Index;
        }

        if (!finishes)
            Learn(payload);
        return finishes;
    }

    /// <summary>A choice has come, or something of it has left.</summary>
    public void Note(int choice, bool isFinished = false, bool isShown = false)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            if (Choices[i].Index != choice)
                continue;
            Choices[i] = (choice, Choices[i].IsFinished || isFinished, Choices[i].IsShown || isShown);
            return;
        }

        Choices.Add((choice, isFinished, isShown));
    }

    public void Dispose() => _template.Forget();

    /// <summary>Of what differs from this chunk in its text alone, the next ones need not be parsed.</summary>
    private void Learn(ReadOnlySpan<byte> payload)
    {
        if (Reader.Texts.Count != 1 || Reader.Choices is not [{ IsFinished: false, Logprobs.IsEmpty: true, TokenIds.IsEmpty: true }] || Reader.Calls.Count > 0)
            return;
        var (chunk, text) = (ChunkReader.Read(payload), Reader.Texts[0]);
        if (chunk.Kind != ChunkKind.Part || chunk.Text != text.Raw || chunk.HasRole || chunk.ShowsOther || chunk.Usage is not null || payload.Length > MostLearned)
            return;
        _template.Learn(payload, chunk);
        _learned = ChannelOf(text.Channel);
    }

    private static void Append(Channel channel, ByteRange raw, ReadOnlySpan<byte> utf8, List<QueuedText> queued)
    {
        var from = channel.Window.Length;
        channel.Window.Append(utf8);
        channel.IsNew = true;
        queued.Add(new QueuedText(channel.Place, raw, from, channel.Window.Length));
    }

    private Channel ChannelOf(TextChannel key)
    {
        foreach (var channel in Channels)
        {
            if (channel.Key == key)
                return channel;
        }

        var opened = new Channel(key, open(key), Channels.Count);
        Channels.Add(opened);
        return opened;
    }
}
