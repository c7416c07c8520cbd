using System.Text;
using System.Text.Json;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Pii;

namespace Gateway.Bench.Guardrails.Pii;

/// <summary>The same on the texts that Presidio's authors judge theirs by: a file of presidio-research, whose values others have drawn.</summary>
public sealed class PiiPublicCommand : IBenchCommand
{
    /// <summary>Their kinds that have a form of their own, and ours.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["EMAIL_ADDRESS"] = "email",
        ["PHONE_NUMBER"] = "phone",
        ["CREDIT_CARD"] = "card",
        ["IBAN_CODE"] = "iban",
        ["IP_ADDRESS"] = "ip",
        ["US_SSN"] = "us_ssn",
    };

    public string Usage => "FILE: precision, recall and F1 by kind on presidio-research's data/synth_dataset_v2.json, phone numbers of US, GB, FR, DE, AU, BE and CH";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var guard = new PiiGuard(new PiiSettings { Regions = ["US", "GB", "FR", "DE", "AU", "BE", "CH"] });
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(arguments.Place(0, "FILE")));
        var counts = Kinds.Values.ToDictionary(static label => label, static _ => (Right: 0, Wrong: 0, Missed: 0));
        foreach (var sample in file.RootElement.EnumerateArray())
            Count(sample, guard, counts);
        await output.WriteLineAsync($"{file.RootElement.GetArrayLength()} texts\n\n| kind | right | wrong | missed | precision | recall | F1 |\n|---|---|---|---|---|---|---|");
        foreach (var (label, (right, wrong, missed)) in counts)
        {
            var (precision, recall) = (right / (double)Math.Max(1, right + wrong), right / (double)Math.Max(1, right + missed));
            await output.WriteLineAsync($"| {label} | {right} | {wrong} | {missed} | {precision:F3} | {recall:F3} | {2 * precision * recall / Math.Max(1e-9, precision + recall):F3} |");
        }

        return 0;
    }

    /// <summary>A value is found if a finding of its kind begins and ends where it does.</summary>
    private static void Count(JsonElement sample, PiiGuard guard, Dictionary<string, (int Right, int Wrong, int Missed)> counts)
    {
        var text = sample.GetProperty("full_text").GetString()!;
        var found = new Findings();
        guard.Inspect(Encoding.UTF8.GetBytes(text), new Passage(TextSource.User), found);
        var ours = found.All.ToArray().Select(static one => (one.Label, one.Start, one.Length)).ToHashSet();
        foreach (var span in sample.GetProperty("spans").EnumerateArray())
        {
            if (!Kinds.TryGetValue(span.GetProperty("entity_type").GetString()!, out var label))
                continue;
            // The texts hold nothing beyond Unicode's first plane, so their places are ours.
            var (start, end) = (span.GetProperty("start_position").GetInt32(), span.GetProperty("end_position").GetInt32());
            var at = (label, Encoding.UTF8.GetByteCount(text[..start]), Encoding.UTF8.GetByteCount(text[start..end]));
            var (right, wrong, missed) = counts[label];
            counts[label] = ours.Remove(at) ? (right + 1, wrong, missed) : (right, wrong, missed + 1);
        }

        foreach (var (label, _, _) in ours)
        {
            if (counts.TryGetValue(label, out var count))
                counts[label] = count with { Wrong = count.Wrong + 1 };
        }
    }
}
