using System.Text;
using CsCheck;

namespace Gateway.Tests.Configuration;

[Collection(nameof(Alone))]
public sealed class ConfigMutationTests
{
    private const string Alphabet = "{}[]:,-?*&!|>'\"%@#$~<\n\t \0\r.0159msaz/\u00e4\u2028\ud83d";

    private static readonly string[] Pieces =
    [
        "${", "}", "<<: *patient", "&patient", "*patient", "---\n", "...\n", "%YAML 1.1\n", "!!str ", "null", "- ", "? ", "|\n", ">-\n", "  ", "\t",
        "pools:", "replicas:", "99999999999999999999", "-1", ".nan", "0s", "https://", "file:/", "\ufeff", "\u0000",
    ];

    /// <summary>Where to cut, as shares of the text, what to put there, and how much to drop.</summary>
    private static readonly Gen<(double At, int Drop, string Put)[]> Edits = Gen.Select(
        Gen.Double[0, 1],
        Gen.Frequency((3, Gen.Const(0)), (5, Gen.Int[0, 4]), (1, Gen.Int[0, 800])),
        Gen.Frequency(
            (2, Gen.Const("")),
            (3, Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index])),
            (3, Gen.String[Gen.Char[Alphabet], 0, 6]))).Array[1, 6];

    [Fact]
    public void No_change_to_the_example_throws()
    {
        Edits.Sample(
            edits =>
            {
                var load = Sample.Parse(Mutate(Sample.Example, edits));

                Assert.Equal(load.IsValid, load.Errors.Count == 0);
                Assert.All(load.Errors, error => Assert.True(error.Line >= 1 && error.Column >= 1, error.ToString()));
                Assert.All(load.Errors, error => Assert.DoesNotContain(Sample.Key, error.ToString(), StringComparison.Ordinal));
                Assert.All(load.Errors, error => Assert.DoesNotContain('\n', error.ToString()));
            },
            iter: 4000,
            print: edits => Mutate(Sample.Example, edits));
    }

    [Fact]
    public void No_text_throws()
    {
        Gen.String[Gen.Char[Alphabet], 0, 60].Sample(text => Sample.Parse("pools:\n  " + text), iter: 4000);
    }

    private static string Mutate(string text, (double At, int Drop, string Put)[] edits)
    {
        var changed = new StringBuilder(text);
        foreach (var (at, drop, put) in edits)
        {
            var index = (int)(at * changed.Length);
            changed.Remove(index, Math.Min(drop, changed.Length - index)).Insert(index, put);
        }

        return changed.ToString();
    }
}
