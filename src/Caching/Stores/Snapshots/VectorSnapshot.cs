using System.Runtime.InteropServices;
using Gateway.Caching.Stores.Coding;
using Gateway.Caching.Stores.Vectors;

namespace Gateway.Caching.Stores.Snapshots;

/// <summary>The vectors of one space in a stream.</summary>
internal sealed class VectorSnapshot(VectorSpace space)
{
    private string Kind => $"vectors of {space.Embedder} with {space.Dimensions} numbers";

    public async ValueTask SaveAsync(Stream stream, ScopeVectors[] scopes, DateTimeOffset now, CancellationToken cancel)
    {
        var writer = new SnapshotWriter(stream);
        await writer.BeginAsync(Kind, cancel);
        var vector = new sbyte[ByteVector.Length(space.Dimensions)];
        foreach (var scope in scopes)
        {
            foreach (var chunk in scope.Chunks)
            {
                for (var (i, count) = (0, chunk.Count); i < count; i++)
                {
                    if (chunk.Node(i) is not { IsGone: false } node || node.IsExpired(now))
                        continue;
                    chunk.Read(i, vector);
                    Write(writer.Entry, node, vector.AsSpan(0, space.Dimensions), chunk.Scale(i));
                    await writer.NextAsync(cancel);
                }
            }
        }

        await writer.EndAsync(cancel);
    }

    /// <summary>Hands over entry by entry.</summary>
    /// <returns>Why the snapshot is not to be used, what was handed over included; null when it is whole.</returns>
    public async ValueTask<string?> LoadAsync(Stream stream, Action<VectorRecord> take, CancellationToken cancel)
    {
        var snapshot = new SnapshotReader(stream);
        if (!await snapshot.BeginAsync(Kind, cancel))
            return snapshot.Refusal;
        while (await snapshot.NextAsync(cancel) is { } block)
        {
            if (!TakeAll(block, take))
                return "an entry is not whole";
        }

        return snapshot.Refusal;
    }

    private bool TakeAll(byte[] block, Action<VectorRecord> take)
    {
        var reader = new ByteReader(block);
        while (!reader.Rest.IsEmpty)
        {
            var (id, scope, scale) = (reader.Key(), reader.Key(), reader.Single());
            var vector = MemoryMarshal.Cast<byte, sbyte>(reader.Raw(space.Dimensions)).ToArray();
            var facts = reader.Facts();
            var payload = reader.Bytes().ToArray();
            if (reader.IsBroken)
                return false;
            take(new VectorRecord(id, scope, facts, payload, vector, scale));
        }

        return !reader.IsBroken;
    }

    private static void Write(ByteWriter writer, VectorNode node, ReadOnlySpan<sbyte> vector, float scale)
    {
        writer.Key(node.Id);
        writer.Key(node.Scope.Scope);
        writer.Single(scale);
        writer.Raw(MemoryMarshal.Cast<sbyte, byte>(vector));
        writer.Facts(node.Facts);
        writer.Bytes(node.Payload);
    }
}

/// <summary>An entry as a snapshot has it: its vector is rounded already.</summary>
internal sealed record VectorRecord(CacheKey Id, CacheKey Scope, EntryFacts Facts, byte[] Payload, sbyte[] Vector, float Scale);
