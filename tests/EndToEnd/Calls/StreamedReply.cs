using System.Text;
using System.Text.Json;

namespace Gateway.EndToEnd.Calls;

/// <summary>A stream as a careful caller reads it: what has been said, and how it ended.</summary>
internal sealed class StreamedReply : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private StreamedReply(HttpResponseMessage response, Stream stream) =>
        (_response, _reader) = (response, new StreamReader(stream, Encoding.UTF8));

    /// <summary>Frames that showed a token.</summary>
    public int Tokens { get; private set; }

    public string? FinishReason { get; private set; }

    /// <summary>The error frame, if one came.</summary>
    public JsonElement? Error { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>A comment said that another replica goes on with it.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>The connection broke instead of ending.</summary>
    public bool IsCut { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>A complete answer, and said to be one.</summary>
    public bool IsWhole => IsDone && FinishReason is not null && Error is null && !IsCut;

    /// <summary>Broken off, and honest about it: an error after what was shown, and nothing that looks like an end.</summary>
    public bool IsHonestlyBroken => Error is not null && Tokens > 0 && !IsDone && FinishReason is null;

    public static async Task<StreamedReply> OpenAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsStreamAsync());

    /// <summary>Reads on until so many tokens were shown, or the stream is over.</summary>
    public async Task<StreamedReply> ReadAsync(int tokens)
    {
        while (Tokens < tokens && await ReadLineAsync() is { } line)
            Take(line);
        return this;
    }

    /// <summary>Reads to the end, whatever it is.</summary>
    public Task<StreamedReply> ReadToEndAsync() => ReadAsync(int.MaxValue);

    public override string ToString() => $"tokens={Tokens} finish={FinishReason} done={IsDone} cut={IsCut} error={Error}";

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private async Task<string?> ReadLineAsync()
    {
        try
        {
            var line = await _reader.ReadLineAsync();
            IsOver |= line is null;
            return line;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            IsOver = IsCut = true;
            return null;
        }
    }

    private void Take(string line)
    {
        IsResumed |= line.StartsWith(": resumed on ", StringComparison.Ordinal);
        if (!line.StartsWith("data: ", StringComparison.Ordinal))
            return;
        if (line == "data: [DONE]")
        {
            IsDone = true;
            return;
        }

        using var chunk = JsonDocument.Parse(line.AsMemory("data: ".Length));
        if (chunk.RootElement.TryGetProperty("error", out var error))
        {
            Error = error.Clone();
            return;
        }

        foreach (var choice in chunk.RootElement.GetProperty("choices").EnumerateArray())
        {
            FinishReason = choice.GetProperty("finish_reason").GetString() ?? FinishReason;
            if (choice.GetProperty("delta").TryGetProperty("content", out var content) && content.GetString() is { Length: > 0 })
                Tokens++;
        }
    }
}
