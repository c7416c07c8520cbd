using System.Buffers;
using System.Text.Json;
using Gateway.Guardrails;
using Gateway.Upstream.SideCalls;

namespace Gateway.Guarding.Remote;

/// <summary>The question to a webhook and its answer, as docs/guardrails-webhook.md has them.</summary>
internal static class WebhookBody
{
    /// <summary>The label of what a webhook names no finding for.</summary>
    private const string Unnamed = "unwanted";

    public static ReadOnlyMemory<byte> Of(RemoteQuestion question)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, ChatQuestion.Plain);
        json.WriteStartObject();
        json.WriteNumber("version"u8, 1);
        json.WriteString("direction"u8, question.Prompt is null ? "input"u8 : "output"u8);
        json.WriteString("model"u8, question.Model);
        Write(json, "texts"u8, question.Texts);
        if (question.Prompt is { } prompt)
            Write(json, "prompt"u8, prompt);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads the answer strictly: what is not understood as a whole is a failure.</summary>
    public static RemoteVerdict Read(GuardReply reply, IReadOnlyList<GuardedText> texts)
    {
        using var json = reply.Parse();
        if (json is null)
            return RemoteVerdict.Failed("not JSON");
        if (!JsonAnswer.TryGet(json.RootElement, "verdict", JsonValueKind.String, out var verdict))
            return RemoteVerdict.Failed("no verdict");
        var findings = new List<TextFinding>();
        if (json.RootElement.TryGetProperty("findings"u8, out var list) && Read(list, texts, findings) is { } why)
            return RemoteVerdict.Failed(why);
        return verdict.GetString() switch
        {
            "allow" => findings.Count == 0 ? RemoteVerdict.Clean : RemoteVerdict.Failed("findings with allow"),
            "flag" => Told(findings, texts, GuardAction.Flag),
            "redact" => findings.Count > 0 ? Told(findings, texts, GuardAction.Redact) : RemoteVerdict.Failed("redact without findings"),
            "block" => Told(findings, texts, GuardAction.Block),
            _ => RemoteVerdict.Failed("unknown verdict"),
        };
    }

    private static RemoteVerdict Told(List<TextFinding> findings, IReadOnlyList<GuardedText> texts, GuardAction asks)
    {
        if (findings.Count == 0)
            findings.Add(new TextFinding(texts.Count - 1, new Finding(Unnamed, 0, 0)));
        return new RemoteVerdict(findings) { Asks = asks };
    }

    /// <returns>Why the list cannot be believed; null when it can.</returns>
    private static string? Read(JsonElement list, IReadOnlyList<GuardedText> texts, List<TextFinding> findings)
    {
        if (list.ValueKind is JsonValueKind.Null)
            return null;
        if (list.ValueKind is not JsonValueKind.Array)
            return "bad findings";
        var maps = new CodePoints?[texts.Count];
        foreach (var item in list.EnumerateArray())
        {
            if (!JsonAnswer.TryGet(item, "text", JsonValueKind.Number, out var number) || !number.TryGetInt32(out var text) || text < 0 || text >= texts.Count)
                return "bad text index";
            if (LabelOf(item) is not { } label)
                return "bad label";
            if (ScoreOf(item) is not { } score)
                return "bad score";
            if (PlaceOf(item, maps[text] ??= new CodePoints(texts[text].Utf8)) is not { } place)
                return "bad offsets";
            findings.Add(new TextFinding(text, new Finding(label, place.Start, place.Length, score)));
        }

        return null;
    }

    /// <summary>Bytes of the finding, none for the text as a whole; null when the offsets are not in the text.</summary>
    private static (int Start, int Length)? PlaceOf(JsonElement item, CodePoints points)
    {
        var (hasStart, hasLength) = (item.TryGetProperty("start"u8, out var startMember), item.TryGetProperty("length"u8, out var lengthMember));
        if (!hasStart && !hasLength)
            return (0, 0);
        if (!hasStart || !hasLength || startMember.ValueKind != JsonValueKind.Number || lengthMember.ValueKind != JsonValueKind.Number
            || !startMember.TryGetInt32(out var start) || !lengthMember.TryGetInt32(out var length))
            return null;
        if (start < 0 || length <= 0 || length > points.Count - start)
            return null;
        var from = points.ByteAt(start);
        return (from, points.ByteAt(start + length) - from);
    }

    private static string? LabelOf(JsonElement item) =>
        JsonAnswer.TryGet(item, "label", JsonValueKind.String, out var member) && member.GetString() is { } label && FindingLabel.IsOne(label) ? label : null;

    private static float? ScoreOf(JsonElement item)
    {
        if (!item.TryGetProperty("score"u8, out var member))
            return 1;
        return member.ValueKind == JsonValueKind.Number && member.TryGetSingle(out var score) && score is > 0 and <= 1 ? score : null;
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<GuardedText> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("source"u8, WordOf(text.Source));
            if (text.Turn < 0)
                json.WriteNull("turn"u8);
            else
                json.WriteNumber("turn"u8, text.Turn);
            json.WriteString("tool"u8, text.Tool);
            json.WriteString("text"u8, text.Utf8.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> WordOf(TextSource source) => source switch
    {
        TextSource.System => "system"u8,
        TextSource.User => "user"u8,
        TextSource.Assistant => "assistant"u8,
        TextSource.Tool => "tool"u8,
        TextSource.Reasoning => "reasoning"u8,
        TextSource.Arguments => "arguments"u8,
        TextSource.Definition => "definition"u8,
        _ => "other"u8,
    };
}
