using System.Net;
using System.Text;

namespace Gateway.Bench.Caching.Hits;

/// <summary>One kind of request that is timed, as bytes, and what its reply has to say for the time to count.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Endpoint">The listener that it goes to.</param>
/// <param name="Bytes">Head and body.</param>
/// <param name="Status">The reply's status.</param>
/// <param name="Says">What <c>x-gateway-cache</c> begins with; null where there is no such header.</param>
public sealed record HitAsk(string Name, IPEndPoint Endpoint, byte[] Bytes, int Status, string? Says)
{
    /// <summary>What the entry is stored under.</summary>
    private const string Stored = "How do I turn on dark mode in the billing portal?";

    /// <summary>The same in other words. It finds the entry by meaning each time it is asked: a hit is not stored again under its own words.</summary>
    private const string Reworded = "How can I turn on dark mode in the billing portal?";

    /// <summary>A system prompt that brings the prompt to the 680 bytes that the gateway's other costs are measured with.</summary>
    private static readonly string Instructions = string.Concat(Enumerable.Repeat(
        "You answer the questions of people who use our billing portal, in plain words and at most five sentences, and say so when you do not know. ", 5))[..630];

    /// <summary>How many are under way at once when the CPU is counted. The encoder's workers turn away what they have no time for, so meaning is asked for alone.</summary>
    public int AtOnce { get; private init; } = 4;

    /// <summary>What the others are held against: the cheapest reply that there is.</summary>
    public static HitAsk Liveness(IPEndPoint admin) =>
        new("`/livez`", admin, Encoding.ASCII.GetBytes($"GET /livez HTTP/1.1\r\nHost: {admin}\r\n\r\n"), 200, null);

    /// <summary>The kinds of chat request; the first of them stores the entry that the hits find.</summary>
    /// <param name="callers">The callers' listener.</param>
    /// <param name="model">The model that is there.</param>
    public static IReadOnlyList<HitAsk> Chats(IPEndPoint callers, string model) =>
    [
        new("hit, exact, plain", callers, Post(callers, Body(model, Stored, "")), 200, "hit exact"),
        new("hit, exact, stream", callers, Post(callers, Body(model, Stored, ",\"stream\":true")), 200, "hit exact"),
        new("hit, by meaning, plain", callers, Post(callers, Body(model, Reworded, "")), 200, "hit semantic") { AtOnce = 1 },
        new("no hit: refused, no such model", callers, Post(callers, Body("none", Stored, "")), 404, null),
        new("no hit: passes by, simulator answers", callers, Post(callers, Body(model, Stored, ""), "x-gateway-cache: bypass\r\n"), 200, "bypass"),
    ];

    private static string Body(string model, string ask, string delivery) =>
        $$"""{"model":"{{model}}","messages":[{"role":"system","content":"{{Instructions}}"},{"role":"user","content":"{{ask}}"}]{{delivery}}}""";

    private static byte[] Post(IPEndPoint to, string json, string headers = "") => Encoding.ASCII.GetBytes(
        $"POST /v1/chat/completions HTTP/1.1\r\nHost: {to}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n{headers}\r\n{json}");
}
