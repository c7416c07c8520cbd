namespace Gateway.Caching;

/// <summary>What the vectors of an index have in common: only vectors of one space are ever compared.</summary>
/// <param name="Embedder">Name and version of what made them.</param>
/// <param name="Dimensions">How long they are.</param>
public sealed record VectorSpace(string Embedder, int Dimensions)
{
    /// <summary>A name for it of ASCII letters, digits, dots and dashes, such as <c>minilm-table-1-256</c>.</summary>
    public string Name => string.Concat(Embedder.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '-')) + $"-{Dimensions}";

    /// <exception cref="ArgumentException">A vector is of another length.</exception>
    public void Check(ReadOnlyMemory<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vectors of {Name} have {Dimensions} numbers, not {vector.Length}.", nameof(vector));
    }
}
