using System.Collections.Immutable;
using System.Text;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>What the gateway's checks say of a replayed answer to a request that offers tools.</summary>
public static class CallFlags
{
    /// <summary>Kinds in the order of what they say: the later, the likelier the answer is wrong.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["clean", "no call", "tool_unparsable", "tool_unknown", "tool_argument_type", "tool_argument_invented", "tool_argument_missing"];

    private static readonly ImmutableArray<IAnswerCheck> Checks = AnswerChecks.Get(
        ["tool_unparsable", "tool_unknown", "tool_argument_missing", "tool_argument_invented", "tool_argument_type"]);

    /// <summary>The place of the answer's flag in <see cref="Kinds"/>.</summary>
    /// <param name="answer">What the model wrote.</param>
    /// <param name="tools">The offered tools as JSON.</param>
    /// <param name="hasTypes">Whether argument types are JSON's; the benchmark's Java and JavaScript rows take every argument as text.</param>
    public static int Of(string answer, byte[] tools, bool hasTypes)
    {
        using var offer = new Offer(tools, ReadOnlyMemory<byte>.Empty, null);
        var draft = new DraftAnswer { FinishReason = "tool_calls" };
        if (CallSyntax.Parse(answer) is not { } calls)
        {
            draft.AddText(Encoding.UTF8.GetBytes(answer));
            return AnswerChecks.FirstFlag(Checks, draft, offer) is null ? 1 : 2;
        }

        for (var i = 0; i < calls.Count; i++)
        {
            var call = draft.Call(i)!;
            call.Name = calls[i].Name;
            var arguments = Encoding.UTF8.GetBytes(calls[i].Arguments);
            arguments.CopyTo(call.Room(arguments.Length));
            call.Advance(arguments.Length);
        }

        return AnswerChecks.FirstFlag(hasTypes ? Checks : Checks.RemoveAt(Checks.Length - 1), draft, offer) is { } flag ? IndexOf(flag.Name) : 0;
    }

    private static int IndexOf(string name)
    {
        for (var i = 0; i < Kinds.Count; i++)
        {
            if (Kinds[i] == name)
                return i;
        }

        throw new ArgumentException($"{name} is no check of calls", nameof(name));
    }
}
