using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>Text out of JSON strings, without throwing on what JSON allows and Unicode does not.</summary>
internal static class JsonText
{
    /// <summary>The string's text, or null when an escape makes half a surrogate pair.</summary>
    public static string? TryGet(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Copies the string's text as UTF-8; of a string with half a surrogate pair, the text as it is written.</summary>
    /// <returns>Bytes written; never more than the string takes in JSON.</returns>
    public static int CopyTo(ref Utf8JsonReader json, Span<byte> destination)
    {
        if (json.ValueIsEscaped)
        {
            try
            {
                return json.CopyString(destination);
            }
            catch (InvalidOperationException)
            {
                // Falls through: the raw escapes are text enough to judge by.
            }
        }

        json.ValueSpan.CopyTo(destination);
        return json.ValueSpan.Length;
    }
}
