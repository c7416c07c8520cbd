using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>Reads a <c>usage</c> object, and the <c>metrics</c> that may stand beside it.</summary>
internal static class UsageReader
{
    /// <summary>A day; more is nonsense.</summary>
    private const double LongestQueueMs = 24 * 60 * 60 * 1000.0;

    /// <summary>Reads the value after the property name <c>usage</c>; null when it is not an object.</summary>
    public static Usage? Read(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var (prompt, completion, cached) = (0, 0, 0);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "prompt_tokens"u8))
                prompt = Count(ref json);
            else if (JsonText.Is(ref json, "completion_tokens"u8))
                completion = Count(ref json);
            else if (JsonText.Is(ref json, "prompt_tokens_details"u8))
                cached = ReadCached(ref json);
            else
                Count(ref json);
        }

        return new Usage(prompt, completion, cached);
    }

    /// <summary>Reads the value after the property name <c>metrics</c>: how long the request was queued; null when it does not say.</summary>
    public static TimeSpan? ReadQueued(ref Utf8JsonReader json)
    {
        TimeSpan? queued = null;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return queued;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isQueue = JsonText.Is(ref json, "queue_time_ms"u8);
            json.Read();
            if (isQueue && json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var ms) && ms is >= 0 and < LongestQueueMs)
                queued = TimeSpan.FromMilliseconds(ms);
            json.Skip();
        }

        return queued;
    }

    private static int ReadCached(ref Utf8JsonReader json)
    {
        var cached = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return cached;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "cached_tokens"u8))
                cached = Count(ref json);
            else
                Count(ref json);
        }

        return cached;
    }

    /// <summary>The value as a count; 0 for anything that is not one, which is skipped.</summary>
    private static int Count(ref Utf8JsonReader json)
    {
        json.Read();
        var count = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value) ? value : 0;
        json.Skip();
        return count;
    }
}
