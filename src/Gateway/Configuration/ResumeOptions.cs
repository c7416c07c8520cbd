using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>What happens to a stream whose replica goes away in the middle of it.</summary>
public sealed record ResumeOptions
{
    [Description("Whether another replica of the pool goes on with the answer. Off: the stream ends with an error.")]
    public bool Enabled { get; init; } = true;

    [Description("Times that one stream may go on at another replica.")]
    [Range(1, 10)]
    public int Max { get; init; } = 2;

    [Description("Whether replicas are asked for the ids of all tokens, so that another one goes on token by token, whatever the phase. Costs some 30 bytes a chunk, and the prompt's ids once.")]
    public bool Exact { get; init; }

    /// <summary>Times that one stream may go on at another replica; 0 when it is off.</summary>
    internal int Most => Enabled ? Max : 0;
}
