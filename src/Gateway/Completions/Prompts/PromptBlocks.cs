using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing.Balancing;

namespace Gateway.Completions.Prompts;

/// <summary>The blocks of a request's prompt, in the order in which a chat template renders it; their array is lent from a pool.</summary>
/// <remarks>
/// <para>Taken are the adapter, the salt of the cache, the tools, and of each turn its role, its text and its calls, as they stand in the caller's bytes: a
/// turn more leaves all earlier blocks as they are, and fields that are not rendered make no difference. Nor does whether a text is a string or
/// an array of parts, since clients change that from turn to turn to mark where a cache shall end.</para>
/// <para>Templates put tools before or behind the first instructions; of requests that share only one of the two the blocks tell too much or too
/// little, and what answers say of their cached tokens corrects that. The model is not taken: each pool serves one.</para>
/// </remarks>
public sealed class PromptBlocks : IDisposable
{
    /// <summary>What a piece that is no text counts as: 256 tokens, an image of 448 by 448 pixels at 28 by 28 pixels a token, as in Qwen's models.</summary>
    private const int AttachmentTokens = 256;

    private ulong[]? _pooled;

    private PromptBlocks(ulong[]? pooled, PickRequest request) => (_pooled, Request) = (pooled, request);

    /// <summary>For a picker; its blocks not to be used once this is disposed of.</summary>
    public PickRequest Request { get; private set; }

    /// <summary>One pass over the content.</summary>
    /// <param name="body">The caller's bytes.</param>
    /// <param name="request">The view over them.</param>
    /// <param name="adapter">The adapter that answers, under which the same text is cached apart; null for the model itself.</param>
    public static PromptBlocks Read(ReadOnlySpan<byte> body, ChatRequest request, string? adapter = null)
    {
        var most = Math.Min(body.Length / BlockHasher.BlockBytes + 1, PickRequest.MostBlocks);
        var pooled = ArrayPool<ulong>.Shared.Rent(most);
        var hasher = new BlockHasher(pooled.AsSpan(0, most), stackalloc byte[BlockHasher.BlockBytes]);
        if (adapter is not null)
            hasher.Add(Encoding.UTF8.GetBytes(adapter));
        if (!request.CacheSalt.IsEmpty)
            hasher.Add(request.CacheSalt.In(body));
        hasher.Add(request.ToolsValue.In(body));
        for (var i = 0; i < request.Turns.Count; i++)
            Add(ref hasher, body, request.Turns[i]);
        var tokens = (int)Math.Min(hasher.Bytes / BlockHasher.BytesPerToken, int.MaxValue);
        return new PromptBlocks(pooled, new PickRequest(tokens, pooled.AsMemory(0, hasher.Count)));
    }

    public void Dispose()
    {
        Request = Request with { Blocks = default };
        if (Interlocked.Exchange(ref _pooled, null) is { } pooled)
            ArrayPool<ulong>.Shared.Return(pooled);
    }

    private static void Add(ref BlockHasher hasher, ReadOnlySpan<byte> body, Turn turn)
    {
        // No text holds a zero byte as it stands in JSON, so a turn cannot pass for the end of another.
        hasher.Add([0, (byte)turn.Role]);
        var content = turn.Content.In(body);
        if (content is [(byte)'"', .., (byte)'"'])
            hasher.Add(content[1..^1]);
        else if (!content.IsEmpty)
            AddParts(ref hasher, content);
        hasher.Add(turn.Calls.In(body));
    }

    private static void AddParts(ref BlockHasher hasher, ReadOnlySpan<byte> parts)
    {
        const int inPart = 2;
        var json = new Utf8JsonReader(parts, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var (start, text) = (0, default(ByteRange));
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.StartObject && json.CurrentDepth == inPart - 1)
            {
                (start, text) = ((int)json.TokenStartIndex, default);
            }
            else if (json.TokenType == JsonTokenType.EndObject && json.CurrentDepth == inPart - 1)
            {
                if (text.Start > 0)
                    hasher.Add(text.In(parts));
                else
                    AddAttachment(ref hasher, parts[start..(int)json.BytesConsumed]);
            }
            else if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == inPart)
            {
                var isText = JsonText.Is(ref json, "text"u8);
                json.Read();
                if (isText && json.TokenType == JsonTokenType.String)
                    text = new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
                json.Skip();
            }
        }
    }

    /// <summary>An image's bytes say nothing of its tokens, so its hash stands for it as often as it takes.</summary>
    private static void AddAttachment(ref BlockHasher hasher, ReadOnlySpan<byte> part)
    {
        Span<ulong> image = stackalloc ulong[AttachmentTokens * BlockHasher.BytesPerToken / sizeof(ulong)];
        image.Fill(XxHash3.HashToUInt64(part));
        hasher.Add(MemoryMarshal.AsBytes(image));
    }
}
