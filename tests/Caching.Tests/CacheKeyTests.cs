using System.Collections.Immutable;
using CsCheck;

namespace Gateway.Caching.Tests;

public sealed class CacheKeyTests
{
    [Fact]
    public void Is_the_whole_SHA_256_of_its_content() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", CacheKey.Of("abc"u8).ToString());

    [Fact]
    public void Comes_back_from_its_text_and_from_its_bytes() => Gen.Byte.Array[32].Sample(bytes =>
    {
        var key = new CacheKey(bytes);
        var copy = new byte[CacheKey.Size];
        key.CopyTo(copy);
        return CacheKey.TryParse(key.ToString(), out var parsed) && parsed == key && copy.AsSpan().SequenceEqual(bytes);
    });

    [Theory]
    [InlineData("")]
    [InlineData("ba78")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Reads_nothing_else(string text) => Assert.False(CacheKey.TryParse(text, out _));

    [Fact]
    public void A_filter_matches_what_fulfils_all_of_it()
    {
        var at = DateTimeOffset.UnixEpoch;
        var facts = new EntryFacts("sales", "auto", ImmutableArray.Create("faq"), at, at.AddHours(1));
        var id = CacheKey.Of("a"u8);
        Assert.True(new EntryFilter().Matches(id, facts));
        Assert.True(new EntryFilter(id, "sales", "auto", "faq", at.AddSeconds(1), at.AddHours(1)).Matches(id, facts));
        Assert.False(new EntryFilter(Owner: "legal").Matches(id, facts));
        Assert.False(new EntryFilter(Owner: "sales", Tag: "news").Matches(id, facts));
        Assert.False(new EntryFilter(StoredBefore: at).Matches(id, facts));
        Assert.False(new EntryFilter(ExpiredAt: at.AddMinutes(59)).Matches(id, facts));
    }
}
