using System.Text;
using Gateway.Guardrails.Streaming;

namespace Gateway.Guardrails.Tests.Streaming;

/// <summary>A text sent through a window in chunks, and what came out by then.</summary>
internal sealed class Streamed
{
    private static readonly WindowLimits NoLimits = new(int.MaxValue, TimeSpan.FromDays(1));

    private readonly List<byte> _in = [];
    private readonly StringBuilder _out = new();
    private readonly List<byte> _text = [];
    private int _shown;

    public Streamed(IEnumerable<GuardStep> steps, WindowLimits? limits = null, TextSource source = TextSource.Assistant)
    {
        Inspection = new AnswerInspection([.. steps], [], Placeholders, limits ?? NoLimits, TimeProvider.System);
        Window = Inspection.Open(source);
    }

    public Placeholders Placeholders { get; } = new();

    public AnswerInspection Inspection { get; }

    public OutputWindow Window { get; }

    /// <summary>What a reader has been shown.</summary>
    public string Text => Encoding.UTF8.GetString([.. _text]);

    public static GuardStep Step(IGuard guard, GuardAction action = GuardAction.Redact, string? name = null, bool failsOpen = false) =>
        new() { Name = name ?? "a guard", Action = action, Local = guard, FailsOpen = failsOpen };

    public static Streamed Of(string text, IEnumerable<int> cuts, IEnumerable<GuardStep> steps, WindowLimits? limits = null)
    {
        var stream = new Streamed(steps, limits);
        var (utf8, at) = (Encoding.UTF8.GetBytes(text), 0);
        foreach (var cut in cuts)
        {
            stream.Add(utf8.AsSpan(at, cut - at));
            at = cut;
        }

        stream.Add(utf8.AsSpan(at));
        return stream.End();
    }

    public Streamed Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public Streamed Add(ReadOnlySpan<byte> utf8)
    {
        _in.AddRange(utf8);
        Window.Append(utf8);
        Window.Judge();
        return Show();
    }

    public Streamed Expire()
    {
        Window.Expire();
        return Show();
    }

    public Streamed End()
    {
        Window.End();
        Show();
        Inspection.Complete();
        return this;
    }

    public Streamed Show()
    {
        if (Inspection.IsBlocked)
            return this;
        foreach (var redaction in Window.Redactions)
        {
            if (redaction.End <= _shown || redaction.Start >= Window.Released)
                continue;
            Assert.True(redaction.Start >= _shown && redaction.End <= Window.Released, $"{redaction} is cut by {_shown}..{Window.Released}");
            _text.AddRange(_in[_shown..redaction.Start]);
            _text.AddRange(Encoding.UTF8.GetBytes(redaction.With));
            _shown = redaction.End;
        }

        _text.AddRange(_in[_shown..Window.Released]);
        _shown = Window.Released;
        Window.Forget(_shown);
        return this;
    }
}
