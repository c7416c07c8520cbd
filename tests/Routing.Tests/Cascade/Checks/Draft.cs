using System.Text;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Routing.Tests.Cascade.Checks;

/// <summary>Answers and offers in a line.</summary>
internal static class Draft
{
    public const string Weather =
        """[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},"unit":{"type":"string","enum":["c","f"]},"tags":{"type":"array","items":{"type":"string"}},"at":{"type":"object","properties":{"lat":{"type":"number"}},"required":["lat"]}},"required":["city"]}}},{"type":"function","function":{"name":"free","parameters":{"type":"object","properties":{"a":{}},"additionalProperties":true}}},{"type":"function","function":{"name":"bare"}}]""";

    public static DraftAnswer Text(string text, string? finish = "stop", int tokens = 0)
    {
        var draft = new DraftAnswer { FinishReason = finish, Counted = tokens == 0 ? null : tokens };
        draft.AddText(Encoding.UTF8.GetBytes(text));
        return draft;
    }

    public static DraftAnswer Call(string? name, string arguments, string? finish = "tool_calls", int tokens = 0)
    {
        var draft = new DraftAnswer { FinishReason = finish, Counted = tokens == 0 ? null : tokens };
        var call = draft.Call(0)!;
        call.Name = name;
        var bytes = Encoding.UTF8.GetBytes(arguments);
        bytes.CopyTo(call.Room(bytes.Length));
        call.Advance(bytes.Length);
        return draft;
    }

    public static Offer Offer(string tools = "", string format = "", int? maxTokens = null) =>
        new(Encoding.UTF8.GetBytes(tools), Encoding.UTF8.GetBytes(format), maxTokens);

    /// <summary>The name of the first check that flags the answer.</summary>
    public static string? Flag(DraftAnswer answer, Offer offer) => AnswerChecks.FirstFlag(AnswerChecks.All, answer, offer)?.Name;
}
