using System.Text;

namespace Gateway.Tests.Malformed.Corpus;

/// <summary>One body, cut off after every byte that opens, closes or separates something, and in the middle of every kind of token.</summary>
internal static class TruncatedBodies
{
    private const string Body =
        """{"model":"auto","messages":[{"role":"user","content":[{"type":"text","text":"a\u00e9\n"}]}],"n":12,"temperature":1.5e-3,"stream":true,"x":null}""";

    public static IEnumerable<BodyCase> All()
    {
        for (var end = 0; end < Body.Length; end++)
        {
            if (end == 0 || "{}[]:,\\u.e-".Contains(Body[end - 1]) || Body[end - 1] == '"' || char.IsAsciiDigit(Body[end - 1]))
                yield return BodyCase.Refused($"cut after byte {end}: {Body[Math.Max(end - 12, 0)..end]}", Body[..end]);
        }

        yield return new BodyCase("cut inside a character", Encoding.UTF8.GetBytes(BodyCase.Holding("\"é\""))[..^5], 400, "invalid_json");
        yield return BodyCase.Passes("not cut", Body.Replace("\"n\":12,", "", StringComparison.Ordinal).Replace("\"stream\":true,", "", StringComparison.Ordinal));
    }
}
