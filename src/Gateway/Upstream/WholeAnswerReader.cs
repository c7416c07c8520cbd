using System.Buffers;
using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>Reads an answer that is not streamed, whole, and judges whether it may be shown.</summary>
internal static class WholeAnswerReader
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Longest answer, in bytes; far beyond any context, a bound against an upstream gone mad.</summary>
    private const int LongestAnswer = 256 * 1024 * 1024;

    public static async ValueTask<UpstreamReply> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var announced = response.Content.Headers.ContentLength ?? 0;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(announced, FirstBuffer, LongestAnswer));
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancel);
            var length = 0;
            while (await stream.ReadAsync(buffer.AsMemory(length), cancel) is var read and > 0)
            {
                length += read;
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);
            }

            var chunk = ChunkReader.Read(buffer.AsSpan(0, length));
            if (FaultOf(buffer.AsMemory(0, length), chunk) is { } fault)
                return fault;
            var answer = new WholeAnswer(buffer, length, chunk.Usage, chunk.Logprobs);
            buffer = null;
            return answer;
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static UpstreamFault? FaultOf(ReadOnlyMemory<byte> body, Chunk chunk) => chunk.Kind switch
    {
        ChunkKind.Error => RefusalReader.FromFrame(body),
        not ChunkKind.Part => new UpstreamFault(FaultKind.Garbage, "the answer is not JSON"),
        _ when chunk.IsAborted => new UpstreamFault(FaultKind.Aborted, "the engine gave the request up"),
        _ when chunk.Finished == 0 => new UpstreamFault(FaultKind.Garbage, "the answer holds no finished choice"),
        _ => null,
    };

    private static byte[] Grow(byte[] buffer, int length)
    {
        if (length >= LongestAnswer)
            throw new InvalidDataException($"The answer is longer than {LongestAnswer} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
