using System.Buffers;
using Gateway.Routing.Cascade.Confidence;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>An answer as it is judged: what it says so far, filled in as it arrives.</summary>
public sealed class DraftAnswer
{
    /// <summary>More calls than any answer makes; a bound against an upstream gone mad.</summary>
    private const int MostCalls = 1024;

    private readonly ArrayBufferWriter<byte> _text = new(256);
    private readonly List<DraftCall> _calls = [];

    /// <summary>The answer's text, UTF-8; reasoning is not part of it.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>As <see cref="Text"/>, for readers that keep it.</summary>
    public ReadOnlyMemory<byte> TextMemory => _text.WrittenMemory;

    /// <summary>Functions it calls.</summary>
    public IReadOnlyList<DraftCall> Calls => _calls;

    /// <summary>The probabilities of its tokens, reasoning included.</summary>
    public TokenEvidence Tokens { get; } = new();

    /// <summary>Why the model stopped; null while it is writing.</summary>
    public string? FinishReason { get; set; }

    /// <summary>Tokens that have arrived, reasoning included; a lower bound, since not every token makes a chunk.</summary>
    public int Arrived { get; set; }

    /// <summary>Whether any of them can be seen: text, reasoning or a call, not only the marks around them.</summary>
    public bool HasShown { get; set; }

    /// <summary>Tokens as the upstream counted them; null where it did not say.</summary>
    public int? Counted { get; set; }

    /// <summary>The upstream itself calls the answer a refusal.</summary>
    public bool IsRefusal { get; set; }

    public bool IsWhole => FinishReason is not null;

    /// <summary>Whether it calls a function or begins to.</summary>
    public bool HasCalls => _calls.Count > 0;

    public void AddText(ReadOnlySpan<byte> text) => _text.Write(text);

    /// <summary>Room for text of up to this many bytes, to be kept with <see cref="Advance"/>.</summary>
    public Span<byte> Room(int bytes) => _text.GetSpan(Math.Max(bytes, 1));

    public void Advance(int bytes) => _text.Advance(bytes);

    /// <summary>The call with this index, which the upstream counts from 0; null for an index no answer has.</summary>
    public DraftCall? Call(int index)
    {
        if (index is < 0 or >= MostCalls)
            return null;
        while (_calls.Count <= index)
            _calls.Add(new DraftCall());
        return _calls[index];
    }
}

/// <summary>One call of a function in an answer.</summary>
public sealed class DraftCall
{
    private readonly ArrayBufferWriter<byte> _arguments = new(64);

    /// <summary>The function's name; null while it has not come.</summary>
    public string? Name { get; set; }

    /// <summary>Its arguments as the model wrote them: JSON, if all is well.</summary>
    public ReadOnlyMemory<byte> Arguments => _arguments.WrittenMemory;

    public Span<byte> Room(int bytes) => _arguments.GetSpan(Math.Max(bytes, 1));

    public void Advance(int bytes) => _arguments.Advance(bytes);
}
