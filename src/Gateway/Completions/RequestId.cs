namespace Gateway.Completions;

/// <summary>A request's id: the caller's own when it is fit for a header and a log, else a new one.</summary>
public static class RequestId
{
    private const string Header = "X-Request-Id";
    private const int Longest = 128;

    public static string Of(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        return given.Count == 1 && given[0] is { } id && IsFit(id) ? id : New();
    }

    private static string New() => string.Create(36, Guid.NewGuid(), static (text, id) =>
    {
        "req-".CopyTo(text);
        id.TryFormat(text[4..], out _, "N");
    });

    private static bool IsFit(string id)
    {
        if (id.Length is 0 or > Longest)
            return false;
        foreach (var letter in id)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ':'))
                return false;
        }

        return true;
    }
}
