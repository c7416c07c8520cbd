using System.Text.Json;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>The texts of <c>messages</c>: contents and their parts, calls of tools, thoughts, names, and members that nobody here knows.</summary>
internal static class MessageTexts
{
    /// <param name="json">At the array.</param>
    /// <param name="request">The view of the body, of which the turns are known already.</param>
    /// <param name="target">For the member.</param>
    public static void Read(ref Utf8JsonReader json, ChatRequest request, TextTarget target)
    {
        for (var turn = 0; json.Read() && json.TokenType == JsonTokenType.StartObject; turn++)
        {
            var role = request.Turns[turn].Role;
            ReadMessage(ref json, role, target with { Source = SourceOf(role), Turn = turn });
        }
    }

    private static TextSource SourceOf(TurnRole role) => role switch
    {
        TurnRole.System => TextSource.System,
        TurnRole.User => TextSource.User,
        TurnRole.Assistant => TextSource.Assistant,
        TurnRole.Tool => TextSource.Tool,
        _ => TextSource.Other,
    };

    private static void ReadMessage(ref Utf8JsonReader json, TurnRole role, TextTarget target)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "content"u8))
            {
                json.Read();
                ReadContent(ref json, target);
            }
            else if (JsonText.Is(ref json, "tool_calls"u8))
            {
                json.Read();
                ReadCalls(ref json, target);
            }
            else if (JsonText.Is(ref json, "function_call"u8))
            {
                json.Read();
                ReadCall(ref json, target, isFunction: true);
            }
            else if (JsonText.Is(ref json, "role"u8))
            {
                // A role that templates know nothing of is printed by some of them.
                json.Read();
                if (role == TurnRole.Other)
                    target.Add(ref json);
            }
            else if (JsonText.Is(ref json, "id"u8) || JsonText.Is(ref json, "tool_call_id"u8))
            {
                json.Read();
                target.AddUnlessWord(ref json);
            }
            else
            {
                var isThought = JsonText.Is(ref json, "reasoning"u8) || JsonText.Is(ref json, "reasoning_content"u8)
                    || JsonText.Is(ref json, "reasoning_details"u8) || JsonText.Is(ref json, "thinking"u8);
                json.Read();
                (isThought ? target with { Source = TextSource.Reasoning } : target).Add(ref json);
            }
        }
    }

    private static void ReadContent(ref Utf8JsonReader json, TextTarget target)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            target.Add(ref json);
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadPartMember(ref json, target);
        }
    }

    private static void ReadPartMember(ref Utf8JsonReader json, TextTarget target)
    {
        var isType = JsonText.Is(ref json, "type"u8) || JsonText.Is(ref json, "uuid"u8);
        var isThought = JsonText.Is(ref json, "thinking"u8) || JsonText.Is(ref json, "reasoning"u8);
        var isEmbedding = JsonText.Is(ref json, "image_embeds"u8) || JsonText.Is(ref json, "audio_embeds"u8);
        var isMedium = JsonText.Is(ref json, "image_url"u8) || JsonText.Is(ref json, "input_audio"u8) || JsonText.Is(ref json, "file"u8)
            || JsonText.Is(ref json, "audio_url"u8) || JsonText.Is(ref json, "video_url"u8) || JsonText.Is(ref json, "image"u8)
            || JsonText.Is(ref json, "audio"u8) || JsonText.Is(ref json, "video"u8);
        json.Read();
        if (isType)
            target.AddUnlessWord(ref json);
        else if (isEmbedding)
            json.Skip();
        else if (isMedium)
            ReadMedium(ref json, target);
        else
            (isThought ? target with { Source = TextSource.Reasoning } : target).Add(ref json);
    }

    /// <summary>What is said of an image, a recording or a file: addresses and names are texts, its bytes are none.</summary>
    private static void ReadMedium(ref Utf8JsonReader json, TextTarget target)
    {
        var depth = json.CurrentDepth;
        var isData = false;
        do
        {
            if (json.TokenType == JsonTokenType.PropertyName)
                isData = JsonText.Is(ref json, "data"u8) || JsonText.Is(ref json, "file_data"u8);
            else if (json.TokenType == JsonTokenType.String && !isData && !json.ValueSpan.StartsWith("data:"u8))
                target.AddUnlessWord(ref json);
        }
        while ((json.CurrentDepth > depth || json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && json.Read());
    }

    private static void ReadCalls(ref Utf8JsonReader json, TextTarget target)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            target.Add(ref json);
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            ReadCall(ref json, target, isFunction: false);
    }

    /// <summary>One call: its arguments know their tool's name, and a call without any is an empty text, so that the tool itself is judged.</summary>
    private static void ReadCall(ref Utf8JsonReader json, TextTarget target, bool isFunction)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            target.Add(ref json);
            return;
        }

        var (first, hasArguments, at) = (target.Texts.Count, false, (int)json.TokenStartIndex);
        string? tool = null;
        if (isFunction)
        {
            ReadFunction(ref json, target, ref tool, ref hasArguments);
        }
        else
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isInner = JsonText.Is(ref json, "function"u8) || JsonText.Is(ref json, "custom"u8);
                json.Read();
                if (isInner && json.TokenType == JsonTokenType.StartObject)
                    ReadFunction(ref json, target, ref tool, ref hasArguments);
                else
                    target.AddUnlessWord(ref json);
            }
        }

        if (!hasArguments)
            target.Texts.Add(TextSource.Arguments, new TextPlace(new ByteRange(at, 0), TextForm.String, target.Member), false, null, target.Turn);
        target.Texts.NameTool(first, tool);
    }

    private static void ReadFunction(ref Utf8JsonReader json, TextTarget target, ref string? tool, ref bool hasArguments)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = JsonText.Is(ref json, "name"u8);
            var isArguments = JsonText.Is(ref json, "arguments"u8) || JsonText.Is(ref json, "input"u8);
            json.Read();
            if (isName && json.TokenType == JsonTokenType.String)
                tool = JsonText.TryGet(ref json);
            if (!isArguments)
            {
                target.AddUnlessWord(ref json);
                continue;
            }

            var arguments = target with { Source = TextSource.Arguments };
            hasArguments |= json.TokenType is JsonTokenType.String or JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (json.TokenType == JsonTokenType.String)
                arguments.AddString(ref json, TextForm.JsonString);
            else if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                arguments.AddValue(ref json, form: TextForm.RawValue);
        }
    }
}
