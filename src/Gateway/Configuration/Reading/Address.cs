namespace Gateway.Configuration.Reading;

/// <summary>The address of a listener or of a server that we call.</summary>
internal static class Address
{
    public static ScalarReading Read(string text, bool listener)
    {
        // What stands before an @ may be a password, whether or not the rest is an address.
        var reading = text.Contains('@')
            ? ScalarReading.Wrong("holds a user name or password (what stands before @); give a key with api_key instead")
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Contains("://", StringComparison.Ordinal)
                ? listener ? Listener(uri) : Server(uri)
                : ScalarReading.Wrong(NotAnAddress(text, listener));
        return reading with { Hidden = text.Contains('@') };
    }

    private static string NotAnAddress(string text, bool listener)
    {
        var example = listener ? "http://0.0.0.0:8080" : "http://10.0.1.4:8000";
        if (listener && (text.Contains("//*", StringComparison.Ordinal) || text.Contains("//+", StringComparison.Ordinal)))
        {
            return $"is not an address; for every interface write {example} or http://[::]:8080";
        }

        var completed = "http://" + text;
        return !text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(completed, UriKind.Absolute, out _)
            ? $"is not an address; write {completed}"
            : $"is not an address; write one like {example}";
    }

    private static ScalarReading Listener(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttp)
        {
            return ScalarReading.Wrong("cannot be listened on; write http://, TLS ends in front of the gateway");
        }

        return uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0
            ? ScalarReading.Wrong($"has something after the port; write {uri.GetLeftPart(UriPartial.Authority)}")
            : ScalarReading.Of(uri);
    }

    private static ScalarReading Server(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            return ScalarReading.Wrong("is not an http address; write http:// or https://");
        }

        if (uri.Host.Length == 0 || uri.Port <= 0)
        {
            return ScalarReading.Wrong("has no host or port to connect to; write one like http://10.0.1.4:8000");
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return ScalarReading.Wrong($"has a query or fragment; write {uri.GetLeftPart(UriPartial.Path)}");
        }

        return ScalarReading.Of(uri);
    }
}
