namespace Gateway.Protocol;

/// <summary>One member of a request's body: where its name and its value stand in the caller's bytes.</summary>
/// <param name="Name">The name as it is written, quotes excluded and escapes left.</param>
/// <param name="Value">The JSON value.</param>
/// <param name="Use">What the gateway takes it for.</param>
public readonly record struct BodyMember(ByteRange Name, ByteRange Value, BodyMemberUse Use);

/// <summary>What the gateway takes a member for.</summary>
public enum BodyMemberUse : byte
{
    /// <summary>Part of what is asked, known or not.</summary>
    Other,

    /// <summary>Names the model.</summary>
    Model,

    /// <summary>The conversation.</summary>
    Messages,

    /// <summary>Says only how the answer is handed over.</summary>
    Delivery,
}
