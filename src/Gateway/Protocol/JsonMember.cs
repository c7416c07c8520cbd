namespace Gateway.Protocol;

/// <summary>Members of JSON objects as they stand, so that without them the object is still JSON.</summary>
internal static class JsonMember
{
    /// <summary>Takes the comma before a member along, or the one behind it where none comes before.</summary>
    public static ByteRange WithComma(ReadOnlySpan<byte> payload, ByteRange member)
    {
        var before = payload[..member.Start].TrimEnd(" \t\r\n"u8);
        if (before[^1] == ',')
            return new ByteRange(before.Length - 1, member.End - before.Length + 1);
        var behind = member.End;
        while (payload[behind] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            behind++;
        return payload[behind] == ',' ? new ByteRange(member.Start, behind + 1 - member.Start) : member;
    }
}
