using System.Text;

namespace Gateway.Tests.Malformed.Corpus;

/// <summary>A body and what a caller must get for it.</summary>
/// <param name="Name">What is odd about it.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Code">The error's code; null for an answer that is none.</param>
internal sealed record BodyCase(string Name, byte[] Body, int Status, string? Code)
{
    public const string Messages = """[{"role":"user","content":"hi"}]""";

    /// <summary>The upstream took it.</summary>
    public static BodyCase Passes(string name, string body) => new(name, Encoding.UTF8.GetBytes(body), 200, null);

    /// <summary>The gateway refuses it.</summary>
    public static BodyCase Refused(string name, string body, string code = "invalid_json") => new(name, Encoding.UTF8.GetBytes(body), 400, code);

    /// <summary>The gateway refuses it.</summary>
    public static BodyCase Refused(string name, byte[] body, string code = "invalid_json") => new(name, body, 400, code);

    /// <summary>The gateway passes it on, and the upstream's refusal back in OpenAI's shape.</summary>
    public static BodyCase RefusedUpstream(string name, string body) => new(name, Encoding.UTF8.GetBytes(body), 400, "invalid_request");

    /// <summary>A good request with these members besides.</summary>
    public static string With(string members) => $$"""{"model":"auto","messages":{{Messages}},{{members}}}""";

    /// <summary>A good request but for its messages.</summary>
    public static string Saying(string messages) => $$"""{"model":"auto","messages":{{messages}}}""";

    /// <summary>A good request but for the content of its message.</summary>
    public static string Holding(string content) => Saying($$"""[{"role":"user","content":{{content}}}]""");
}
