using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>Walks the calls of a turn, giving each as a hash of its function's name and arguments.</summary>
/// <remarks>Hashes tell calls of one process apart, no more: clients send an earlier call back byte for byte.</remarks>
public ref struct ToolCallHashes(ReadOnlySpan<byte> body, Turn turn)
{
    /// <summary>Depth of a call's own members, and of its function's.</summary>
    private const int InCall = 2, InFunction = 3;

    private readonly ReadOnlySpan<byte> _calls = turn.Calls.In(body);
    private Utf8JsonReader _json = new(turn.Calls.In(body), new JsonReaderOptions { MaxDepth = int.MaxValue });
    private bool _isOpen = !turn.Calls.IsEmpty;

    public int Current { get; private set; }

    public bool MoveNext()
    {
        var (hash, isInCall) = (default(HashCode), false);
        while (_isOpen)
        {
            _isOpen = _json.Read();
            if (!_isOpen)
                break;
            if (_json.TokenType == JsonTokenType.StartObject && _json.CurrentDepth == InCall - 1)
                isInCall = true;
            if (_json.TokenType == JsonTokenType.EndObject && _json.CurrentDepth == InCall - 1 && isInCall)
            {
                Current = hash.ToHashCode();
                return true;
            }

            if (_json.TokenType == JsonTokenType.PropertyName && _json.CurrentDepth is InCall or InFunction)
                AddMember(ref hash);
        }

        return false;
    }

    private void AddMember(ref HashCode hash)
    {
        // Custom tools give their input beside a name of their own; arguments may also come as an object.
        var counts = JsonText.Is(ref _json, "name"u8) || JsonText.Is(ref _json, "arguments"u8) || JsonText.Is(ref _json, "input"u8);
        if (!counts)
            return;
        _json.Read();
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        hash.AddBytes(_calls[start..(int)_json.BytesConsumed]);
    }
}
