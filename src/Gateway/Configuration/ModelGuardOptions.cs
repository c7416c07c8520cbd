using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Gateway.Configuration;

/// <summary>A model that judges texts.</summary>
public sealed record ModelGuardOptions
{
    /// <summary>The <see cref="Format"/> of Llama Guard.</summary>
    internal const string LlamaGuard = "llama_guard";

    /// <summary>The <see cref="Format"/> of any model that is told what to look for.</summary>
    internal const string YesNo = "yes_no";

    [Description("The pool that serves it.")]
    public required string Pool { get; init; }

    [Description("How it is asked and read: llama_guard, or yes_no with an instruction of your own.")]
    [Policy(PolicyKind.JudgeFormat)]
    public string Format { get; init; } = LlamaGuard;

    [Description("With yes_no: what the model is told; it answers yes where the text is not wanted.")]
    public string? Instruction { get; init; }

    [Description("With llama_guard: the hazard categories that count, such as S1. Absent: all.")]
    public IReadOnlyList<string> Categories { get; init; } = [];

    [Description("Whether instructions of the application and definitions of tools are judged too.")]
    public bool System { get; init; }

    [Description("How long it may take, all questions of one inspection together.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    [Description("Bytes of a streamed answer between two questions.")]
    [ByteSize, Range(64, 65_536)]
    public int Stride { get; init; } = 400;
}

/// <summary>A service of one's own that judges texts.</summary>
public sealed record WebhookGuardOptions
{
    [Description("Where it is asked, by POST.")]
    public required Uri Url { get; init; }

    [Description("Sent as a bearer token: ${NAME} from the environment, or file:/path. Absent: none.")]
    [Secret]
    public string? Token { get; init; }

    [Description("How long it may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    [Description("Bytes of a streamed answer between two questions.")]
    [ByteSize, Range(64, 65_536)]
    public int Stride { get; init; } = 400;

    // The generated one would print the token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Url = {Url}, Token = {(Token is null ? "" : "***")}, Timeout = {Timeout}, Stride = {Stride}");
        return true;
    }
}

/// <summary>Presidio's analyzer, by its REST API.</summary>
public sealed record PresidioOptions
{
    [Description("The analyzer's address, such as http://presidio-analyzer:3000.")]
    public required Uri Analyzer { get; init; }

    [Description("The language it is told.")]
    public string Language { get; init; } = "en";

    [Description("The entities to find, such as PERSON. Absent: all that it knows.")]
    public IReadOnlyList<string> Entities { get; init; } = [];

    [Description("Score from which on a finding counts.")]
    [Range(0, 1)]
    public double Score { get; init; } = 0.5;

    [Description("How long it may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    [Description("Bytes of a streamed answer between two questions.")]
    [ByteSize, Range(64, 65_536)]
    public int Stride { get; init; } = 400;
}
