using System.Text;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Tests.Malformed.Mutations;

/// <summary>A valid body that mutations start from, with the places where its tokens stand.</summary>
internal sealed class SeedBody
{
    public SeedBody(string path, string contentType, string body)
    {
        (Path, ContentType, Bytes) = (path, contentType, Encoding.UTF8.GetBytes(body));
        if (contentType == "application/json")
            Find();
    }

    /// <summary>The route it is sent to.</summary>
    public string Path { get; }

    public string ContentType { get; }

    public byte[] Bytes { get; }

    /// <summary>Every value: scalars, objects and arrays, the whole body included.</summary>
    public List<ByteRange> Values { get; } = [];

    /// <summary>Every member of an object: name, colon and value.</summary>
    public List<ByteRange> Members { get; } = [];

    private void Find()
    {
        var json = new Utf8JsonReader(Bytes);
        var open = new Stack<(int Value, int Member)>();
        var member = -1;
        while (json.Read())
        {
            var (start, end) = ((int)json.TokenStartIndex, (int)json.BytesConsumed);
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    member = start;
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push((start, member));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    (start, member) = open.Pop();
                    Add(start, end, member);
                    break;
                default:
                    Add(start, end, member);
                    break;
            }

            member = -1;
        }
    }

    private void Add(int start, int end, int member)
    {
        Values.Add(new ByteRange(start, end - start));
        if (member >= 0)
            Members.Add(new ByteRange(member, end - member));
    }
}
