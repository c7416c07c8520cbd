using System.Numerics.Tensors;
using System.Security.Cryptography;
using Gateway.Caching.Embedding;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;

namespace Gateway.Caching.Tests.Embedding;

public sealed class BuiltinModelTests
{
    private static readonly string[] Asks =
    [
        "How do I reset my password?",
        "I forgot my login credentials, how can I recover them?",
        "What is the capital of France?",
        "Which city is the French capital?",
        "Bake the bread at 220 degrees for 30 minutes.",
        "What is the capital of Germany?",
    ];

    [Theory]
    [InlineData(BuiltinModel.VocabularyFile, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3")]
    [InlineData(BuiltinModel.EncoderFile, "76b7a8394b292121086ca33b21fc91fcf8120647df09a0fb7d9398298f57a8b8")]
    [InlineData(BuiltinModel.TableFile, "0f8e590ac96e1eded7e01d7acc3b9990fee38909c4dc3402f6c24fc39452db9f")]
    public void A_changed_artefact_is_a_new_version(string file, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(BuiltinModel.Read(file))));

    [Fact]
    public async Task The_encoder_is_all_MiniLM_L6_v2()
    {
        using var encoder = EncoderEmbedder.CreateBuiltin(new EncoderLimits(1, 16, TimeSpan.FromMinutes(1)), TimeProvider.System);
        var vectors = await Embed(encoder);
        // What the model gives in floats is 0.644, 0.923, 0.075, 0.087, 0.123 and 0.663.
        (int, int, float)[] expected = [(0, 1, 0.644f), (2, 3, 0.923f), (0, 2, 0.075f), (0, 4, 0.087f), (2, 4, 0.123f), (2, 5, 0.663f)];
        Assert.All(expected, pair =>
            Assert.InRange(TensorPrimitives.Dot<float>(vectors[pair.Item1], vectors[pair.Item2]), pair.Item3 - 0.03f, pair.Item3 + 0.03f));
        Assert.All(vectors, vector => Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-4));
    }

    [Fact]
    public async Task The_table_puts_asks_that_mean_the_same_near_each_other()
    {
        var vectors = await Embed(TableEmbedder.CreateBuiltin());
        Assert.InRange(TensorPrimitives.Dot<float>(vectors[0], vectors[1]), 0.6f, 1f);
        Assert.InRange(TensorPrimitives.Dot<float>(vectors[2], vectors[3]), 0.6f, 1f);
        Assert.InRange(TensorPrimitives.Dot<float>(vectors[0], vectors[2]), -1f, 0.4f);
        Assert.InRange(TensorPrimitives.Dot<float>(vectors[2], vectors[4]), -1f, 0.4f);
        Assert.All(vectors, vector => Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-4));
    }

    private static async Task<float[][]> Embed(IEmbedder embedder)
    {
        var vectors = new float[Asks.Length][];
        for (var i = 0; i < Asks.Length; i++)
        {
            vectors[i] = new float[embedder.Dimensions];
            Assert.Null(await embedder.EmbedAsync(Asks[i], vectors[i], TestContext.Current.CancellationToken));
        }
        return vectors;
    }
}
