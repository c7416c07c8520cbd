using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>A required argument of a called function is not given.</summary>
public sealed class MissingArgumentCheck : IAnswerCheck
{
    public string Name => "tool_argument_missing";

    public string Reason => "tool argument missing";

    public bool Flags(DraftAnswer answer, Offer offer) => ToolCalls.HaveFlaw(answer, offer, SchemaFlaw.Missing);
}
