using Gateway.Routing.Conversations;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Facts;

/// <summary>What rules may know of one request. Whatever costs something is worked out when a rule asks for it, and not before.</summary>
public abstract class RuleFacts
{
    /// <summary>The name asked for; a rule that chains sets it.</summary>
    public abstract string Model { get; set; }

    /// <summary>Estimated tokens of the prompt.</summary>
    public abstract long PromptTokens { get; }

    /// <summary>The longest answer allowed, in tokens; null when the request does not say.</summary>
    public abstract long? MaxTokens { get; }

    public abstract bool IsStream { get; }

    /// <summary>Null when the request does not say.</summary>
    public abstract double? Temperature { get; }

    /// <summary>Messages of the conversation.</summary>
    public abstract long Turns { get; }

    /// <summary>Names of the tools offered.</summary>
    public abstract CelList ToolNames { get; }

    /// <summary>Whether any turn has a part that is not text.</summary>
    public abstract bool HasImages { get; }

    /// <summary>The ask's language, as <see cref="Languages.Language"/> guesses it.</summary>
    public abstract string Language { get; }

    /// <summary>Bytes of text in all turns.</summary>
    public abstract long TextLength { get; }

    /// <summary>The score of the prompt, in [0, 1].</summary>
    public abstract double Complexity { get; }

    /// <summary>The last turn of the user.</summary>
    public abstract string LastUserText { get; }

    /// <summary>Who pays; empty when the gateway is open to all.</summary>
    public abstract string TenantId { get; }

    /// <summary>Request headers; whatever case a key is written in, it is found.</summary>
    public abstract CelMap Headers { get; }

    /// <summary>Query parameters; whatever case a key is written in, it is found.</summary>
    public abstract CelMap Parameters { get; }

    /// <summary>The pools and how busy they are.</summary>
    public abstract FleetMap Pools { get; }

    public abstract DateTimeOffset Now { get; }

    /// <summary>The conversation, by which shares are drawn: all its turns fall on the same side.</summary>
    public abstract ConversationKey Conversation { get; }
}
