using System.Text.Json;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>Finds every text in a chunk of a stream, or in a whole answer, which has the same outline. Used again and again; allocates little.</summary>
/// <remarks>
/// A member of a delta or a message that is not known is text too, whatever it is called and however deep it stands, but for what names
/// things: ids, types, roles, formats, and sound.
/// </remarks>
internal sealed class AnswerTextReader
{
    private readonly List<byte[]> _names = [];
    private readonly List<AnswerText> _texts = [];
    private readonly List<AnswerChoice> _choices = [];
    private readonly List<CalledTool> _calls = [];

    /// <summary>The texts, in the order in which they stand.</summary>
    public List<AnswerText> Texts => _texts;

    public List<AnswerChoice> Choices => _choices;

    public List<CalledTool> Calls => _calls;

    /// <summary>It says something beside its texts: a role, a name, an end, a usage.</summary>
    public bool SaysMore { get; private set; }

    /// <summary>Reads a payload that was found to be JSON.</summary>
    public void Read(ReadOnlySpan<byte> payload)
    {
        _texts.Clear();
        _choices.Clear();
        _calls.Clear();
        SaysMore = false;
        var json = new Utf8JsonReader(payload);
        json.Read();
        while (json.TokenType != JsonTokenType.None && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "choices"u8))
                ReadChoices(ref json);
            else if (JsonText.Is(ref json, "usage"u8))
                SaysMore |= !SkipValue(ref json).IsEmpty;
            else
                SkipValue(ref json);
        }
    }

    private void ReadChoices(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        for (var place = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; place++)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                ReadChoice(ref json, place);
            else
                json.Skip();
        }
    }

    private void ReadChoice(ref Utf8JsonReader json, int place)
    {
        var (choice, texts, calls) = (new AnswerChoice { Index = place }, _texts.Count, _calls.Count);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "delta"u8) || JsonText.Is(ref json, "message"u8))
                ReadDelta(ref json);
            else if (JsonText.Is(ref json, "text"u8))
                ReadText(ref json, new TextChannel(0, TextSource.Assistant));
            else if (JsonText.Is(ref json, "index"u8))
                choice.Index = ReadIndex(ref json, place);
            else if (JsonText.Is(ref json, "finish_reason"u8))
                choice.IsFinished = !SkipValue(ref json).IsEmpty;
            else if (JsonText.Is(ref json, "logprobs"u8))
                choice.Logprobs = SkipValue(ref json);
            else if (JsonText.Is(ref json, "token_ids"u8))
                choice.TokenIds = SkipValue(ref json);
            else
                SkipValue(ref json);
        }

        SaysMore |= choice.IsFinished;
        _choices.Add(choice);
        // The index may stand behind the texts.
        for (var i = texts; i < _texts.Count; i++)
            _texts[i] = _texts[i] with { Channel = _texts[i].Channel with { Choice = choice.Index } };
        for (var i = calls; i < _calls.Count; i++)
            _calls[i] = _calls[i] with { Channel = _calls[i].Channel with { Choice = choice.Index } };
    }

    private void ReadDelta(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "content"u8))
                ReadText(ref json, new TextChannel(0, TextSource.Assistant));
            else if (JsonText.Is(ref json, "reasoning"u8) || JsonText.Is(ref json, "reasoning_content"u8))
                ReadText(ref json, new TextChannel(0, TextSource.Reasoning));
            else if (JsonText.Is(ref json, "tool_calls"u8))
                ReadCalls(ref json);
            else if (JsonText.Is(ref json, "function_call"u8))
                ReadCall(ref json, -1);
            else if (JsonText.Is(ref json, "role"u8))
                SaysMore |= !SkipValue(ref json).IsEmpty;
            else
                ReadText(ref json, new TextChannel(0, TextSource.Assistant, Name: NameOf(json.ValueSpan)));
        }
    }

    /// <summary>A string, or all strings within a list or object.</summary>
    private void ReadText(ref Utf8JsonReader json, TextChannel channel)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            Add(ref json, channel);
            return;
        }

        if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            SaysMore |= json.TokenType is JsonTokenType.Number or JsonTokenType.True;
            return;
        }

        var (depth, leaf) = (json.CurrentDepth, channel);
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName && NamesThings(ref json))
            {
                SaysMore = true;
                SkipValue(ref json);
            }
            else if (json.TokenType == JsonTokenType.PropertyName)
            {
                leaf = JsonText.Is(ref json, "text"u8) ? channel : channel with { Call = 1, Name = NameOf(json.ValueSpan) };
            }
            else if (json.TokenType == JsonTokenType.String)
            {
                Add(ref json, leaf);
            }
            else if (json.TokenType is JsonTokenType.Number or JsonTokenType.True)
            {
                SaysMore = true;
            }
        }
    }

    private void ReadCalls(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        var depth = json.CurrentDepth;
        for (var place = 0; json.CurrentDepth >= depth && json.TokenType is JsonTokenType.StartArray or JsonTokenType.EndObject; place++)
        {
            var ahead = json;
            if (!ahead.Read() || ahead.TokenType != JsonTokenType.StartObject)
                break;
            ReadCall(ref json, place);
        }

        while (json.CurrentDepth > depth || json.TokenType != JsonTokenType.EndArray)
        {
            if (!json.Read())
                return;
        }
    }

    /// <summary>One tool call: its name, and its arguments, whatever they are called.</summary>
    private void ReadCall(ref Utf8JsonReader json, int place)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        var (depth, index, texts, calls) = (json.CurrentDepth, place, _texts.Count, _calls.Count);
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (JsonText.Is(ref json, "index"u8) && json.CurrentDepth == depth + 1)
                index = ReadIndex(ref json, place);
            else if (JsonText.Is(ref json, "name"u8))
                ReadName(ref json);
            else if (NamesThings(ref json))
                SaysMore |= !SkipValue(ref json).IsEmpty;
            else if (JsonText.Is(ref json, "arguments"u8) || JsonText.Is(ref json, "input"u8))
                ReadText(ref json, new TextChannel(0, TextSource.Arguments));
            else if (!JsonText.Is(ref json, "function"u8) && !JsonText.Is(ref json, "custom"u8))
                ReadText(ref json, new TextChannel(0, TextSource.Arguments, Name: NameOf(json.ValueSpan)));
        }

        for (var i = texts; i < _texts.Count; i++)
            _texts[i] = _texts[i] with { Channel = _texts[i].Channel with { Call = index } };
        for (var i = calls; i < _calls.Count; i++)
            _calls[i] = _calls[i] with { Channel = _calls[i].Channel with { Call = index } };
    }

    private void ReadName(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String && !json.ValueSpan.IsEmpty)
        {
            _calls.Add(new CalledTool(new TextChannel(0, TextSource.Arguments), JsonText.TryGet(ref json) ?? "?"));
            SaysMore = true;
        }

        json.Skip();
    }

    private static bool NamesThings(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "id"u8) || JsonText.Is(ref json, "type"u8) || JsonText.Is(ref json, "role"u8) || JsonText.Is(ref json, "object"u8)
        || JsonText.Is(ref json, "format"u8) || JsonText.Is(ref json, "data"u8);

    private void Add(ref Utf8JsonReader json, TextChannel channel)
    {
        if (!json.ValueSpan.IsEmpty)
            _texts.Add(new AnswerText(channel, new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length), json.ValueIsEscaped));
    }

    /// <summary>A number for a name, the same each time.</summary>
    private int NameOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (name.SequenceEqual(_names[i]))
                return i + 1;
        }

        _names.Add(name.ToArray());
        return _names.Count;
    }

    private static int ReadIndex(ref Utf8JsonReader json, int otherwise)
    {
        json.Read();
        var index = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var given) ? given : otherwise;
        json.Skip();
        return index;
    }

    /// <summary>Where a value stands; empty when it is null.</summary>
    private static ByteRange SkipValue(ref Utf8JsonReader json)
    {
        json.Read();
        var (start, isNull) = ((int)json.TokenStartIndex, json.TokenType == JsonTokenType.Null);
        json.Skip();
        return isNull ? default : new ByteRange(start, (int)json.BytesConsumed - start);
    }
}
