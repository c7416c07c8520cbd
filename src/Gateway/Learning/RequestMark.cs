using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Gateway.Learning;

/// <summary>What stands for a request's id where the id itself is not kept.</summary>
internal static class RequestMark
{
    public static ulong Of(string id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()));
}
