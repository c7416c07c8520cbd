using System.Text;

namespace Gateway.Tests.Malformed.Wire;

/// <summary>A response as it came off the socket.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Head">Status line and headers.</param>
/// <param name="Body">Its body, without the chunks it came in.</param>
internal sealed record RawReply(int Status, string Head, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether the connection ends with this response.</summary>
    public bool Closes => Header("Connection") == "close";

    /// <summary>A header's value; null when it is absent.</summary>
    public string? Header(string name)
    {
        var at = Head.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        at += name.Length + 4;
        return Head[at..Head.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }

    /// <summary>The code of the error it carries, after its shape was checked.</summary>
    public string ErrorCode()
    {
        Assert.Equal("application/json", Header("Content-Type"));
        Assert.Null(ErrorShape.FaultOf(Body));
        using var document = System.Text.Json.JsonDocument.Parse(Body);
        return document.RootElement.GetProperty("error").GetProperty("code").GetString()!;
    }
}
