using System.Globalization;

namespace Gateway.Protocol;

/// <summary>The edit that gives a body its <c>priority</c>: vLLM's place in its queue, an integer, lower being earlier.</summary>
internal static class PriorityField
{
    /// <summary>Digits and sign of the longest integer of 32 bits.</summary>
    private const int LongestNumber = 11;

    private static readonly byte[] Member = ",\"priority\":"u8.ToArray();

    /// <summary>Takes the place of the caller's own, whatever that is; without one, a new member stands behind the model's name.</summary>
    public static SpliceEdit Set(ChatRequest request, int priority)
    {
        var text = new byte[Member.Length + LongestNumber];
        Member.CopyTo(text, 0);
        priority.TryFormat(text.AsSpan(Member.Length), out var digits, provider: CultureInfo.InvariantCulture);
        return request.Priority.IsEmpty
            ? new SpliceEdit(new ByteRange(request.ModelValue.End, 0), text.AsMemory(0, Member.Length + digits))
            : new SpliceEdit(request.Priority, text.AsMemory(Member.Length, digits));
    }
}
