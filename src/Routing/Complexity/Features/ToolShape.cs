using System.Text.Json;

namespace Gateway.Routing.Complexity.Features;

/// <summary>What the offered tools look like, and how much of their words the ask speaks.</summary>
internal struct ToolShape
{
    /// <summary>Agents send tens of kilobytes of tools with every turn; the first tell enough.</summary>
    private const int MostBytes = 16 * 1024;

    public int Tools;
    public int Parameters;
    public int Required;
    public int Arrays;
    public int Objects;
    public int Choices;
    public int DescriptionBytes;
    public WordOverlap Names;
    public WordOverlap Descriptions;
    public WordOverlap ParameterNames;

    /// <summary>Reads tools as a caller sends them: an array whose members hold a function with name, description and JSON schema.</summary>
    /// <param name="json">UTF-8; what is no such array leaves the counts at what was understood.</param>
    /// <param name="ask">The ask's grams.</param>
    public static ToolShape Read(ReadOnlySpan<byte> json, in GramTable ask)
    {
        var shape = default(ToolShape);
        if (json.IsEmpty)
            return shape;
        var whole = json.Length <= MostBytes;
        var reader = new Utf8JsonReader(whole ? json : json[..MostBytes], isFinalBlock: whole, default);
        try
        {
            shape.Read(ref reader, ask);
        }
        catch (JsonException)
        {
            // The caller's own bytes: whatever they are, the ask is still scored.
        }

        return shape;
    }

    private void Read(ref Utf8JsonReader reader, in GramTable ask)
    {
        // Bit d: the object at depth d maps parameter names to their schemas, so its keys are names and no keywords.
        ulong maps = 0;
        var keyword = Keyword.None;
        while (reader.Read())
        {
            var depth = reader.CurrentDepth;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    if (depth < 63)
                        maps = keyword == Keyword.Properties ? maps | (2ul << depth) : maps & ~(2ul << depth);
                    Tools += depth == 1 ? 1 : 0;
                    keyword = Keyword.None;
                    break;
                case JsonTokenType.PropertyName when depth < 64 && (maps >> depth & 1) != 0:
                    Parameters++;
                    ParameterNames.Read(reader.ValueSpan, ask);
                    keyword = Keyword.None;
                    break;
                case JsonTokenType.PropertyName:
                    keyword = KeywordOf(reader.ValueSpan);
                    break;
                case JsonTokenType.StartArray when keyword is Keyword.Required or Keyword.Enum:
                    break;
                case JsonTokenType.String:
                    keyword = TakeString(keyword, reader.ValueSpan, ask);
                    break;
                default:
                    keyword = Keyword.None;
                    break;
            }
        }
    }

    /// <summary>Takes a string under a keyword; what follows in a list stands under the same one.</summary>
    private Keyword TakeString(Keyword keyword, ReadOnlySpan<byte> value, in GramTable ask)
    {
        switch (keyword)
        {
            case Keyword.Name:
                Names.Read(value, ask);
                return Keyword.None;
            case Keyword.Description:
                DescriptionBytes += value.Length;
                Descriptions.Read(value, ask);
                return Keyword.None;
            case Keyword.Type:
                Arrays += value.SequenceEqual("array"u8) ? 1 : 0;
                Objects += value.SequenceEqual("object"u8) || value.SequenceEqual("dict"u8) ? 1 : 0;
                return Keyword.None;
            case Keyword.Required:
                Required++;
                return keyword;
            case Keyword.Enum:
                Choices++;
                return keyword;
            default:
                return Keyword.None;
        }
    }

    private static Keyword KeywordOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("name"u8) => Keyword.Name,
        _ when name.SequenceEqual("description"u8) => Keyword.Description,
        _ when name.SequenceEqual("properties"u8) => Keyword.Properties,
        _ when name.SequenceEqual("type"u8) => Keyword.Type,
        _ when name.SequenceEqual("required"u8) => Keyword.Required,
        _ when name.SequenceEqual("enum"u8) => Keyword.Enum,
        _ => Keyword.None,
    };

    private enum Keyword : byte
    {
        None,
        Name,
        Description,
        Properties,
        Type,
        Required,
        Enum,
    }
}
