using System.Buffers;
using Gateway.Protocol;

namespace Gateway.Completions.Prompts;

/// <summary>The text of a whole conversation as one.</summary>
internal static class WholeText
{
    /// <summary>Writes the text of all turns, one space between two, also where one of them has no text.</summary>
    /// <param name="body">The caller's bytes.</param>
    /// <param name="turns">The conversation.</param>
    /// <param name="buffer">Lent from the shared pool for it.</param>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> body, IReadOnlyList<Turn> turns, scoped ref byte[]? buffer)
    {
        // Text never takes more bytes than its JSON, and a separator never more than the message's braces.
        buffer = ArrayPool<byte>.Shared.Rent(body.Length);
        var written = 0;
        for (var i = 0; i < turns.Count; i++)
        {
            if (i > 0)
                buffer[written++] = (byte)' ';
            written += TurnText.CopyTo(body, turns[i], buffer.AsSpan(written));
        }

        return buffer.AsSpan(0, written);
    }
}
