using System.IO.Hashing;
using System.Text;
using Gateway.Protocol;
using Gateway.Routing.Conversations;

namespace Gateway.Completions;

/// <summary>Tells which conversation a request is a turn of, without the client's doing anything for it.</summary>
/// <remarks>
/// A session named in a header is taken at its word, together with the model. Otherwise the conversation is known by what its
/// turns repeat: the tools, the first system turn and the first turn of the user, byte for byte.
/// </remarks>
public static class ConversationIdentity
{
    /// <summary>Our own header first, then those that coding agents send of themselves.</summary>
    private static readonly string[] SessionHeaders =
        ["x-gateway-session", "x-session-affinity", "x-session-id", "session-id", "x-claude-code-session-id"];

    public static ConversationKey Of(IHeaderDictionary headers, ReadOnlySpan<byte> body, ChatRequest request)
    {
        var hash = default(ulong);
        foreach (var name in SessionHeaders)
        {
            if (headers.TryGetValue(name, out var session) && session is [{ Length: > 0 } named, ..])
                return new ConversationKey(Hash(named, Hash(request.Model, hash)));
        }

        hash = XxHash3.HashToUInt64(request.ToolsValue.In(body), (long)Hash(request.Model, hash));
        var (hasSystem, hasUser) = (false, false);
        for (var i = 0; i < request.Turns.Count && !hasUser; i++)
        {
            var turn = request.Turns[i];
            if (turn.Role == TurnRole.User || (turn.Role == TurnRole.System && !hasSystem))
                hash = XxHash3.HashToUInt64(turn.Content.In(body), (long)hash);
            hasUser |= turn.Role == TurnRole.User;
            hasSystem |= turn.Role == TurnRole.System;
        }

        return new ConversationKey(hash);
    }

    private static ulong Hash(string text, ulong seed)
    {
        Span<byte> bytes = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var written)
            ? XxHash3.HashToUInt64(bytes[..written], (long)seed)
            : XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text), (long)seed);
    }
}
