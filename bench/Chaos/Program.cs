using System.Globalization;
using Gateway.Bench.Chaos;

// Streams, seconds and replicas may be given, in this order.
var streams = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
var replicas = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10;

await using var fleet = await Fleet.StartAsync(replicas);
await using var gateway = await Subject.StartAsync(fleet);
var whole = await gateway.StreamAsync();
if (!whole.IsWhole)
{
    Console.Error.WriteLine($"the undisturbed stream is not whole: {whole}");
    return 1;
}

using var over = new CancellationTokenSource();
var killing = fleet.KillEachSecondAsync(over.Token);
var running = new List<Task<StreamOutcome>>(streams);
for (var i = 0; i < streams; i++)
{
    running.Add(gateway.StreamAsync());
    await Task.Delay(TimeSpan.FromSeconds((double)seconds / streams));
}

var outcomes = await Task.WhenAll(running);
await over.CancelAsync();
await killing;

var exact = outcomes.Count(outcome => outcome with { Resumes = 0 } == whole);
var honest = outcomes.Count(outcome => !outcome.IsWhole && outcome.HasError);
Console.WriteLine(
    $"""
    | streams | kills | resumed | complete and exact | ended with an error frame | anything else |
    |---|---|---|---|---|---|
    | {outcomes.Length} | {fleet.Kills} | {outcomes.Count(outcome => outcome.Resumes > 0)} streams, {outcomes.Sum(outcome => outcome.Resumes)} times | {exact} ({100.0 * exact / outcomes.Length:0.00} %) | {honest} | {outcomes.Length - exact - honest} |
    """);
return exact >= 0.999 * outcomes.Length && exact + honest == outcomes.Length ? 0 : 1;
