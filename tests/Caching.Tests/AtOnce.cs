namespace Gateway.Caching.Tests;

/// <summary>What a call comes to that has to be over when it returns.</summary>
internal static class AtOnce
{
    public static T Of<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        return call.Result;
    }

    public static void Of(ValueTask call) => Assert.True(call.IsCompletedSuccessfully);
}
