using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Gateway.Configuration;

/// <summary>Replicas that serve one model.</summary>
[OneOf(nameof(Replicas), nameof(Discover))]
public sealed record PoolOptions
{
    [Description("The name the replicas serve; sent upstream byte for byte.")]
    public required string Model { get; init; }

    [Description("Base addresses of the replicas, such as http://10.0.1.4:8000; or else discover.")]
    [MinLength(1)]
    public IReadOnlyList<Uri> Replicas { get; init; } = [];

    [Description("Where the replicas are found while the gateway runs, in place of replicas.")]
    public DiscoverOptions? Discover { get; init; }

    [Description("Longest prompt and answer together, in tokens. Absent: not checked.")]
    [Range(1, 100_000_000)]
    public int? ContextTokens { get; init; }

    [Description("Price of a token; drives the cost figures.")]
    public PriceOptions? Price { get; init; }

    [Description("Key sent to the replicas as a bearer token: ${NAME} from the environment, or file:/path.")]
    [Secret]
    public string? ApiKey { get; init; }

    [Description("The group this pool belongs to, such as internal; requests bound to a group never leave it. Absent: none.")]
    public string? Group { get; init; }

    [Description("How replicas at https addresses are trusted, and what they are shown.")]
    public TlsOptions Tls { get; init; } = new();

    [Description("What tells the weights behind the model's name apart, such as a commit or a date; answers of another revision are not given again.")]
    public string? Revision { get; init; }

    [Description("Shown as owned_by in the list of models.")]
    public string OwnedBy { get; init; } = "vllm";

    [Description("Whether the gateway is ready only while this pool has a replica that may be tried.")]
    public bool Required { get; init; } = true;

    [Description("How a replica is picked, by name.")]
    [Policy(PolicyKind.Balancing)]
    public string Balancing { get; init; } = "cost";

    [Description("How soon answers shall begin; balancing by cost does not wait for a warm cache longer than half of it.")]
    public TimeSpan FirstTokenObjective { get; init; } = TimeSpan.FromSeconds(2);

    [Description("How long each stage of an attempt may take.")]
    public TimeoutOptions Timeouts { get; init; } = new();

    [Description("Active health probes.")]
    public ProbeOptions Probe { get; init; } = new();

    [Description("Scrapes of the replicas' metrics, and questions for what they can do.")]
    public MetricsOptions Metrics { get; init; } = new();

    [Description("When a replica is left out after faults.")]
    public BreakerOptions Breaker { get; init; } = new();

    [Description("How much is believed of probes, and how newcomers begin.")]
    public HealthOptions Health { get; init; } = new();

    [Description("How many requests the pool takes at once, and how many may wait.")]
    public AdmissionOptions Admission { get; init; } = new();

    // The generated one would print the key.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Model = {Model}, Replicas = [{string.Join(", ", Replicas)}], Discover = {Discover}, ContextTokens = {ContextTokens}, Price = {Price}, ");
        text.Append($"ApiKey = {(ApiKey is null ? "" : "***")}, Group = {Group}, Tls = {Tls}, Revision = {Revision}, OwnedBy = {OwnedBy}, Required = {Required}, Balancing = {Balancing}, ");
        text.Append($"FirstTokenObjective = {FirstTokenObjective}, ");
        text.Append($"Timeouts = {Timeouts}, Probe = {Probe}, Metrics = {Metrics}, Breaker = {Breaker}, Health = {Health}, ");
        text.Append($"Admission = {Admission}");
        return true;
    }
}

/// <summary>How long each stage of an attempt may take.</summary>
public sealed record TimeoutOptions
{
    [Description("From the first packet to an open connection.")]
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(2);

    [Description("Streams: from the request to the first token.")]
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(60);

    [Description("Streams: between two tokens.")]
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    [Description("The whole request, all attempts together.")]
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>Active health probes: GET on each replica.</summary>
public sealed record ProbeOptions
{
    [Description("Path of the probe.")]
    public string Path { get; init; } = "/health";

    [Description("Time between two probes of a replica.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    [Description("How long a probe may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>When a replica is left out after faults, and for how long.</summary>
public sealed record BreakerOptions
{
    [Description("Faults in a row that open the breaker.")]
    [Range(1, 1000)]
    public int Faults { get; init; } = 3;

    [Description("How long it stays open the first time; doubled each time the trial request fails too.")]
    public TimeSpan Open { get; init; } = TimeSpan.FromSeconds(1);

    [Description("The longest it stays open.")]
    public TimeSpan MaxOpen { get; init; } = TimeSpan.FromSeconds(30);
}
