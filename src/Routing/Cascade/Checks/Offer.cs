using System.Text;
using System.Text.Json;
using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>What the caller offered the model and asks of its answer: functions, a form, a length.</summary>
public sealed class Offer : IDisposable
{
    private readonly JsonDocument? _tools;
    private readonly JsonDocument? _format;
    private readonly Dictionary<string, SchemaValidator?>? _functions;

    /// <param name="tools">The JSON value of <c>tools</c>; empty when none are offered.</param>
    /// <param name="format">The JSON value of <c>response_format</c>; empty when none is asked for.</param>
    /// <param name="maxTokens">The longest answer the caller allows; null when it does not say.</param>
    public Offer(ReadOnlyMemory<byte> tools, ReadOnlyMemory<byte> format, int? maxTokens)
    {
        MaxTokens = maxTokens;
        _tools = TryParse(tools);
        _format = TryParse(format);
        try
        {
            _functions = ReadFunctions(_tools);
            (Form, Schema) = ReadForm(_format);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair, which JSON allows and the document model will not compare: nothing is held against it.
            _functions = null;
        }
    }

    public int? MaxTokens { get; }

    /// <summary>What the answer's text must be.</summary>
    public AnswerForm Form { get; }

    /// <summary>The schema of <see cref="AnswerForm.JsonSchema"/>.</summary>
    public SchemaValidator? Schema { get; }

    /// <summary>Whether functions are offered that could be read.</summary>
    public bool HasFunctions => _functions is not null;

    /// <summary>
    /// Whether a text begins as a call does and names an offered function: what an engine sends as text when its parser cannot read the
    /// call that the model wrote.
    /// </summary>
    public bool LooksLikeCall(ReadOnlySpan<byte> text)
    {
        if (_functions is null)
            return false;
        text = text.TrimStart(" \t\r\n"u8);
        var opens = !text.IsEmpty && "[{<`"u8.Contains(text[0]);
        foreach (var (name, _) in _functions)
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            if (opens ? text.IndexOf(utf8) >= 0 : text.StartsWith(utf8) && text[utf8.Length..].StartsWith("("u8))
                return true;
        }

        return false;
    }

    /// <summary>Whether the function is offered, and the schema of its arguments; null for one without.</summary>
    public bool TryFind(string function, out SchemaValidator? arguments)
    {
        arguments = null;
        return _functions is not null && _functions.TryGetValue(function, out arguments);
    }

    /// <summary>
    /// Whether the answer stopped where the caller itself said it must, so that what is missing is nobody's fault. Where the upstream
    /// has not counted it did, since vLLM refuses a limit that its context has no room for.
    /// </summary>
    public bool HasCut(DraftAnswer answer) =>
        answer.FinishReason == "length" && MaxTokens is { } most && (answer.Counted is not { } counted || counted >= most);

    public void Dispose()
    {
        _tools?.Dispose();
        _format?.Dispose();
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return null;
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, SchemaValidator?>? ReadFunctions(JsonDocument? tools)
    {
        if (tools is null || tools.RootElement.ValueKind != JsonValueKind.Array)
            return null;
        Dictionary<string, SchemaValidator?>? functions = null;
        foreach (var tool in tools.RootElement.EnumerateArray())
        {
            if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("function"u8, out var function) || function.ValueKind != JsonValueKind.Object)
                continue;
            if (!function.TryGetProperty("name"u8, out var name) || SchemaText.Of(name) is not { } known)
                continue;
            functions ??= new Dictionary<string, SchemaValidator?>(StringComparer.Ordinal);
            functions[known] = function.TryGetProperty("parameters"u8, out var schema) && schema.ValueKind == JsonValueKind.Object
                ? new SchemaValidator(schema, closed: true)
                : null;
        }

        return functions;
    }

    private static (AnswerForm Form, SchemaValidator? Schema) ReadForm(JsonDocument? format)
    {
        if (format is null || format.RootElement.ValueKind != JsonValueKind.Object || !format.RootElement.TryGetProperty("type"u8, out var type))
            return (AnswerForm.Text, null);
        if (type.ValueKind != JsonValueKind.String)
            return (AnswerForm.Text, null);
        if (type.ValueEquals("json_object"u8))
            return (AnswerForm.JsonObject, null);
        if (!type.ValueEquals("json_schema"u8))
            return (AnswerForm.Text, null);
        var schema = format.RootElement.TryGetProperty("json_schema"u8, out var named) && named.ValueKind == JsonValueKind.Object
            && named.TryGetProperty("schema"u8, out var given)
            ? new SchemaValidator(given, closed: false)
            : null;
        return (AnswerForm.JsonSchema, schema);
    }
}

/// <summary>What an answer's text must be.</summary>
public enum AnswerForm : byte
{
    Text,

    /// <summary>A JSON object of any kind.</summary>
    JsonObject,

    /// <summary>JSON that fits a schema.</summary>
    JsonSchema,
}
