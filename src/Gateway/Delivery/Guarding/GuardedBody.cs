using System.Buffers;
using System.Text.Json;
using Gateway.Completions;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Guardrails.Streaming;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>A whole answer on its way through the guards, and to the caller who gets its own values back.</summary>
internal static class GuardedBody
{
    /// <summary>Inspects an answer.</summary>
    /// <returns>The answer as anyone may see it; of one that nobody may see, what stands in its place.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> InspectAsync(Exchange exchange, GuardVisit visit, ReadOnlyMemory<byte> body, TimeProvider time)
    {
        var reader = new AnswerTextReader();
        reader.Read(body.Span);
        var texts = reader.Texts.Select(text => TextOf(reader, text, body.Span)).ToList();
        // A call without arguments is one nevertheless.
        texts.AddRange(reader.Calls.Where(call => !reader.Texts.Exists(text => text.Channel == call.Channel))
            .Select(static call => new GuardedText(TextSource.Arguments, default, call.Name)));
        var chain = new GuardChain(visit.Policy.Output, texts, visit.Placeholders, time)
        {
            Prompt = visit.Prompt,
            Model = exchange.Request?.Model,
            Group = exchange.Group,
        };
        visit.Output = chain.Report;
        await chain.RunAsync(exchange.CallerGone);
        await chain.ConfirmAsync();
        if (chain.Report.BlockedBy is not null)
            return Emptied(body.Span);
        if (!chain.Redacts)
            return body;
        var redactions = new IReadOnlyList<Redaction>?[reader.Texts.Count];
        foreach (var text in chain.Redactions.GroupBy(static redaction => redaction.Text))
        {
            if (text.Key < redactions.Length)
                redactions[text.Key] = [.. text];
        }

        return new FrameEdit().WriteWhole(body.Span, reader, redactions);
    }

    /// <summary>The answer with the caller's own values in place of their placeholders.</summary>
    public static ReadOnlyMemory<byte> Restore(GuardVisit visit, ReadOnlyMemory<byte> body)
    {
        var (reader, map) = (new AnswerTextReader(), new RestoreMap(visit.Placeholders.Restorable));
        reader.Read(body.Span);
        var (redactions, isTouched) = (new IReadOnlyList<Redaction>?[reader.Texts.Count], false);
        for (var i = 0; i < redactions.Length; i++)
        {
            var text = TextOf(reader, reader.Texts[i], body.Span);
            using var window = new RestoreWindow(map, isJson: text.Source == TextSource.Arguments);
            window.Append(text.Utf8.Span);
            window.End();
            redactions[i] = window.Redactions.ToArray();
            isTouched |= redactions[i]!.Count > 0;
        }

        return isTouched ? new FrameEdit().WriteWhole(body.Span, reader, redactions) : body;
    }

    /// <summary>An answer of the same name, time and usage whose choices say nothing, as OpenAI's do that were filtered.</summary>
    private static byte[] Emptied(ReadOnlySpan<byte> body)
    {
        var emptied = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(emptied);
        var from = new Utf8JsonReader(body);
        var answer = JsonElement.ParseValue(ref from);
        json.WriteStartObject();
        foreach (var member in answer.EnumerateObject())
        {
            if (member.NameEquals("choices"u8) && member.Value.ValueKind == JsonValueKind.Array)
                WriteChoices(json, member.Value);
            else
                member.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return emptied.WrittenSpan.ToArray();
    }

    private static void WriteChoices(Utf8JsonWriter json, JsonElement choices)
    {
        json.WriteStartArray("choices"u8);
        for (var i = 0; i < choices.GetArrayLength(); i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, choices[i].TryGetProperty("index"u8, out var index) && index.TryGetInt32(out var named) ? named : i);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            json.WriteNull("content"u8);
            json.WriteNull("refusal"u8);
            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, "content_filter"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static GuardedText TextOf(AnswerTextReader reader, AnswerText text, ReadOnlySpan<byte> body)
    {
        var raw = text.Raw.In(body);
        var utf8 = new byte[raw.Length];
        var length = JsonEscape.Decode(raw, utf8);
        var tool = text.Channel.Source == TextSource.Arguments ? reader.Calls.Find(call => call.Channel == text.Channel).Name : null;
        return new GuardedText(text.Channel.Source, utf8.AsMemory(0, length), tool);
    }
}
