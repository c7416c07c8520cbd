using System.Text.Json;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Gateway.Caching.Stores;

namespace Gateway.Cache.Admin;

/// <summary>Writes what the cache holds, and how near asks have to be, as JSON.</summary>
internal static class CacheListing
{
    public static async Task WriteAsync(HttpContext http, CacheSetup setup)
    {
        var semantic = setup.Storage.Meaning;
        var count = await CountAsync(semantic, http.RequestAborted);
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("scope"u8, setup.Options.Scope);
        json.WriteNumber("epoch"u8, setup.Answers.Epoch);
        Write(json, setup.Storage.Memory.Figures);
        if (semantic is not null)
            Write(json, count, semantic.Bars.Report());
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, StoreFigures figures)
    {
        json.WriteStartObject("memory"u8);
        json.WriteNumber("entries"u8, figures.Entries);
        json.WriteNumber("bytes"u8, figures.Bytes);
        json.WriteNumber("capacity"u8, figures.Capacity);
        json.WriteNumber("hits"u8, figures.Hits);
        json.WriteNumber("misses"u8, figures.Misses);
        json.WriteNumber("evictions"u8, figures.Evictions);
        json.WriteNumber("rejections"u8, figures.Rejections);
        json.WriteNumber("expirations"u8, figures.Expirations);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, long? count, IReadOnlyList<ClassReport> classes)
    {
        json.WriteStartObject("semantic"u8);
        if (count is { } entries)
            json.WriteNumber("entries"u8, entries);
        else
            json.WriteNull("entries"u8);
        json.WriteStartArray("classes"u8);
        foreach (var report in classes)
        {
            json.WriteStartObject();
            json.WriteString("class"u8, report.Class);
            json.WriteBoolean("answers"u8, report.Bar <= 1);
            json.WriteNumber("bar"u8, Math.Round((decimal)report.Bar, 3));
            json.WriteNumber("configured"u8, Math.Round((decimal)report.Configured, 3));
            json.WriteBoolean("wary"u8, report.IsWary);
            json.WriteNumber("right"u8, report.Right);
            json.WriteNumber("wrong"u8, report.Wrong);
            if (report.WrongShare is { } share)
                json.WriteNumber("wrong_share"u8, Math.Round((decimal)share, 5));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Null when the index is out of reach.</summary>
    private static async ValueTask<long?> CountAsync(SemanticCache? semantic, CancellationToken cancel)
    {
        if (semantic is null)
            return null;
        try
        {
            return await semantic.CountAsync(cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }
}
