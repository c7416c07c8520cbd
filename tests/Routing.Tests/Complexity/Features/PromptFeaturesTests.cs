using System.Text;
using CsCheck;
using Gateway.Routing.Complexity.Features;
using GramSpace = Gateway.Routing.Complexity.Features.Grams;

namespace Gateway.Routing.Tests.Complexity.Features;

public sealed class PromptFeaturesTests
{
    private const string Tools =
        """[{"type":"function","function":{"name":"get_weather","description":"Current weather of a city","parameters":{"type":"object","properties":{"city":{"type":"string","enum":["Paris","Rome"]},"name":{"type":"array","items":{"type":"string"}}},"required":["city","name"]}}}]""";

    [Fact]
    public void The_same_text_has_the_same_grams_whatever_its_case() =>
        Assert.Equal(Grams("Prove ÉTÉ Привет now"), Grams("prove été привет NOW"));

    [Fact]
    public void A_word_seen_twice_is_one_gram_counted_twice()
    {
        using var features = Read("sum sum");
        var counts = new List<int>();
        foreach (var gram in features.Grams)
            counts.Add(gram.Count);
        // The pair is there once; the word and its runs of characters twice.
        Assert.Equal([1, .. Enumerable.Repeat(2, 7)], counts.Order());
    }

    [Fact]
    public void Words_and_characters_live_in_blocks_of_their_own()
    {
        var grams = Grams("to be");
        // Words: to, be, the pair. Characters: " to", "to ", " to ", " be", "be ", " be ".
        Assert.Equal(3, grams.Count(gram => gram < GramSpace.Block));
        Assert.Equal(6, grams.Count(gram => gram is >= GramSpace.Block and < GramSpace.Space));
    }

    [Theory]
    [InlineData("证明根号二", 5)]
    [InlineData("증명해줘", 4)]
    [InlineData("дай мне", 2)]
    public void Scripts_without_spaces_have_a_word_a_character(string ask, int words) =>
        Assert.Equal(MathF.Log(1 + words), Dense(ask, DenseFeature.Words));

    [Theory]
    [InlineData("Prove it", DenseFeature.SaysProve)]
    [InlineData("Beweise das", DenseFeature.SaysProve)]
    [InlineData("证明它", DenseFeature.SaysProve)]
    [InlineData("증명해줘", DenseFeature.SaysProve)]
    [InlineData("докажи это", DenseFeature.SaysProve)]
    [InlineData("Démontrer cela", DenseFeature.SaysProve)]
    [InlineData("Why?", DenseFeature.AsksWhy)]
    [InlineData("¿Por qué? How many?", DenseFeature.AsksQuantity)]
    [InlineData("2 + 2 = x^2", DenseFeature.Powers)]
    [InlineData("pick 3.14", DenseFeature.Decimals)]
    public void Sees(string ask, DenseFeature feature) => Assert.True(Dense(ask, feature) > 0);

    [Fact]
    public void Answer_options_are_counted_and_the_stem_ends_before_them()
    {
        const string Ask = "Which is prime?\nA. 21\nB. 23\n(C) twenty-five\nd) 27";
        Assert.Equal(MathF.Log(5), Dense(Ask, DenseFeature.Options));
        Assert.Equal(0.75f, Dense(Ask, DenseFeature.NumericOptions));
        Assert.Equal(MathF.Log(1 + "twenty-five".Length), Dense(Ask, DenseFeature.LongestOption));
        Assert.Equal(MathF.Log(1 + "Which is prime?\n".Length), Dense(Ask, DenseFeature.StemLength));
    }

    [Fact]
    public void Tools_are_measured_and_compared_with_the_ask()
    {
        Assert.Equal(MathF.Log(2), Dense("weather?", DenseFeature.Tools, Tools));
        Assert.Equal(MathF.Log(3), Dense("weather?", DenseFeature.ToolParameters, Tools));
        Assert.Equal(MathF.Log(3), Dense("weather?", DenseFeature.ToolRequired, Tools));
        Assert.Equal(MathF.Log(2), Dense("weather?", DenseFeature.ToolArrays, Tools));
        Assert.Equal(MathF.Log(3), Dense("weather?", DenseFeature.ToolChoices, Tools));
        Assert.Equal(0.5f, Dense("the weather in Rome", DenseFeature.ToolNameOverlap, Tools));
        Assert.Equal(0, Dense("sing", DenseFeature.ToolNameOverlap, Tools));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1,{\"function\":")]
    [InlineData("not json")]
    public void Tools_that_are_none_do_no_harm(string json) =>
        Assert.True(Dense("hi", DenseFeature.ToolParameters, json) >= 0);

    [Fact]
    public void A_long_ask_is_read_at_both_ends_and_measured_whole()
    {
        var filler = string.Concat(Enumerable.Repeat("문서 ", 60_000));
        var grams = Grams("zebra " + filler + " quokka");
        Assert.Contains(Grams("zebra")[0], grams);
        Assert.Contains(Grams("quokka")[0], grams);
        Assert.InRange(Dense("zebra " + filler, DenseFeature.Length), MathF.Log(150_000), MathF.Log(200_000));
    }

    [Fact]
    public void Any_bytes_at_all_have_features() =>
        Gen.Byte.Array[0, 9000].Sample(bytes =>
        {
            using var features = PromptFeatures.Read(bytes, bytes);
            foreach (var value in features.Dense)
            {
                if (!float.IsFinite(value))
                    return false;
            }

            return true;
        });

    [Fact]
    public void Allocates_nothing()
    {
        var ask = Encoding.UTF8.GetBytes("Prove that 2 + 2 = 4; {code} 日本語 " + new string('x', 9000));
        var tools = Encoding.UTF8.GetBytes(Tools);
        PromptFeatures.Read(ask, tools).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            PromptFeatures.Read(ask, tools).Dispose();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PromptFeatures Read(string ask, string tools = "") =>
        PromptFeatures.Read(Encoding.UTF8.GetBytes(ask), Encoding.UTF8.GetBytes(tools));

    private static int[] Grams(string ask)
    {
        using var features = Read(ask);
        var grams = new List<int>();
        foreach (var gram in features.Grams)
            grams.Add(gram.Gram);
        return [.. grams.Order()];
    }

    private static float Dense(string ask, DenseFeature feature, string tools = "")
    {
        using var features = Read(ask, tools);
        return features.Dense[(int)feature];
    }
}
