using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>An argument that the called function does not have.</summary>
public sealed class InventedArgumentCheck : IAnswerCheck
{
    public string Name => "tool_argument_invented";

    public string Reason => "tool argument invented";

    public bool Flags(DraftAnswer answer, Offer offer) => ToolCalls.HaveFlaw(answer, offer, SchemaFlaw.Invented);
}
