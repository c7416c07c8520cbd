using Gateway.Routing.Cascade.Confidence;

namespace Gateway.Routing.Tests.Cascade.Confidence;

public sealed class TokenEvidenceTests
{
    [Fact]
    public void Sums_up_what_the_tokens_say()
    {
        var evidence = new TokenEvidence();
        evidence.Add(Math.Log(0.9), Math.Log(0.06));
        for (var i = 0; i < 8; i++)
            evidence.Add(Math.Log(0.8), null);
        evidence.Add(Math.Log(0.4), null);
        evidence.Add(Math.Log(0.1), null);
        var sum = evidence.Sum()!.Value;
        Assert.Equal(11, sum.Count);
        Assert.Equal((Math.Log(0.9) + (8 * Math.Log(0.8)) + Math.Log(0.4) + Math.Log(0.1)) / 11, sum.Mean, 4);
        Assert.Equal(Math.Log(0.1), sum.Least, 4);
        Assert.Equal(Math.Log(0.4), sum.LowDecile, 4);
        Assert.Equal(0.84, sum.FirstMargin, 4);
        Assert.Equal(2 / 11.0, sum.UnderHalf, 4);
    }

    [Fact]
    public void Nothing_is_said_of_no_tokens() => Assert.Null(new TokenEvidence().Sum());

    [Fact]
    public void What_stands_for_minus_infinity_does_not_outweigh_the_rest()
    {
        var evidence = new TokenEvidence();
        evidence.Add(-9999, null);
        evidence.Add(double.NaN, null);
        evidence.Add(0.5, null);
        Assert.Equal(-20, evidence.Sum()!.Value.Least);
        Assert.Equal(-40 / 3.0, evidence.Sum()!.Value.Mean, 4);
    }
}
