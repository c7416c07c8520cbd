using System.Text;
using Gateway.Dispatch.Resume;

namespace Gateway.Delivery.Resume;

/// <summary>What the first leg called the stream, as JSON values: each further leg is called the same.</summary>
internal sealed class Identity
{
    private readonly byte[] _id;
    private readonly byte[] _created;
    private readonly byte[] _model;
    private readonly byte[] _fingerprint;

    private Identity(ReadOnlySpan<byte> opening)
    {
        var parts = SeamParts.Read(opening);
        _id = parts.Id.In(opening).ToArray();
        _created = parts.Created.In(opening).ToArray();
        _model = parts.Model.In(opening).ToArray();
        _fingerprint = parts.Fingerprint.In(opening).ToArray();
        var heading = new StringBuilder("{");
        Add(heading, "id", _id);
        heading.Append("\"object\":\"chat.completion.chunk\",");
        Add(heading, "created", _created);
        Add(heading, "model", _model);
        Heading = heading.ToString();
    }

    /// <summary>What a chunk of it begins with, up to its choices.</summary>
    public string Heading { get; }

    /// <summary>Bytes of its values, which a frame may grow by; with room for a usage.</summary>
    public int Length => _id.Length + _created.Length + _model.Length + _fingerprint.Length + 128;

    public static Identity Of(Journal journal) => new(journal.Opening);

    /// <param name="opening">The payload of the stream's first chunk.</param>
    public static Identity Of(ReadOnlySpan<byte> opening) => new(opening);

    /// <summary>Whether the part is known; one that is not stays as it is.</summary>
    public bool Knows(Part part) => part is Part.Nothing or Part.Usage or Part.Null || Of(part).Length > 0;

    public ReadOnlySpan<byte> Of(Part part) => part switch
    {
        Part.Id => _id,
        Part.Created => _created,
        Part.Model => _model,
        Part.Fingerprint => _fingerprint,
        Part.Null => "null"u8,
        _ => default,
    };

    private static void Add(StringBuilder heading, string name, byte[] value)
    {
        if (value.Length > 0)
            heading.Append($"\"{name}\":{Encoding.UTF8.GetString(value)},");
    }
}

/// <summary>What stands in place of a part of a frame.</summary>
internal enum Part : byte
{
    /// <summary>The part itself.</summary>
    Kept,
    Nothing,
    Id,
    Created,
    Model,
    Fingerprint,
    Usage,
    Null,
}
