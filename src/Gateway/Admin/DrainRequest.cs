using System.Buffers;
using System.Text.Json;

namespace Gateway.Admin;

/// <summary>What was said with a drain: why, and how long the replica still serves.</summary>
/// <param name="Reason">A word or two for logs.</param>
/// <param name="Left">How long it still serves; null when that was not said.</param>
internal sealed record DrainRequest(string Reason, TimeSpan? Left)
{
    private const string Unnamed = "operator";
    private const int MaxBytes = 4096;
    private const int MaxReason = 200;
    private const double MaxSeconds = 86_400;

    /// <summary>Reads the body, which may be empty; what it must be, if it is something else.</summary>
    public static async ValueTask<(DrainRequest? Request, string? Wrong)> ReadAsync(HttpRequest http)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            var read = await http.Body.ReadAtLeastAsync(bytes.AsMemory(0, MaxBytes + 1), MaxBytes + 1, throwOnEndOfStream: false, http.HttpContext.RequestAborted);
            return read > MaxBytes ? (null, $"the body is longer than {MaxBytes} bytes") : Read(bytes.AsMemory(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static (DrainRequest? Request, string? Wrong) Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return (new DrainRequest(Unnamed, null), null);
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : (null, "the body is not an object");
        }
        catch (JsonException)
        {
            return (null, "the body is not JSON");
        }
    }

    private static (DrainRequest? Request, string? Wrong) Read(JsonElement body)
    {
        var (reason, left) = (Unnamed, (TimeSpan?)null);
        foreach (var field in body.EnumerateObject())
        {
            switch (field.Name)
            {
                case "reason" when field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is { Length: > 0 and <= MaxReason } text && !text.Any(char.IsControl):
                    reason = text;
                    break;
                case "seconds" when field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDouble(out var seconds) && seconds is >= 0 and <= MaxSeconds:
                    left = TimeSpan.FromSeconds(seconds);
                    break;
                case "reason":
                    return (null, $"reason is no text of 1 to {MaxReason} characters");
                case "seconds":
                    return (null, $"seconds is no number from 0 to {MaxSeconds}");
                default:
                    return (null, $"unknown field \"{field.Name}\"; the fields are reason and seconds");
            }
        }

        return (new DrainRequest(reason, left), null);
    }
}
