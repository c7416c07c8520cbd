using System.Text;
using CsCheck;
using Gateway.Guardrails.Streaming;

namespace Gateway.Guardrails.Tests.Streaming;

/// <summary>Placeholders of an answer become the caller's own values again, wherever the chunks are cut.</summary>
public sealed class RestoreWindowTests
{
    private static readonly RestoreMap Map = new(new Dictionary<string, string> { ["<EMAIL_1>"] = "jo@example.com", ["<EMAIL_10>"] = "\"ten\"@example.com", ["<PHONE_1>"] = "+1 202 555 0143" });

    private static readonly string[] Pieces = ["<", "EMAIL_", "1", "0", ">", "<EMAIL_1>", "<email_10>", "\\u003c", "\\u003e", "PHONE_1", " é"];

    [Theory]
    [InlineData("Write to <EMAIL_1>!", "Write to jo@example.com!")]
    [InlineData("<email_1><EMAIL_10>", "jo@example.com\"ten\"@example.com")]
    [InlineData("<EMAIL_2> <Email_1> <EMAIL_1 <<EMAIL_1>", "<EMAIL_2> <Email_1> <EMAIL_1 <jo@example.com")]
    [InlineData("\\u003cEMAIL_10\\u003e \\u003Cphone_1\\u003E", "\\\"ten\\\"@example.com +1 202 555 0143")]
    public void A_placeholder_becomes_its_value(string text, string restored) => Assert.Equal(restored, Restore(text, []));

    [Fact]
    public void Within_arguments_the_value_is_escaped() =>
        Assert.Equal("{\"to\":\"\\\"ten\\\"@example.com\"}", Restore("{\"to\":\"<EMAIL_10>\"}", [], isJson: true));

    [Fact]
    public void Wherever_it_is_cut() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]).Array[0, 12].Select(string.Concat), Gen.Int[0, 80].Array[0, 8]).Sample((text, places) =>
        {
            var length = Encoding.UTF8.GetByteCount(text);
            Assert.Equal(Restore(text, []), Restore(text, places.Select(place => Math.Min(place, length)).Order()));
            Assert.Equal(Restore(text, []), Restore(text, Enumerable.Range(0, length)));
        });

    [Theory]
    [InlineData("a < b", 5)]
    [InlineData("a <EMA", 2)]
    [InlineData("a <EMAIL_1", 2)]
    [InlineData("a <EMU", 6)]
    [InlineData("a \\", 2)]
    [InlineData("a \\n", 4)]
    [InlineData("a \\u003cph", 2)]
    public void Only_the_beginning_of_one_is_held(string text, int released)
    {
        using var window = new RestoreWindow(Map, isJson: false);
        window.Append(Encoding.UTF8.GetBytes(text));
        window.Judge();
        Assert.Equal(released, window.Released);
    }

    private static string Restore(string text, IEnumerable<int> cuts, bool isJson = false)
    {
        using var window = new RestoreWindow(Map, isJson);
        var (utf8, at, shown, restored) = (Encoding.UTF8.GetBytes(text), 0, 0, new List<byte>());
        foreach (var cut in cuts.Append(utf8.Length))
        {
            window.Append(utf8.AsSpan(at, cut - at));
            at = cut;
            if (cut == utf8.Length)
                window.End();
            else
                window.Judge();
            foreach (var redaction in window.Redactions)
            {
                if (redaction.End <= shown)
                    continue;
                restored.AddRange(utf8[shown..redaction.Start]);
                restored.AddRange(Encoding.UTF8.GetBytes(redaction.With));
                shown = redaction.End;
            }

            restored.AddRange(utf8[shown..window.Released]);
            shown = window.Released;
            window.Forget(shown);
        }

        return Encoding.UTF8.GetString([.. restored]);
    }
}
