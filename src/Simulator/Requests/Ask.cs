using System.Text.Json;

namespace Gateway.Simulator.Requests;

/// <summary>A request for generated text, chat or completion, with vLLM's defaults filled in. Lives as long as its JSON document.</summary>
internal sealed class Ask
{
    public string? Model { get; set; }
    public bool Stream { get; set; }
    public bool IncludeUsage { get; set; }
    public bool ContinuousUsage { get; set; }
    public int? MaxTokens { get; set; }
    public int MinTokens { get; set; }
    public bool IgnoreEos { get; set; }
    public int Choices { get; set; } = 1;

    /// <summary>Alternatives per token, or null for no logprobs at all.</summary>
    public int? Logprobs { get; set; }
    public bool TokensAsIds { get; set; }
    public List<byte[]>? Stop { get; set; }
    public bool IncludeStop { get; set; }
    public bool ReturnTokenIds { get; set; }
    public bool ReturnPromptText { get; set; }
    public bool Echo { get; set; }
    public bool IncludeReasoning { get; set; } = true;
    public bool Thinks { get; set; } = true;
    public bool ContinueFinal { get; set; }
    public bool AddGenerationPrompt { get; set; } = true;
    public string? RequestId { get; set; }
    public string? CacheSalt { get; set; }
    public int Priority { get; set; }

    /// <summary>The messages, or the prompt of a completion; undefined when absent.</summary>
    public JsonElement Prompt { get; set; }

    /// <summary>The tools array, or undefined.</summary>
    public JsonElement Tools { get; set; }
    public ToolChoice ToolChoice { get; set; }
    public string? NamedTool { get; set; }

    /// <summary>A schema the answer has to fit, or undefined.</summary>
    public JsonElement Schema { get; set; }
    public bool JsonObject { get; set; }

    /// <summary>The one text a choice constraint allows first.</summary>
    public string? FixedChoice { get; set; }

    /// <summary>What the caller scripts through <c>vllm_xargs</c>.</summary>
    public SimArgs Sim { get; set; }
}
