using System.Text;
using Gateway.Protocol;
using Microsoft.Net.Http.Headers;

namespace Gateway.Passthrough;

/// <summary>Finds the model in a multipart form.</summary>
/// <remarks>
/// As strict as the parsers behind vLLM, so that both read the same: a boundary counts only at the start of a line and with
/// nothing but a line end or <c>--</c> behind it, a field is what its Content-Disposition names, and a second one is refused.
/// </remarks>
internal static class FormModel
{
    private const string Disposition = "Content-Disposition:";

    /// <summary>Longest header block of a part, in bytes; the clients' are around a hundred.</summary>
    private const int LongestHeaders = 8 * 1024;

    /// <param name="body">The form.</param>
    /// <param name="delimiter">The boundary as it stands between parts: line end, two dashes, the boundary.</param>
    public static (ModelField Field, ApiError? Error) Find(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter)
    {
        ModelField? found = null;
        var start = body.StartsWith(delimiter[2..]) && IsDelimiterEnd(body[(delimiter.Length - 2)..])
            ? delimiter.Length - 2
            : NextPart(body, 0, delimiter).Start;
        while (start >= 0 && body[start] != '-')
        {
            start += 2;
            var (end, next) = NextPart(body, start, delimiter);
            if (end < 0)
                return (default, Broken("it ends before its closing boundary"));
            var part = body[start..end];
            var headers = part[..Math.Min(part.Length, LongestHeaders)].IndexOf("\r\n\r\n"u8);
            if (headers < 0)
                return (default, Broken("a part has no headers, or too long ones"));
            if (IsModel(part[..headers]))
            {
                if (found is not null)
                    return (default, ApiError.BadRequest("duplicate_field", "The field 'model' is given twice.", "model"));
                var value = new ByteRange(start + headers + 4, part.Length - headers - 4);
                if (value.Length > ChatRequestPass.LongestModel)
                    return (default, ChatRequestPass.TooLongModel());
                found = new ModelField(Encoding.UTF8.GetString(value.In(body)), value, false);
            }

            start = next;
        }

        return start < 0 ? (default, Broken("it does not begin with its boundary")) : found is { } field ? (field, null) : (default, ModelField.Missing());
    }

    /// <summary>The next delimiter from <paramref name="from"/> on: where the part before it ends, and what stands behind it; -1 for none.</summary>
    private static (int End, int Start) NextPart(ReadOnlySpan<byte> body, int from, ReadOnlySpan<byte> delimiter)
    {
        while (body[from..].IndexOf(delimiter) is var at and >= 0)
        {
            from += at + delimiter.Length;
            if (IsDelimiterEnd(body[from..]))
                return (from - delimiter.Length, from);
        }

        return (-1, -1);
    }

    private static bool IsDelimiterEnd(ReadOnlySpan<byte> rest) => rest.StartsWith("\r\n"u8) || rest.StartsWith("--"u8);

    private static bool IsModel(ReadOnlySpan<byte> headers)
    {
        foreach (var line in Encoding.Latin1.GetString(headers).Split("\r\n"))
        {
            if (line.StartsWith(Disposition, StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(line[Disposition.Length..], out var disposition)
                && HeaderUtilities.RemoveQuotes(disposition.Name).Equals("model", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static ApiError Broken(string how) => ApiError.BadRequest("invalid_form", $"The request body is not the multipart form it says it is: {how}.");
}
