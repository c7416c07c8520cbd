namespace Gateway.Caching.Embedding;

/// <summary>Turns an ask into a vector of unit length, so that asks which mean the same are near each other.</summary>
public interface IEmbedder
{
    /// <summary>Name and version, such as <c>minilm-table-1</c>; vectors of different versions are never compared.</summary>
    string Version { get; }

    /// <summary>Length of its vectors.</summary>
    int Dimensions { get; }

    /// <summary>Embeds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vector">Where to write the <see cref="Dimensions"/> numbers.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>Null; or why there is no vector, in a few words: a language it does not know, a text too long for it, no time left.</returns>
    ValueTask<string?> EmbedAsync(string text, Memory<float> vector, CancellationToken cancel);
}
