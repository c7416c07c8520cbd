using System.Text.Json;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>Takes what a reader stands at as a text.</summary>
/// <param name="Texts">Where the texts go.</param>
/// <param name="Member">The body's member that is being read.</param>
/// <param name="Source">Where in the conversation it stands.</param>
/// <param name="Turn">The message; -1 when it is none.</param>
internal readonly record struct TextTarget(RequestTexts Texts, ByteRange Member, TextSource Source, int Turn = -1)
{
    /// <summary>Longest string that may be an identifier: UUIDs, names of tools and ids of calls are shorter.</summary>
    private const int LongestWord = 64;

    /// <summary>Takes the value at the reader, and leaves the reader at its end: a string, an object or a list; a number or a switch says nothing.</summary>
    public void Add(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
            AddString(ref json);
        else if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            AddValue(ref json);
    }

    public void AddString(ref Utf8JsonReader json, TextForm form = TextForm.String, string? tool = null)
    {
        if (json.ValueSpan.IsEmpty && form == TextForm.String)
            return;
        var at = new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
        Texts.Add(Source, new TextPlace(at, form, Member), json.ValueIsEscaped, tool, Turn);
    }

    /// <summary>Takes an object or a list as one text.</summary>
    public void AddValue(ref Utf8JsonReader json, string? tool = null, TextForm form = TextForm.Value)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        var at = new ByteRange(start, (int)json.BytesConsumed - start);
        Texts.AddJson(Source, new TextPlace(at, form, Member), tool, Turn);
    }

    /// <summary>Takes the value unless it is a word such as an identifier.</summary>
    public void AddUnlessWord(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String && IsWord(ref json))
            return;
        Add(ref json);
    }

    /// <summary>Whether the string is up to 64 letters, digits, underscores and hyphens.</summary>
    public static bool IsWord(ref Utf8JsonReader json)
    {
        if (json.ValueSpan.Length > LongestWord)
            return false;
        foreach (var letter in json.ValueSpan)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'-'))
                return false;
        }

        return true;
    }
}
