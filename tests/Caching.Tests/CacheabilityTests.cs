namespace Gateway.Caching.Tests;

public sealed class CacheabilityTests
{
    private static readonly CacheLimits Limits = new(1, 1000);
    private static readonly RequestTraits Usual = new() { Bytes = 1000, Choices = 1 };

    public static TheoryData<RequestTraits, string?> Table => new()
    {
        { Usual, null },
        { Usual with { Temperature = 1 }, null },
        { Usual with { Temperature = 0 }, null },
        { Usual with { Temperature = 1.01 }, "temperature" },
        { Usual with { Temperature = double.PositiveInfinity }, "temperature" },
        { Usual with { Choices = 2 }, "n > 1" },
        { Usual with { IsInToolLoop = true }, "tool loop" },
        { Usual with { HasAttachments = true }, "attachments" },
        { Usual with { HasOddDelivery = true }, "stream options" },
        { Usual with { Bytes = 1001 }, "request too large" },
        { Usual with { HasTooManyMembers = true }, "too many members" },
        { Usual with { IsExempt = true }, "configured" },
        { Usual with { IsDeclined = true, IsExempt = true }, "caller" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_request_passes_by_for_one_reason(RequestTraits request, string? reason) =>
        Assert.Equal(reason, Cacheability.BypassOf(request, Limits));

    [Fact]
    public void A_temperature_that_is_not_given_is_the_apis_default()
    {
        Assert.Equal("temperature", Cacheability.BypassOf(Usual, Limits with { MostTemperature = 0.99 }));
        Assert.Null(Cacheability.BypassOf(Usual with { Temperature = 0.99 }, Limits with { MostTemperature = 0.99 }));
    }
}
