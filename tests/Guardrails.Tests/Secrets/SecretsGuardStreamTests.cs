using System.Text;
using CsCheck;
using Gateway.Guardrails.Secrets;

namespace Gateway.Guardrails.Tests.Secrets;

public sealed class SecretsGuardStreamTests
{
    private static readonly SecretsGuard Guard = new(new SecretsSettings());

    /// <summary>Texts of secrets in their surroundings, of what only resembles them, and of pieces of both.</summary>
    private static readonly string[] Texts =
    [
        .. SecretsGuardTests.Keys.Select(row => "Here: " + row.Data.Item3.Replace("{0}", row.Data.Item2, StringComparison.Ordinal) + " and so on."),
        .. SecretsGuardTests.Harmless.Select(row => row.Data + " and so on"),
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf("password", "pwd", "token", "api_key", "--token", "secret", " ", "  ", "=", ": ", " = ", "\"", "'", "\\\"", "\n", ";", ".", "-", "_", "eyJ", "ey", "sk-", "sk-lf-", "AKIA", "ghp_", "://", "@", "u:",
            "-----BEGIN ", "PRIVATE KEY-----", "-----END ", "Bearer ", "basic ", "string", "is ", "value=", "<", ">", "Server=x;", "Password=", "hf_", "SG.", "sig=", ":AA", "1", "b", "RSA ", "\\n", "한"),
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 9], (length, seed) => Secret.Drawn(length, Secret.UrlSafe, seed)),
        Gen.Select(Gen.Int[8, 20], Gen.Int[0, 9], (length, seed) => Secret.Drawn(length, Secret.Base62 + "!#*", seed)),
        Gen.OneOf<string>(Secret.Jwt(), Secret.Pem(lines: 2), Secret.WithChecksum("npm_"), "kX9!vq2Lw#"));

    [Fact]
    public void A_text_cut_in_two_anywhere_has_the_same_secrets()
    {
        foreach (var text in Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = WindowedInspection.Whole(Guard, bytes);
            for (var cut = 0; cut <= bytes.Length; cut++)
                Assert.Equal(whole, WindowedInspection.Run(Guard, bytes, [cut]).Findings);
        }
    }

    [Fact]
    public void A_text_that_comes_byte_by_byte_has_the_same_secrets()
    {
        foreach (var text in Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(WindowedInspection.Whole(Guard, bytes), WindowedInspection.Run(Guard, bytes, Enumerable.Range(0, bytes.Length)).Findings);
        }
    }

    [Fact]
    public void Any_text_cut_anywhere_has_the_same_secrets() =>
        Gen.Select(Piece.Array[0, 14].Select(string.Concat), Gen.Double[0, 1].Array[0, 12]).Sample(
            (text, places) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var cuts = places.Select(place => (int)(place * bytes.Length)).Order();
                return WindowedInspection.Whole(Guard, bytes).SequenceEqual(WindowedInspection.Run(Guard, bytes, cuts).Findings);
            },
            iter: 20_000);

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog. ")]
    [InlineData("Das ist kein Geheimnis, sondern ein Satz. ")]
    [InlineData("for (var i = 0; i < tokens.Length; i++) { total += tokens[i]; } ")]
    [InlineData("오늘은 날씨가 좋습니다. ")]
    public void Ordinary_words_are_not_held_back(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var words = Enumerable.Range(1, bytes.Length - 1).Where(at => bytes[at] == ' ');
        Assert.All(WindowedInspection.Run(Guard, bytes, words).Held, held => Assert.Equal(0, held));
    }

    [Fact]
    public void What_may_become_a_secret_is_held_back_from_its_beginning()
    {
        Assert.Equal([4], WindowedInspection.Run(Guard, "key: ghp_"u8, [9]).Held);
        Assert.Equal([0, 3], WindowedInspection.Run(Guard, "password = \"abc"u8, [12, 15]).Held);
        Assert.Equal([0, 2], WindowedInspection.Run(Guard, "redis://:kX"u8, [9, 11]).Held);
    }

    [Fact]
    public void A_chunk_without_secrets_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The token stays: password = getPassword(); see https://example.com:80/ and -----. ", 20)));
        var found = new Findings();
        Guard.Inspect(text, new Passage(TextSource.User), found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Guard.Inspect(text, new Passage(TextSource.User), found);
        Guard.Inspect(text, new Passage(TextSource.Assistant, Context: 300, IsEnd: false), found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, found.Count);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nA: ")]
    [InlineData("password=")]
    [InlineData("password")]
    [InlineData("token: \"")]
    [InlineData("eyJ")]
    [InlineData("eyJhbGciOiJub25lIn0.")]
    [InlineData(" eyJ.")]
    [InlineData("ya29.")]
    [InlineData("://a:")]
    [InlineData("sig=")]
    [InlineData("basic QWxhZGRpbjpvcGVu ")]
    [InlineData("Server=a;Password=")]
    [InlineData("\\n")]
    [InlineData("TUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0N")]
    public void Ten_million_bytes_of_anything_take_linear_time(string piece)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, 10_000_000 / piece.Length)));
        Assert.Equal(text.Length, Guard.Inspect(text, new Passage(TextSource.User), new Findings()));
        Guard.Inspect(text, new Passage(TextSource.Assistant, IsEnd: false), new Findings());
    }
}
