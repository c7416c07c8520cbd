using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gateway.EndToEnd.Processes;

/// <summary>Waits for something to become so, by looking again and again.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Long enough for a machine that is busy with other things; what is awaited usually takes a fraction.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task IsTrueAsync(
        Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        IsTrueAsync(() => Task.FromResult(condition()), within, what);

    /// <exception cref="TimeoutException">It has not become so; the message names it.</exception>
    public static async Task IsTrueAsync(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (within ?? Patience))
                throw new TimeoutException($"not so after {(within ?? Patience).TotalSeconds:0} s: {what}");
            await Task.Delay(Pause);
        }
    }
}
