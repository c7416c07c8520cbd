using Gateway.Simulator.Engine;
using Gateway.Simulator.Text;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>One choice on its way out: what it says, how much of it exists, how much has been written.</summary>
internal sealed class Choice(int index, Prompt prompt, Script script, Sequence sequence)
{
    /// <summary>Bytes of a character that is not whole yet.</summary>
    public Characters Held;

    /// <summary>Holds back what may become a stop string; null when nothing may.</summary>
    public StopLag? Lag { get; init; }

    public int Index => index;

    public Prompt Prompt => prompt;

    public Script Script => script;

    public Sequence Sequence => sequence;

    /// <summary>Tokens written.</summary>
    public int Seen { get; set; }

    /// <summary>Whether the chunk with the finish reason is out.</summary>
    public bool Finished { get; set; }

    /// <summary>"abort" for a choice that was cut short by the engine.</summary>
    public string FinishReason { get; set; } = script.FinishReason;
}
