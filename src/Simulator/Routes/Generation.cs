using Gateway.Simulator.Engine;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>One accepted request for text, with its choices in the engine.</summary>
internal sealed class Generation(Ask ask, Heading heading, Choice[] choices, Fault? fault)
{
    public Ask Ask => ask;

    public Heading Heading => heading;

    public Choice[] Choices => choices;

    public Fault? Fault => fault;

    /// <summary>Tokens that reach the caller before the fault; the largest number for no such fault.</summary>
    public int FaultAfter => fault?.Kind is FaultKind.StallAfter or FaultKind.CutAfter or FaultKind.ErrorFrameAfter or FaultKind.AbortAfter
        or FaultKind.GarbageAfter or FaultKind.TruncatedUtf8After ? fault.Tokens : int.MaxValue;

    /// <summary>The usage of everything written so far.</summary>
    public Usage Usage(SimulatorOptions options)
    {
        int completion = 0, cached = 0, thought = 0;
        foreach (var choice in choices)
        {
            completion += choice.Seen;
            thought += Math.Min(choice.Seen, choice.Script.Thought);
            if (choice.Index % Math.Max(ask.Choices, 1) == 0) cached += choice.Sequence.CachedTokens;
        }
        return new Usage(heading.PromptTokens, completion, options.PromptTokensDetails ? cached : null, thought > 0 ? thought : null);
    }

    public void Abort(IEngine engine)
    {
        foreach (var choice in choices) engine.Abort(choice.Sequence);
    }
}
