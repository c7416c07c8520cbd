using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Gateway.Caching.Tests.Stores;

/// <summary>Keys, answers and entries to put into stores.</summary>
internal static class Samples
{
    /// <summary>When the tests' clocks begin, unless they are the real one.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static CacheKey Key(int number) => Key(number.ToString(CultureInfo.InvariantCulture));

    public static CacheKey Key(string name) => CacheKey.Of(Encoding.UTF8.GetBytes(name));

    public static EntryFacts Facts(
        string owner = "acme", string model = "chat", DateTimeOffset? storedAt = null, TimeSpan? lives = null, params ImmutableArray<string> tags)
    {
        var from = storedAt ?? Start;
        return new EntryFacts(owner, model, tags.IsDefault ? [] : tags, from, from + (lives ?? TimeSpan.FromHours(1)));
    }

    public static CachedAnswer Answer(string body = "Paris.", EntryFacts? facts = null) =>
        new(Encoding.UTF8.GetBytes(body), "slm", "chat-8b", 12, 34, facts ?? Facts());

    /// <summary>An answer that weighs exactly <paramref name="weight"/> bytes in memory, expiring long after <see cref="Start"/>.</summary>
    public static CachedAnswer Weighing(int weight)
    {
        var facts = Facts(lives: TimeSpan.FromDays(3650));
        var empty = new CachedAnswer(Array.Empty<byte>(), "slm", "chat-8b", 12, 34, facts);
        return empty with { Body = new byte[weight - (int)Gateway.Caching.Stores.MemoryAnswerStore.Weight(empty)] };
    }

    /// <summary>A vector of unit length, of independent normal components.</summary>
    public static float[] UnitVector(Random chance, int dimensions)
    {
        var vector = new float[dimensions];
        var squares = 0.0;
        for (var i = 0; i < dimensions; i++)
        {
            // The sum of twelve uniform numbers is near enough to a normal one.
            var sum = -6.0;
            for (var j = 0; j < 12; j++)
                sum += chance.NextDouble();
            vector[i] = (float)sum;
            squares += sum * sum;
        }

        var scale = (float)(1 / Math.Sqrt(squares));
        for (var i = 0; i < dimensions; i++)
            vector[i] *= scale;
        return vector;
    }

    /// <summary>A unit vector whose cosine to another unit vector is <paramref name="cosine"/>.</summary>
    public static float[] Near(Random chance, float[] vector, double cosine)
    {
        var other = UnitVector(chance, vector.Length);
        var along = Dot(vector, other);
        var rest = 1 / Math.Sqrt(1 - (along * along));
        var side = Math.Sqrt(1 - (cosine * cosine));
        return [.. vector.Select((number, i) => (float)((cosine * number) + (side * rest * (other[i] - (along * number)))))];
    }

    public static double Dot(float[] one, float[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += (double)one[i] * other[i];
        return sum;
    }
}
