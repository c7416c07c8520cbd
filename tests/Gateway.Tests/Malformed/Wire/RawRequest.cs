using System.Text;

namespace Gateway.Tests.Malformed.Wire;

/// <summary>Requests as bytes.</summary>
internal static class RawRequest
{
    public const string Chat = "/v1/chat/completions";

    /// <summary>A POST of known length; <paramref name="headers"/> are further lines without their ends.</summary>
    public static byte[] Post(string path, ReadOnlySpan<byte> body, string contentType = "application/json", params string[] headers) =>
        [.. Encoding.UTF8.GetBytes(Head(path, [$"Content-Type: {contentType}", $"Content-Length: {body.Length}", .. headers])), .. body];

    public static byte[] Post(string path, string body, params string[] headers) =>
        Post(path, Encoding.UTF8.GetBytes(body), headers: headers);

    /// <summary>Request line and headers with the empty line behind them.</summary>
    public static string Head(string path, params string[] headers) => Head("POST", path, headers);

    /// <summary>Request line and headers with the empty line behind them.</summary>
    public static string Head(string method, string path, string[] headers) =>
        $"{method} {path} HTTP/1.1\r\n{(headers.Any(line => line.StartsWith("Host:", StringComparison.Ordinal)) ? "" : "Host: gateway\r\n")}"
        + string.Concat(headers.Select(line => line + "\r\n")) + "\r\n";
}
