using Gateway.Guardrails;

namespace Gateway.Tests.Delivery.Guarding;

/// <summary>Finds runs of digits of a least length.</summary>
internal sealed class DigitGuard(int least) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        for (var at = passage.Context; at < text.Length; at++)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiDigit((char)text[end]))
                end++;
            if (end > at && end == text.Length && !passage.IsEnd)
                return at;
            if (end - at >= least)
                found.Add("number", at, end - at);
            at = end;
        }

        return text.Length;
    }
}

/// <summary>Finds words.</summary>
internal sealed class WordGuard(string word) : IGuard
{
    private readonly byte[] _word = System.Text.Encoding.UTF8.GetBytes(word);

    public int Lookbehind => _word.Length - 1;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        for (var at = 0; text[at..].IndexOf(_word) is var next and >= 0; at += next + _word.Length)
            found.Add("word", at + next, _word.Length);
        for (var length = Math.Min(_word.Length - 1, text.Length - passage.Context); length > 0 && !passage.IsEnd; length--)
        {
            if (text.EndsWith(_word.AsSpan(0, length)))
                return text.Length - length;
        }

        return text.Length;
    }
}

/// <summary>Throws when it meets a word.</summary>
internal sealed class BrokenGuard(string word) : IGuard
{
    public int Lookbehind => word.Length;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) =>
        text.IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0 ? throw new InvalidOperationException(word) : text.Length;
}

/// <summary>Asks nobody, and answers as a test says.</summary>
internal sealed class RemoteStub(Func<RemoteQuestion, RemoteVerdict> answer) : IRemoteGuard
{
    public List<string> Asked { get; } = [];

    public async ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel)
    {
        Asked.Add(string.Join('|', question.Texts.Select(text => System.Text.Encoding.UTF8.GetString(text.Utf8.Span))));
        await Task.Yield();
        return answer(question);
    }
}
