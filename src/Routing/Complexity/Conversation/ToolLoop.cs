using System.Runtime.CompilerServices;

namespace Gateway.Routing.Complexity.Conversation;

/// <summary>Judges from an agent's newest calls and their results, told newest first, whether it goes in circles.</summary>
/// <remarks>
/// Window and counts are those with which LiteLLM's stall escalation works, so that operators find what they know; there they
/// stand in its router's configuration (window 6, threshold 3).
/// </remarks>
public struct ToolLoop
{
    /// <summary>Newest calls that are looked at.</summary>
    public const int Window = 6;

    /// <summary>Equal calls among them, or failed results in a row, from which an agent counts as stuck.</summary>
    public const int Limit = 3;

    private Hashes _calls;
    private int _count;
    private int _failures;
    private bool _succeeded;

    /// <summary>Whether nothing that is added could still change the judgement.</summary>
    public readonly bool IsDecided => IsStuck || (_count == Window && (_succeeded || _failures == 0));

    public bool IsStuck { get; private set; }

    /// <summary>Adds a call, by a hash of its function's name and arguments.</summary>
    public void AddCall(int hash)
    {
        if (_count == Window)
            return;
        var equal = 1;
        for (var i = 0; i < _count; i++)
            equal += _calls[i] == hash ? 1 : 0;
        _calls[_count++] = hash;
        IsStuck |= equal >= Limit;
    }

    /// <summary>Adds a result.</summary>
    public void AddResult(bool hasFailed)
    {
        _succeeded |= !hasFailed;
        if (!_succeeded)
            _failures++;
        IsStuck |= _failures >= Limit;
    }

    [InlineArray(Window)]
    private struct Hashes
    {
        private int _first;
    }
}
