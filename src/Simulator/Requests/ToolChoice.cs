namespace Gateway.Simulator.Requests;

/// <summary>Whether a tool has to be called.</summary>
internal enum ToolChoice
{
    None,
    Auto,
    Required,
    Named,
}
