using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>Where a text stands in a body.</summary>
/// <param name="At">The content of its JSON string, quotes excluded; of a value all of it.</param>
/// <param name="Form">What stands there.</param>
/// <param name="Member">Name of the body's member that it belongs to, as it is written.</param>
internal readonly record struct TextPlace(ByteRange At, TextForm Form, ByteRange Member);

/// <summary>What a text is in the JSON that it stands in.</summary>
internal enum TextForm : byte
{
    /// <summary>A string.</summary>
    String,

    /// <summary>A string that should hold JSON itself: arguments of a tool call. The text is that JSON, without escapes that it does not need.</summary>
    JsonString,

    /// <summary>A whole value with all strings in it, whose escapes are undone in the text.</summary>
    Value,

    /// <summary>A whole value for guards that read it as JSON, without escapes that it does not need.</summary>
    RawValue,
}
