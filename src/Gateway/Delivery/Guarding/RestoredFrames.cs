using System.Buffers;
using System.IO.Pipelines;
using Gateway.Guardrails;
using Gateway.Guardrails.Streaming;

namespace Gateway.Delivery.Guarding;

/// <summary>A stream's frames on their way to the one caller who gets its own values back in place of placeholders.</summary>
internal sealed class RestoredFrames(RestoreMap map, PipeWriter output) : FrameQueue
{
    protected override StreamWindow Open(TextChannel channel) => new RestoreWindow(map, isJson: channel.Source == TextSource.Arguments);

    protected override void Send(ReadOnlySpan<byte> frames, bool isShown) => output.Write(frames);
}
