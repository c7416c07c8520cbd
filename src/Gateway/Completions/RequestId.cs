using System.Globalization;

namespace Gateway.Completions;

/// <summary>A request's id: the caller's own when it is fit for a header and a log, else a new one.</summary>
public static class RequestId
{
    private const string Header = "X-Request-Id";
    private const int Longest = 128;

    /// <summary>What tells this process's ids from another's; drawn once, because drawing costs a system call.</summary>
    private static readonly string Process = $"req-{Guid.NewGuid():N}"[..20];

    private static ulong _count;

    public static string Of(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        return given.Count == 1 && given[0] is { } id && IsFit(id) ? id : New();
    }

    private static string New() => string.Create(CultureInfo.InvariantCulture, $"{Process}{Interlocked.Increment(ref _count):x10}");

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
