using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Dispatch.Verification;
using Gateway.Protocol;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Learning.Shadows;

/// <summary>What an answer says: its text, or the tool calls as JSON.</summary>
internal static class AnswerText
{
    /// <param name="answer">An answer of one choice: a JSON object, or the frames of a stream.</param>
    /// <param name="isStream">Whether it is frames.</param>
    /// <returns>Null when the bytes are no answer, or say nothing.</returns>
    public static string? Of(ReadOnlyMemory<byte> answer, bool isStream)
    {
        var draft = new DraftAnswer();
        try
        {
            if (isStream)
                ReadFrames(answer.Span, draft);
            else
                DraftReader.Read(answer.Span, draft);
        }
        catch (JsonException)
        {
            return null;
        }

        if (draft.HasCalls)
            return $"[{string.Join(',', draft.Calls.Select(Call))}]";
        return draft.Text.IsEmpty ? null : Encoding.UTF8.GetString(draft.Text);
    }

    private static void ReadFrames(ReadOnlySpan<byte> frames, DraftAnswer draft)
    {
        var reader = default(SseFrameReader);
        while (reader.TryRead(frames, out var frame))
        {
            // What is no object is a comment, or the mark of the end.
            var payload = frame.Data.In(frames);
            if (payload.StartsWith((byte)'{'))
                DraftReader.Read(payload, draft);
        }
    }

    private static string Call(DraftCall call) =>
        $"{{\"name\":{JsonSerializer.Serialize(call.Name ?? "")},\"arguments\":{Arguments(call.Arguments)}}}";

    /// <summary>The arguments as the JSON they should be, so that spaces make no difference; else as text.</summary>
    private static string Arguments(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
                document.RootElement.WriteTo(json);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(Encoding.UTF8.GetString(arguments.Span));
        }
    }
}
