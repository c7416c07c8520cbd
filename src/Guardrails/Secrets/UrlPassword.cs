using System.Buffers;

namespace Gateway.Guardrails.Secrets;

/// <summary>The password in a URL's authority, <c>scheme://user:password@host</c> (RFC 3986, section 3.2.1): of databases, queues, repositories, proxies.</summary>
internal sealed class UrlPassword : ISecretForm
{
    /// <summary>What stands between scheme and authority.</summary>
    public const string Anchor = "://";

    /// <summary>The kind.</summary>
    public const string Label = "connection_string";

    private const int MostUser = 64;
    private const int MostPassword = 128;

    private static readonly SearchValues<byte> User = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%+!$&"u8);

    public Sighting Judge(in SeenText text, int start, int end)
    {
        if (start == 0 || !KeyAlphabet.IsWord(text.Utf8[start - 1]))
            return Sighting.None;
        var colon = text.RunEnd(end, User, MostUser + 1);
        if (colon - end > MostUser || colon == text.Utf8.Length || text.Utf8[colon] != ':')
            return Sighting.None;
        var from = colon + 1;
        var stop = text.RunEnd(from, KeyAlphabet.UserInformation, MostPassword + 1);
        if (stop - from > MostPassword)
            return Sighting.None;
        if (text.MayGoOn(stop))
            return Sighting.Open(from);
        if (stop == from || stop == text.Utf8.Length || text.Utf8[stop] != '@')
            return Sighting.None;

        // A password may hold the sign itself, unencoded; then a host follows the last one.
        var again = text.RunEnd(stop + 1, KeyAlphabet.UserInformation, MostPassword + 1);
        if (text.MayGoOn(again) && again - from <= MostPassword)
            return Sighting.Open(from);
        if (again < text.Utf8.Length && text.Utf8[again] == '@' && again - from <= MostPassword)
            stop = again;
        var password = text.Utf8[from..stop];
        return IsPassword(text.Utf8[end..colon], password) ? new Sighting(Label, from, stop, 0.9f) : Sighting.None;
    }

    private static bool IsPassword(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password) =>
        password.Length >= 6 && !password.SequenceEqual(user) && !Dummies.IsDummyPassword(password) && Oddness.Of(password) is { Odd: >= 1, Distinct: >= 4 };
}
