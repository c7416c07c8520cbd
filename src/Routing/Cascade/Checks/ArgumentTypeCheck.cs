using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>An argument of another type than the function takes, or outside the values it allows.</summary>
public sealed class ArgumentTypeCheck : IAnswerCheck
{
    public string Name => "tool_argument_type";

    public string Reason => "tool argument of the wrong type";

    public bool Flags(DraftAnswer answer, Offer offer) => ToolCalls.HaveFlaw(answer, offer, SchemaFlaw.Unfit);
}
