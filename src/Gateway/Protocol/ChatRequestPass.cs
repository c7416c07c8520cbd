using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>What one pass over a chat completion request has found so far.</summary>
/// <param name="members">Filled with the body's members as they come; null when nobody asks for them.</param>
internal struct ChatRequestPass(List<BodyMember>? members)
{
    /// <summary>Bytes that may name a model; the name goes into the error, the log and the span, which must not carry a megabyte.</summary>
    public const int LongestModel = 1024;

    private readonly List<Turn> _turns = new(2);
    private SeenFields _seen;
    private string? _model;
    private ByteRange _modelValue;
    private bool _stream;
    private int _choices = 1;
    private StreamOptionsPass _options;
    private int _tools;
    private ByteRange _toolsValue;
    private ByteRange _toolChoice;
    private ByteRange _responseFormat;
    private ByteRange _logprobs;
    private ByteRange _topLogprobs;
    private ByteRange _priority;
    private ByteRange _cacheSalt;
    private double? _temperature;
    private int? _maxTokens;

    public ApiError? Read(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return ApiError.BadJson("The request body must be a JSON object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref json);
            if (field != SeenFields.None && (_seen & field) != 0)
                return ApiError.BadRequest("duplicate_field", $"The field '{json.GetString()}' is given twice.", json.GetString());
            _seen |= field;
            var name = new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (ReadField(field, ref json) is { } error)
                return error;
            members?.Add(new BodyMember(name, new ByteRange(start, (int)json.BytesConsumed - start), UseOf(field)));
        }

        if ((_seen & SeenFields.StreamOptions) == 0)
            _options = StreamOptionsPass.Absent((int)json.TokenStartIndex);
        // Whatever follows the object other than white space makes the reader throw.
        json.Read();
        return Missing();
    }

    public readonly ChatRequest ToRequest() => new()
    {
        Model = _model!,
        ModelValue = _modelValue,
        Stream = _stream,
        Choices = _choices,
        AsksUsage = _options.AsksUsage,
        AsksRunningUsage = _options.AsksRunningUsage,
        NamesRunningUsage = _options.NamesRunningUsage,
        HasStreamOptions = _options.IsGiven,
        HasFurtherStreamOptions = _options.HasOther,
        UsageSwitch = _options.Switch,
        Turns = _turns,
        Tools = _tools,
        ToolsValue = _toolsValue,
        ToolChoice = _toolChoice,
        ResponseFormat = _responseFormat,
        Logprobs = _logprobs,
        TopLogprobs = _topLogprobs,
        Priority = _priority,
        CacheSalt = _cacheSalt,
        Temperature = _temperature,
        MaxTokens = _maxTokens,
        Members = members,
    };

    private static BodyMemberUse UseOf(SeenFields field) => field switch
    {
        SeenFields.Model => BodyMemberUse.Model,
        SeenFields.Messages => BodyMemberUse.Messages,
        SeenFields.Stream or SeenFields.StreamOptions => BodyMemberUse.Delivery,
        _ => BodyMemberUse.Other,
    };

    private static SeenFields FieldOf(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "messages"u8) ? SeenFields.Messages
        : JsonText.Is(ref json, "model"u8) ? SeenFields.Model
        : JsonText.Is(ref json, "stream"u8) ? SeenFields.Stream
        : JsonText.Is(ref json, "stream_options"u8) ? SeenFields.StreamOptions
        : JsonText.Is(ref json, "tools"u8) ? SeenFields.Tools
        : JsonText.Is(ref json, "n"u8) ? SeenFields.Choices
        : JsonText.Is(ref json, "max_tokens"u8) ? SeenFields.MaxTokens
        : JsonText.Is(ref json, "max_completion_tokens"u8) ? SeenFields.MaxCompletionTokens
        : JsonText.Is(ref json, "tool_choice"u8) ? SeenFields.ToolChoice
        : JsonText.Is(ref json, "response_format"u8) ? SeenFields.ResponseFormat
        : JsonText.Is(ref json, "logprobs"u8) ? SeenFields.Logprobs
        : JsonText.Is(ref json, "top_logprobs"u8) ? SeenFields.TopLogprobs
        : JsonText.Is(ref json, "temperature"u8) ? SeenFields.Temperature
        : JsonText.Is(ref json, "priority"u8) ? SeenFields.Priority
        : JsonText.Is(ref json, "cache_salt"u8) ? SeenFields.CacheSalt
        : SeenFields.None;

    private ApiError? ReadField(SeenFields field, ref Utf8JsonReader json)
    {
        switch (field)
        {
            case SeenFields.Model:
                return ReadModel(ref json);
            case SeenFields.Stream:
                _stream = json.TokenType == JsonTokenType.True;
                return json.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null ? null : WrongType("stream", "a boolean");
            case SeenFields.StreamOptions:
                _options = StreamOptionsPass.Read(ref json);
                return null;
            case SeenFields.Messages:
                return MessagesPass.Read(ref json, _turns);
            case SeenFields.Tools:
                var tools = (int)json.TokenStartIndex;
                _tools = CountItems(ref json);
                _toolsValue = new ByteRange(tools, (int)json.BytesConsumed - tools);
                return null;
            case SeenFields.Choices:
                _choices = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var n) && n > 0 ? n : 1;
                json.Skip();
                return null;
            case SeenFields.MaxTokens or SeenFields.MaxCompletionTokens:
                _maxTokens = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var tokens) ? tokens : _maxTokens;
                json.Skip();
                return null;
            case SeenFields.Temperature:
                _temperature = json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var temperature) ? temperature : null;
                json.Skip();
                return null;
            case SeenFields.ToolChoice:
                _toolChoice = SkipValue(ref json);
                return null;
            case SeenFields.ResponseFormat:
                _responseFormat = SkipValue(ref json);
                return null;
            case SeenFields.Logprobs:
                _logprobs = SkipValue(ref json);
                return null;
            case SeenFields.TopLogprobs:
                _topLogprobs = SkipValue(ref json);
                return null;
            case SeenFields.Priority:
                _priority = SkipValue(ref json);
                return null;
            case SeenFields.CacheSalt:
                _cacheSalt = SkipValue(ref json);
                return null;
            default:
                json.Skip();
                return null;
        }
    }

    /// <summary>Where the value at the reader stands.</summary>
    private static ByteRange SkipValue(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return new ByteRange(start, (int)json.BytesConsumed - start);
    }

    private ApiError? ReadModel(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
            return WrongType("model", "a string");
        if (json.ValueSpan.Length > LongestModel)
            return TooLongModel();
        _modelValue = new ByteRange((int)json.TokenStartIndex, (int)(json.BytesConsumed - json.TokenStartIndex));
        _model = JsonText.TryGet(ref json);
        return string.IsNullOrWhiteSpace(_model) ? ApiError.BadRequest("invalid_value", "The field 'model' must name a model.", "model") : null;
    }

    private static int CountItems(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return 0;
        }

        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            json.Skip();
            count++;
        }

        return count;
    }

    private readonly ApiError? Missing()
    {
        if (_model is null)
            return ApiError.BadRequest("missing_field", "The field 'model' is required; GET /v1/models lists what exists.", "model");
        if (_turns.Count == 0)
            return ApiError.BadRequest("missing_field", "The field 'messages' is required and must hold at least one message.", "messages");
        return null;
    }

    public static ApiError TooLongModel() =>
        ApiError.BadRequest("invalid_value", $"The field 'model' is longer than {LongestModel} bytes.", "model");

    private static ApiError WrongType(string field, string wanted) =>
        ApiError.BadRequest("invalid_type", $"The field '{field}' must be {wanted}.", field);

    [Flags]
    private enum SeenFields
    {
        None = 0,
        Model = 1,
        Messages = 2,
        Stream = 4,
        StreamOptions = 8,
        Tools = 16,
        Choices = 32,
        MaxTokens = 64,
        MaxCompletionTokens = 128,
        ToolChoice = 256,
        ResponseFormat = 512,
        Logprobs = 1024,
        TopLogprobs = 2048,
        Temperature = 4096,
        Priority = 8192,
        CacheSalt = 16384,
    }
}
