namespace Gateway.Guardrails.Streaming;

/// <summary>One text of an answer in which the caller gets its own values back: held is only what may be the beginning of a placeholder.</summary>
/// <param name="map">The placeholders.</param>
/// <param name="isJson">The text is JSON in itself, as the arguments of a tool call are.</param>
public sealed class RestoreWindow(RestoreMap map, bool isJson) : StreamWindow
{
    public override void Judge() => Run(isEnd: false);

    public override void End() => Run(isEnd: true);

    public override void Expire() => Run(isEnd: true);

    private void Run(bool isEnd)
    {
        var text = From(Released);
        var (start, at) = (Released, 0);
        Released = Length;
        while (text[at..].IndexOfAny((byte)'<', (byte)'\\') is var next and >= 0)
        {
            at += next;
            var mayBegin = map.TryMatch(text[at..], isJson, out var length, out var value);
            if (length > 0)
                Replace(start + at, start + at + length, value);
            if (mayBegin && !isEnd)
            {
                Released = start + at;
                break;
            }

            at += Math.Max(1, length);
        }

        KeepFrom(Released);
    }
}
