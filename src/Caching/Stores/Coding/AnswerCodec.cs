using System.Buffers;

namespace Gateway.Caching.Stores.Coding;

/// <summary>An answer as bytes: a version, the length of its facts, its facts, the rest.</summary>
/// <remarks>The facts come first, so that who only looks for what to remove need not read the answer.</remarks>
public static class AnswerCodec
{
    /// <summary>Answers of another version are as if they were not there.</summary>
    public const byte Version = 1;

    /// <summary>The answer as bytes.</summary>
    public static ReadOnlyMemory<byte> Encode(CachedAnswer answer)
    {
        var facts = new ArrayBufferWriter<byte>();
        new ByteWriter(facts).Facts(answer.Facts);
        var all = new ArrayBufferWriter<byte>(facts.WrittenCount + answer.Body.Length + 256);
        var writer = new ByteWriter(all);
        writer.Byte(Version);
        writer.Bytes(facts.WrittenSpan);
        writer.Text(answer.Pool);
        writer.Text(answer.ServedModel);
        writer.Number(answer.PromptTokens);
        writer.Number(answer.CompletionTokens);
        writer.Bytes(answer.Body.Span);
        return all.WrittenMemory;
    }

    /// <summary>The answer that some bytes are; null when they are none, or one of another version.</summary>
    public static CachedAnswer? Decode(ReadOnlySpan<byte> bytes)
    {
        if (DecodeFacts(bytes, out var reader) is not { } facts)
            return null;
        var (pool, model, prompt, completion) = (reader.Text(), reader.Text(), reader.Number(), reader.Number());
        var body = reader.Bytes().ToArray();
        return reader.IsBroken || !reader.Rest.IsEmpty ? null : new CachedAnswer(body, pool, model, prompt, completion, facts);
    }

    /// <summary>The facts of an answer, of which only the first bytes need be there; null when they are not whole.</summary>
    public static EntryFacts? DecodeFacts(ReadOnlySpan<byte> bytes) => DecodeFacts(bytes, out _);

    private static EntryFacts? DecodeFacts(ReadOnlySpan<byte> bytes, out ByteReader rest)
    {
        rest = new ByteReader(bytes);
        if (rest.Byte() != Version)
            return null;
        var reader = new ByteReader(rest.Bytes());
        var facts = reader.Facts();
        return rest.IsBroken || reader.IsBroken || !reader.Rest.IsEmpty ? null : facts;
    }
}
