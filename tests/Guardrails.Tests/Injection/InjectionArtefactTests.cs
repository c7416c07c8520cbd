using System.Text;
using Gateway.Guardrails.Injection;

namespace Gateway.Guardrails.Tests.Injection;

public sealed class InjectionArtefactTests
{
    [Fact]
    public void The_built_in_one_is_small_and_survives_being_written()
    {
        var bytes = InjectionArtefact.Default.ToBytes();
        Assert.InRange(bytes.Length, 1, 512 * 1024);
        Assert.Equal(bytes, InjectionArtefact.Read(bytes).ToBytes());
        Assert.NotNull(new InjectionGuard(new InjectionSettings { Artefact = bytes }));
    }

    [Theory]
    [InlineData("empty", "begin with GWIJ")]
    [InlineData("other", "begin with GWIJ")]
    [InlineData("version", "version 9")]
    [InlineData("damaged", "checksum")]
    [InlineData("cut", "checksum")]
    public void A_wrong_one_is_refused_with_the_reason(string how, string reason)
    {
        var bytes = InjectionArtefact.Default.ToBytes();
        switch (how)
        {
            case "version":
                bytes[4] = 9;
                break;
            case "damaged":
                bytes[5000] ^= 1;
                break;
        }

        bytes = how switch { "empty" => [], "other" => Encoding.UTF8.GetBytes("{\"weights\": []}"), "cut" => bytes[..^9], _ => bytes };
        var refused = Assert.Throws<InvalidDataException>(() => new InjectionGuard(new InjectionSettings { Artefact = bytes }));
        Assert.Contains(reason, refused.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.2)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_none_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InjectionGuard(new InjectionSettings { FalsePositives = rate }));

    [Fact]
    public void Between_known_rates_the_threshold_lies_between_theirs()
    {
        var head = InjectionArtefact.Default.Direct;
        Assert.InRange(head.Threshold(0.007), head.Threshold(0.01), head.Threshold(0.005));
        Assert.Equal(head.Levels[0].Score, head.Threshold(1e-9));
        Assert.Equal(head.Levels[^1].Score, head.Threshold(0.5));
    }
}
