using System.Buffers;

namespace Gateway.Simulator.Hosting;

/// <summary>A request's whole body in a rented buffer.</summary>
internal readonly struct RequestBody(byte[] buffer, int length) : IDisposable
{
    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    public static async ValueTask<RequestBody> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var length = checked((int)read.Buffer.Length);
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
            read.Buffer.CopyTo(buffer);
            reader.AdvanceTo(read.Buffer.End);
            return new RequestBody(buffer, length);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
