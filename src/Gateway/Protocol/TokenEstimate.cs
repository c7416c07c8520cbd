namespace Gateway.Protocol;

/// <summary>Tokens estimated from bytes, where counting them exactly would cost more than everything else together.</summary>
public static class TokenEstimate
{
    /// <summary>
    /// Bytes of a JSON request per token. English prose and code run at 3.5 to 4.5 bytes a token in current vocabularies; the
    /// JSON around it is bytes without tokens, so the higher end keeps the estimate from ruling out a pool that would fit.
    /// </summary>
    private const double BytesPerToken = 4.5;

    public static int OfBody(int bytes) => (int)(bytes / BytesPerToken);
}
