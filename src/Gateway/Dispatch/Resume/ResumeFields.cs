using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Dispatch.Resume;

/// <summary>Where the fields of a body stand that matter for going on with its answer; read only when that has become necessary.</summary>
internal sealed class ResumeFields
{
    private readonly List<byte[]> _stops = [];
    private int? _maxTokens;
    private int? _maxCompletionTokens;
    private int? _minTokens;

    /// <summary>The closing bracket of <c>messages</c>: what stands before it is the place of another message.</summary>
    public ByteRange MessagesEnd { get; private set; }

    public ByteRange MaxTokens { get; private set; }

    public ByteRange MaxCompletionTokens { get; private set; }

    public ByteRange MinTokens { get; private set; }

    public ByteRange ContinueFinal { get; private set; }

    public ByteRange AddGenerationPrompt { get; private set; }

    /// <summary>Longest answer, in tokens; null without a limit.</summary>
    public int? Limit => _maxCompletionTokens ?? _maxTokens;

    /// <summary>Shortest answer, in tokens.</summary>
    public int Least => _minTokens ?? 0;

    /// <summary>Strings that end the answer.</summary>
    public IReadOnlyList<byte[]> Stops => _stops;

    /// <summary>Whether such a string is shown.</summary>
    public bool ShowsStop { get; private set; }

    /// <summary>The answer's form is bound by a grammar, whose state is lost with the replica.</summary>
    public bool IsStructured { get; private set; }

    /// <summary>The answer cannot be continued in any way: it carries the prompt, or sound, or goes on with the caller's own half sentence.</summary>
    public bool IsBound { get; private set; }

    /// <summary>The thought's length is bounded (<c>thinking_token_budget</c>).</summary>
    public bool BoundsThought { get; private set; }

    /// <summary>Log-probabilities were asked for.</summary>
    public bool WantsLogprobs { get; private set; }

    /// <param name="body">A body that has been accepted.</param>
    public static ResumeFields Read(ReadOnlySpan<byte> body)
    {
        var fields = new ResumeFields();
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1024 });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            fields.ReadField(ref json);
        return fields;
    }

    private void ReadField(ref Utf8JsonReader json)
    {
        if (JsonText.Is(ref json, "messages"u8))
            MessagesEnd = Last(ReadRange(ref json));
        else if (JsonText.Is(ref json, "max_tokens"u8))
            MaxTokens = ReadCount(ref json, out _maxTokens);
        else if (JsonText.Is(ref json, "max_completion_tokens"u8))
            MaxCompletionTokens = ReadCount(ref json, out _maxCompletionTokens);
        else if (JsonText.Is(ref json, "min_tokens"u8))
            MinTokens = ReadCount(ref json, out _minTokens);
        else if (JsonText.Is(ref json, "continue_final_message"u8))
            ContinueFinal = ReadBinding(ref json);
        else if (JsonText.Is(ref json, "add_generation_prompt"u8))
            AddGenerationPrompt = ReadRange(ref json);
        else if (JsonText.Is(ref json, "stop"u8))
            ReadStops(ref json);
        else if (JsonText.Is(ref json, "include_stop_str_in_output"u8))
            ShowsStop = ReadFlag(ref json);
        else
            ReadShape(ref json);
    }

    private void ReadShape(ref Utf8JsonReader json)
    {
        if (JsonText.Is(ref json, "response_format"u8))
            IsStructured |= ReadFormat(ref json);
        else if (JsonText.Is(ref json, "structured_outputs"u8) || json.ValueSpan.StartsWith("guided_"u8))
            IsStructured |= IsGiven(ref json);
        else if (JsonText.Is(ref json, "echo"u8))
            IsBound |= ReadFlag(ref json);
        else if (JsonText.Is(ref json, "use_beam_search"u8))
            IsBound |= ReadFlag(ref json);
        else if (JsonText.Is(ref json, "prompt_logprobs"u8) || JsonText.Is(ref json, "audio"u8))
            IsBound |= IsGiven(ref json);
        else if (JsonText.Is(ref json, "thinking_token_budget"u8))
            BoundsThought = IsGiven(ref json);
        else if (JsonText.Is(ref json, "logprobs"u8))
            WantsLogprobs = ReadFlag(ref json);
        else
            ReadRange(ref json);
    }

    private static bool ReadFormat(ref Utf8JsonReader json)
    {
        json.Read();
        var isBound = false;
        if (json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isType = JsonText.Is(ref json, "type"u8);
                json.Read();
                isBound |= isType && json.TokenType == JsonTokenType.String && !JsonText.Is(ref json, "text"u8);
                json.Skip();
            }
        }

        json.Skip();
        return isBound;
    }

    private void ReadStops(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            AddStop(ref json);
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType == JsonTokenType.String)
                    AddStop(ref json);
                json.Skip();
            }
        }

        json.Skip();
    }

    private void AddStop(ref Utf8JsonReader json)
    {
        if (json.ValueSpan.Length > 0)
            _stops.Add(RawText.Unescape(json.ValueSpan));
    }

    private static bool IsGiven(ref Utf8JsonReader json)
    {
        json.Read();
        var isGiven = json.TokenType != JsonTokenType.Null;
        json.Skip();
        return isGiven;
    }

    private static ByteRange ReadCount(ref Utf8JsonReader json, out int? count)
    {
        json.Read();
        count = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value) ? value : null;
        return ValueAt(ref json);
    }

    private static bool ReadFlag(ref Utf8JsonReader json)
    {
        json.Read();
        var isOn = json.TokenType == JsonTokenType.True;
        json.Skip();
        return isOn;
    }

    private ByteRange ReadBinding(ref Utf8JsonReader json)
    {
        json.Read();
        IsBound |= json.TokenType == JsonTokenType.True;
        return ValueAt(ref json);
    }

    private static ByteRange ReadRange(ref Utf8JsonReader json)
    {
        json.Read();
        return ValueAt(ref json);
    }

    private static ByteRange ValueAt(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return new ByteRange(start, (int)json.BytesConsumed - start);
    }

    private static ByteRange Last(ByteRange array) => new(array.End - 1, 0);
}
