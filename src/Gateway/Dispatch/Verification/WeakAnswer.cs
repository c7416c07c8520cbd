using Gateway.Completions;
using Gateway.Routing;

namespace Gateway.Dispatch.Verification;

/// <summary>A weak answer that is complete, kept until a larger pool has answered: if none can, it is better than an error.</summary>
internal sealed class WeakAnswer : IDisposable
{
    private DispatchedAnswer? _answer;
    private Escalation? _escalation;
    private Replica? _replica;

    public bool IsKept => _answer is not null;

    /// <summary>Keeps it, in place of one kept before; its replica is done with it.</summary>
    public void Keep(DispatchedAnswer answer, Escalation escalation, Replica replica)
    {
        _answer?.Dispose();
        answer.LetGo();
        (_answer, _escalation, _replica) = (answer, escalation, replica);
    }

    /// <summary>Hands it over to be shown.</summary>
    public DispatchedAnswer Take(Exchange exchange)
    {
        var answer = _answer!;
        _answer = null;
        exchange.Judging!.TakeBack(_escalation!);
        exchange.AnsweredBy = _escalation!.From;
        exchange.AnsweredAt = _replica;
        return answer;
    }

    public void Dispose() => _answer?.Dispose();
}
