using Gateway.Caching.Embedding;

namespace Gateway.Caching.Tests.Semantic;

/// <summary>An embedder that lays texts at given angles, so that their cosines are known.</summary>
/// <param name="version">Its version.</param>
internal sealed class FakeEmbedder(string version) : IEmbedder
{
    private readonly Dictionary<string, double> _angles = [];

    public string Version => version;

    public int Dimensions => 8;

    /// <summary>Why it embeds nothing.</summary>
    public string? Refuses { get; set; }

    /// <summary>What it waits for; null when it answers at once.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Calls { get; private set; }

    /// <summary>Lays a text so that its cosine with the text at angle 0 is this.</summary>
    public FakeEmbedder Lay(string text, double cosine)
    {
        _angles[text] = Math.Acos(cosine);
        return this;
    }

    public async ValueTask<string?> EmbedAsync(string text, Memory<float> vector, CancellationToken cancel)
    {
        Calls++;
        if (Gate is { } gate)
            await gate.Task.WaitAsync(cancel);
        if (Refuses is { } reason)
            return reason;
        var angle = _angles[text];
        vector.Span.Clear();
        (vector.Span[0], vector.Span[1]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        return null;
    }

    public static float Cosine(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var dot = 0f;
        for (var i = 0; i < one.Length; i++)
            dot += one[i] * other[i];
        return dot;
    }
}
