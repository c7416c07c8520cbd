using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.Upstream.SideCalls;

namespace Gateway.Cache.Embedding;

/// <summary>The question and the answer of <c>POST /v1/embeddings</c>.</summary>
internal static class EmbeddingBody
{
    /// <summary>Asks for one text's vector as base64, a quarter of the bytes that numbers take.</summary>
    /// <param name="modelJson">The model's name as a JSON string.</param>
    /// <param name="text">The text.</param>
    public static byte[] Of(ReadOnlySpan<byte> modelJson, string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WritePropertyName("model"u8);
        json.WriteRawValue(modelJson);
        json.WriteString("input"u8, text);
        json.WriteString("encoding_format"u8, "base64"u8);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the first vector, base64 or numbers, and scales it to unit length.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="vector">Where to write it; the answer's must be as long.</param>
    /// <returns>Null, or why there is none.</returns>
    public static string? Read(SideReply reply, Span<float> vector)
    {
        if (JsonAnswer.Of(reply) is not { } answer
            || !JsonAnswer.TryGet(answer, "data", JsonValueKind.Array, out var data) || data.GetArrayLength() != 1
            || data[0].ValueKind != JsonValueKind.Object || !data[0].TryGetProperty("embedding"u8, out var embedding))
            return "the embedder's answer holds no vector";
        var length = embedding.ValueKind switch
        {
            JsonValueKind.String => ReadBase64(embedding, vector),
            JsonValueKind.Array => ReadNumbers(embedding, vector),
            _ => -1,
        };
        if (length < 0)
            return "the embedder's answer holds no vector";
        if (length != vector.Length)
            return $"the embedder's vectors have {length} dimensions, not {vector.Length}";
        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsNormal(norm))
            return "the embedder's vector has no direction";
        TensorPrimitives.Divide(vector, norm, vector);
        return null;
    }

    private static int ReadBase64(JsonElement embedding, Span<float> vector)
    {
        if (!embedding.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(float) != 0)
            return -1;
        var numbers = MemoryMarshal.Cast<byte, float>(bytes);
        if (numbers.Length == vector.Length)
            numbers.CopyTo(vector);
        return numbers.Length;
    }

    private static int ReadNumbers(JsonElement embedding, Span<float> vector)
    {
        var length = embedding.GetArrayLength();
        if (length != vector.Length)
            return length;
        var at = 0;
        foreach (var number in embedding.EnumerateArray())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetSingle(out vector[at++]))
                return -1;
        }

        return length;
    }
}
