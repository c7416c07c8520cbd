using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>Words and topics that are not wanted.</summary>
public sealed record BlocklistOptions
{
    [Description("Words and phrases, in any script; found as whole words whatever their case.")]
    public IReadOnlyList<string> Words { get; init; } = [];

    [Description("File with more of them, one a line; read when the configuration is.")]
    public string? File { get; init; }

    [Description("Topics by name, each with its words.")]
    public IReadOnlyDictionary<string, TopicOptions> Topics { get; init; } = new Dictionary<string, TopicOptions>();
}

/// <summary>Words that belong to one topic.</summary>
public sealed record TopicOptions
{
    [Description("Words and phrases of the topic.")]
    public IReadOnlyList<string> Words { get; init; } = [];

    [Description("How many different ones make a text be about it.")]
    [Range(1, 1000)]
    public int AtLeast { get; init; } = 2;
}

/// <summary>Languages that may be used.</summary>
public sealed record LanguageOptions
{
    [Description("ISO 639-1 codes.")]
    public required IReadOnlyList<string> Allowed { get; init; }
}

/// <summary>How long a prompt or an answer may be.</summary>
public sealed record SizeOptions
{
    [Description("Most text of all messages, or of the answer, in bytes.")]
    [ByteSize, Range(1, int.MaxValue)]
    public required int Bytes { get; init; }
}
