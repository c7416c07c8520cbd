using Gateway.Bench.Load.Commands;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Trains the artefact of the injection guard.</summary>
public sealed class InjectionTrainCommand : IBenchCommand
{
    public string Usage => $"{ExampleSet.Usage} [--out FILE]    train the classifier of attacks";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var set = ExampleSet.Load(arguments);
        foreach (var group in set.All.GroupBy(example => (example.Source, example.IsIndirect, example.IsAttack, example.Use)).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
            output.WriteLine($"{group.Key.Source,-22} {(group.Key.IsIndirect ? "indirect" : "direct"),-9} {(group.Key.IsAttack ? "attack" : "benign"),-7} {group.Key.Use,-10} {group.Count(),7} texts {group.Sum(example => (long)example.Utf8.Length) / 1024,8} KiB");
        var bytes = InjectionTraining.Train(set.All, output).ToBytes();
        await File.WriteAllBytesAsync(arguments.One("--out") ?? "src/Guardrails/Injection/injection.artefact", bytes);
        output.WriteLine($"{bytes.Length} bytes");
        return 0;
    }
}
