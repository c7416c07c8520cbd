namespace Gateway.Bench.Fleet.Report;

/// <summary>What the policies came to in one scenario, one line each, as Markdown.</summary>
internal sealed class Table(TextWriter output)
{
    public void Begin(string scenario, int replicas, int gateways)
    {
        output.WriteLine($"### {scenario}, {replicas} replicas{(gateways > 1 ? $", {gateways} gateways" : "")}");
        output.WriteLine();
        output.WriteLine("| policy | answers/s, full load | first token p50 s | p99 s | cached | answers/s, even load | within objective | turned away | first token p50 s | p99 s | cached |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    }

    /// <param name="policy">Its name.</param>
    /// <param name="full">Where one session begins when one ends.</param>
    /// <param name="even">Where sessions arrive on their own.</param>
    public void Add(string policy, Tally full, Tally even)
    {
        output.Write($"| {policy} | {full.Throughput:0.0} | {full.FirstToken(0.5):0.000} | {full.FirstToken(0.99):0.000} | {full.HitRate:0%} ");
        output.Write($"| {even.Throughput:0.0} | {even.Goodput / even.Throughput:0.0%} | {even.Rejected} ");
        output.WriteLine($"| {even.FirstToken(0.5):0.000} | {even.FirstToken(0.99):0.000} | {even.HitRate:0%} |");
    }

    public void End() => output.WriteLine();
}
