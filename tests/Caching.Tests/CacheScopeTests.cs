namespace Gateway.Caching.Tests;

public sealed class CacheScopeTests
{
    [Fact]
    public void What_moves_from_one_part_into_the_next_makes_another_digest()
    {
        string?[][] lists = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["abc", null], [null, "abc"], ["c", "ab"], []];
        Assert.Equal(lists.Length, lists.Select(KeyOf).Distinct().Count());
        Assert.Equal(KeyOf(["ab", "c"]), KeyOf(["ab", "c"]));
    }

    [Fact]
    public void It_grows_with_its_parts()
    {
        using var small = new CacheScope(1);
        using var roomy = new CacheScope(100_000);
        for (var i = 0; i < 1000; i++)
        {
            small.Add(new byte[i % 50]);
            roomy.Add(new byte[i % 50]);
        }

        Assert.Equal(roomy.ToKey(), small.ToKey());
    }

    private static CacheKey KeyOf(string?[] parts)
    {
        using var scope = new CacheScope(64);
        foreach (var part in parts)
            scope.Add(part);
        return scope.ToKey();
    }
}
