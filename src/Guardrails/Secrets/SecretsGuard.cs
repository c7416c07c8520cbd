using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gateway.Guardrails.Secrets;

/// <summary>Finds credentials: vendors' keys, private keys, tokens, passwords in addresses and behind names.</summary>
/// <remarks>
/// One pass over the text finds anchors, each place that has one is judged by the anchor's form. Only the secret itself is found, not the
/// name before it. Takes time linear in the text and allocates only when something was seen.
/// </remarks>
public sealed class SecretsGuard : IGuard
{
    private readonly FrozenSet<string>? _kinds;

    /// <param name="settings">What to find.</param>
    /// <exception cref="ArgumentException">A kind is none of <see cref="Kinds"/>.</exception>
    public SecretsGuard(SecretsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var kind in settings.Kinds)
        {
            if (!Kinds.Contains(kind))
                throw new ArgumentException($"{kind} is no kind of secret; known are {string.Join(", ", Kinds)}", nameof(settings));
        }

        _kinds = settings.Kinds.IsEmpty ? null : settings.Kinds.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The kinds it knows, by label.</summary>
    public static ImmutableArray<string> Kinds => SecretAnchors.Kinds;

    /// <summary>What a value's judgement depends on: what stands between it and its name, the name, and the fields or the identifier before that.</summary>
    public int Lookbehind => Assignment.MostBetween + SecretName.MostBytes + Math.Max(Assignment.MostFields, Assignment.MostIdentifier);

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var seen = new SeenText(text, passage);
        var open = passage.IsEnd ? text.Length : SecretAnchors.Beginnings.OpenFrom(seen);
        Sightings? sightings = null;
        foreach (var anchor in SecretAnchors.Index.Matches(text))
        {
            var sighting = SecretAnchors.Forms[anchor.Keyword].Judge(seen, anchor.Start, anchor.End);
            if (sighting.IsOpen)
                open = Math.Min(open, sighting.Start);
            else if (sighting.Label is not null && _kinds?.Contains(sighting.Label) != false)
                (sightings ??= new Sightings()).Add(sighting);
        }

        if (sightings is not null)
            open = sightings.Settle(open, passage.Context, found);
        return Math.Max(open, passage.Context);
    }
}
