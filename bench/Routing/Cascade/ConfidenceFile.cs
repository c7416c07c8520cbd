using System.Text.Json;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>Writes the coefficients that ship, <c>src/Routing/Cascade/Confidence/Confidence.json</c>.</summary>
public static class ConfidenceFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <param name="path">Where to.</param>
    /// <param name="prior">Log-odds of a wrong answer where nothing is known.</param>
    /// <param name="parts">Each part's name, where its rows come from, its features and its fit.</param>
    public static void Write(string path, double prior, IEnumerable<(string Name, string Source, IReadOnlyList<string> Features, Logistic Fit)> parts)
    {
        using (var file = File.Create(path))
        using (var json = new Utf8JsonWriter(file, Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("prior", Math.Round(prior, 4));
            foreach (var (name, source, features, fit) in parts)
            {
                json.WriteStartObject(name);
                json.WriteString("source", source);
                json.WriteStartArray("names");
                foreach (var feature in features)
                    json.WriteStringValue(feature);
                json.WriteEndArray();
                Write(json, "means", fit.Means);
                Write(json, "scales", fit.Scales);
                Write(json, "weights", fit.Weights);
                // Standardised features: at their means a row is as likely wrong as its source's rows are.
                json.WriteNumber("bias", 0);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        File.AppendAllText(path, "\n");
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(Math.Round(number, 6));
        json.WriteEndArray();
    }
}
