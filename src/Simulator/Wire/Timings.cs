using Gateway.Simulator.Engine;

namespace Gateway.Simulator.Wire;

/// <summary>The <c>metrics</c> object of <c>--enable-per-request-metrics</c>, in virtual milliseconds.</summary>
internal static class Timings
{
    public static void Write(ref JsonSink sink, Sequence sequence)
    {
        var first = (sequence.FirstToken - sequence.Arrived).TotalMilliseconds;
        var generation = (sequence.LastToken - sequence.FirstToken).TotalMilliseconds;
        var tokens = sequence.Produced;
        sink.Raw("{\"time_to_first_token_ms\":"u8);
        sink.Real(Math.Max(first, 0));
        sink.Raw(",\"generation_time_ms\":"u8);
        sink.Real(Math.Max(generation, 0));
        sink.Raw(",\"queue_time_ms\":"u8);
        sink.Real(Math.Max((sequence.Scheduled - sequence.Arrived).TotalMilliseconds, 0));
        sink.Raw(",\"mean_itl_ms\":"u8);
        sink.Real(tokens > 1 ? Math.Max(generation, 0) / (tokens - 1) : 0);
        sink.Raw(",\"tokens_per_second\":"u8);
        sink.Real(generation > 0 ? tokens * 1000 / generation : 0);
        sink.Raw("}"u8);
    }
}
