using System.Text;
using Gateway.Routing.Learning;

namespace Gateway.Learning;

/// <summary>A request whose outcome is still open, and the model that will learn from it.</summary>
public sealed record OpenOutcome(string Scope, Outcome Outcome)
{
    /// <summary>As bytes, for other gateways: <c>scope length u8 | scope | outcome</c>.</summary>
    public byte[] ToBytes()
    {
        var scope = Encoding.UTF8.GetBytes(Scope);
        return [(byte)scope.Length, .. scope, .. OutcomeCodec.Write(Outcome)];
    }

    public static OpenOutcome? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Length < 1 + bytes[0] || OutcomeCodec.Read(bytes[(1 + bytes[0])..]) is not { } outcome)
            return null;
        return new OpenOutcome(Encoding.UTF8.GetString(bytes.Slice(1, bytes[0])), outcome);
    }
}
