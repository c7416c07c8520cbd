using Gateway.Protocol;

namespace Gateway.Tests.Malformed.Mutations;

/// <summary>Makes broken bodies out of valid ones; a case is its number, so that a failure can be made again.</summary>
/// <remarks>
/// Every other case changes tokens only, so that much of what comes out is still JSON and reaches the code behind the parser;
/// the rest is also, or only, hurt byte by byte.
/// </remarks>
internal sealed class Mutator(ulong seed, SeedBody[] seeds)
{
    private static readonly byte[][] Values = Fragments(
        "null", "true", "false", "0", "-1", "2", "1e9", "1e999", "-0", "0.5", "12345678901234567890", "NaN", "\"\"", "\"a\"", "\"2\"", "\"\\ud800\"",
        "\"\\u0000\"", "\"text\"", "\"user\"", "\"auto\"", "\"nope\"", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"type\":\"text\"}",
        "{\"type\":\"text\",\"text\":1}", "{\"role\":\"user\"}", "{\"include_usage\":false}", "{\"include_usage\":\"true\"}", "[\"a\",1]");

    private static readonly byte[][] Members = Fragments(
        "\"model\":\"small\"", "\"m\\u006fdel\":\"large\"", "\"messages\":[]", "\"stream\":true", "\"stream\":false", "\"stream_options\":{\"include_usage\":true}",
        "\"stream_options\":null", "\"role\":\"user\"", "\"content\":[]", "\"text\":\"t\"", "\"type\":\"text\"", "\"n\":3", "\"\\ud800\":1", "\"\\udc00ser\":0",
        "\"__proto__\":{}", "\"\":0", "\"tools\":{}", "\"max_tokens\":-5", "\"x\":[[[[]]]]", "\"include_usage\":false");

    private static readonly byte[][] Pieces =
    [
        .. Fragments(
            "\"", "\\", "{", "}", "[", "]", ":", ",", " ", "\n", "\r\n", "/*", "//", "\\u", "\\ud83d", "\\udc00", "\0", "'", "1", "-", "e", "\ufeff", "\u2028", "é",
            "--cut", "--cut--", "\r\n\r\n", "name=\"model\"", "filename=\"model\"", "Content-Disposition: form-data; name=\"model\"\r\n\r\nlarge\r\n--cut\r\n"),
        [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF], [0x80], [0xF4, 0x90, 0x80, 0x80],
    ];

    /// <summary>The seed that a case starts from.</summary>
    public SeedBody SeedOf(long number) => seeds[new Dice(seed, number).Below(seeds.Length)];

    /// <summary>Makes one case.</summary>
    public byte[] Make(long number)
    {
        var dice = new Dice(seed, number);
        var from = seeds[dice.Below(seeds.Length)];
        var kind = dice.Below(4);
        var body = kind == 3 || from.Values.Count == 0 ? from.Bytes : ChangeTokens(from, ref dice);
        if (kind < 2 && from.Values.Count > 0)
            return body;
        for (var hurts = 1 + dice.Below(3); hurts > 0; hurts--)
            body = ChangeBytes(body, ref dice);
        return body;
    }

    private static byte[] ChangeTokens(SeedBody from, ref Dice dice)
    {
        var bytes = from.Bytes;
        var value = from.Values[dice.Below(from.Values.Count)];
        var member = from.Members[dice.Below(from.Members.Count)];
        switch (dice.Below(8))
        {
            case 0 or 1:
                return Replace(bytes, value, dice.OneOf<byte[]>(Values));
            case 2:
                return Swap(bytes, value, from.Values[dice.Below(from.Values.Count)]);
            case 3:
                return Replace(bytes, new ByteRange(member.End, 0), [(byte)',', .. member.In(bytes)]);
            case 4:
                return Replace(bytes, new ByteRange(member.Start, 0), [.. dice.OneOf<byte[]>(Members), (byte)',']);
            case 5:
                return Replace(bytes, member, dice.OneOf<byte[]>(Members));
            case 6:
                var depth = 1 << dice.Below(8);
                return Replace(bytes, value, [.. Repeat((byte)'[', depth), .. value.In(bytes), .. Repeat((byte)']', depth)]);
            default:
                var other = from.Values[dice.Below(from.Values.Count)];
                return Replace(bytes, value, other.In(bytes).ToArray());
        }
    }

    private byte[] ChangeBytes(byte[] body, ref Dice dice)
    {
        var at = dice.Below(body.Length);
        var run = new ByteRange(at, dice.Below(Math.Min(24, body.Length - at) + 1));
        switch (dice.Below(9))
        {
            case 0:
                return Replace(body, new ByteRange(at, Math.Min(1, body.Length)), [(byte)dice.Below(256)]);
            case 1:
                return body.Length == 0 ? body : Replace(body, new ByteRange(at, 1), [(byte)(body[at] ^ (1 << dice.Below(8)))]);
            case 2:
                return Replace(body, run, []);
            case 3:
                return Replace(body, new ByteRange(at, 0), run.In(body).ToArray());
            case 4:
                return body[..at];
            case 5:
                var other = seeds[dice.Below(seeds.Length)].Bytes;
                return [.. body.AsSpan(0, at), .. other.AsSpan(dice.Below(other.Length))];
            case 6:
                return Replace(body, run, dice.OneOf<byte[]>(Values));
            default:
                return Replace(body, new ByteRange(at, 0), dice.OneOf<byte[]>(Pieces));
        }
    }

    private static byte[] Swap(byte[] bytes, ByteRange one, ByteRange other)
    {
        var (first, second) = one.Start <= other.Start ? (one, other) : (other, one);
        return first.End > second.Start
            ? Replace(bytes, first, second.In(bytes).ToArray())
            : [.. bytes.AsSpan(0, first.Start), .. second.In(bytes), .. bytes.AsSpan(first.End, second.Start - first.End), .. first.In(bytes), .. bytes.AsSpan(second.End)];
    }

    private static byte[] Replace(byte[] bytes, ByteRange at, ReadOnlySpan<byte> with) =>
        [.. bytes.AsSpan(0, at.Start), .. with, .. bytes.AsSpan(at.End)];

    private static byte[] Repeat(byte value, int count)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private static byte[][] Fragments(params string[] texts) => [.. texts.Select(System.Text.Encoding.UTF8.GetBytes)];
}
