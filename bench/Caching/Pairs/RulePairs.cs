namespace Gateway.Bench.Caching.Pairs;

/// <summary>Pairs that rules write: of templates whose slots differ in one thing that matters, and rewordings that differ in nothing.</summary>
/// <remarks>What is the same and what is not is known by construction, so these labels have no noise.</remarks>
public static class RulePairs
{
    private static readonly string[] Countries = ["France", "Germany", "Japan", "Brazil", "Kenya", "Canada", "Norway", "Vietnam"];
    private static readonly string[] Cities = ["Paris", "Berlin", "Tokyo", "Lima", "Nairobi", "Toronto", "Oslo", "Hanoi"];
    private static readonly string[] Things = ["two-factor authentication", "dark mode", "automatic updates", "remote desktop", "location sharing", "email notifications"];
    private static readonly string[] Products = ["Windows 11", "Ubuntu 22.04", "the billing portal", "Android 14", "our Postgres cluster", "the staging server"];
    private static readonly string[] Companies = ["Apple", "Toyota", "Nestlé", "Siemens", "Samsung", "Shell"];

    /// <summary>Two words, one for the other, turn the meaning over.</summary>
    private static readonly (string One, string Other)[] Opposites =
        [("enable", "disable"), ("increase", "decrease"), ("allow", "block"), ("start", "stop"), ("install", "uninstall"), ("show", "hide"), ("import", "export"), ("lock", "unlock")];

    /// <summary>All kinds, so many of each.</summary>
    public static IReadOnlyList<AskPair> Write(int each, Random chance)
    {
        (string Kind, bool IsSame, Func<(string, string)> Make)[] kinds =
        [
            ("year", false, () => Two(chance, 2015, 2025, year => $"What was the revenue of {One(chance, Companies)} in {year}?", chance)),
            ("number", false, () => Two(chance, 2, 90, number => $"How many milligrams of ibuprofen may a child of {number} kilograms take?", chance)),
            ("unit", false, () => Change(chance, ["kilometres", "miles"], unit => $"How far is it from {One(chance, Cities)} to the sea in {unit}?")),
            ("opposite", false, () => Opposite(chance)),
            ("from to", false, () => Swapped(chance)),
            ("entity", false, () => Change(chance, Countries, country => $"What is the capital of {country}?")),
            ("company", false, () => Change(chance, Companies, company => $"Who is the chief executive of {company}?")),
            ("product", false, () => Change(chance, Products, product => $"How do I turn on {One(chance, Things)} in {product}?")),
            ("negation", false, () => Negated(chance)),
            ("comparative", false, () => Change(chance, ["largest", "smallest"], rank => $"What is the {rank} city in {One(chance, Countries)} by population?")),
            ("before after", false, () => Change(chance, ["before", "after"], when => $"Should I take the tablets {when} breakfast when travelling to {One(chance, Countries)}?")),
            ("identifier", false, () => Two(chance, 1_000, 9_999, id => $"What is the status of ticket OPS-{id}?", chance)),
            ("code", false, () => Change(chance, ["sort()", "sorted()", "reverse()"], call => $"What does `{call}` return for a list of {One(chance, ["strings", "numbers"])} in Python?")),
            ("language", false, () => Change(chance, ["French", "Spanish", "Korean"], language => $"Translate 'good morning, {One(chance, Cities)}' into {language}.")),
            ("spelling", true, () => Respelled(chance)),
            ("politeness", true, () => Polite(chance)),
            ("question word", true, () => Reworded(chance)),
            ("contraction", true, () => Contracted(chance)),
        ];
        return [.. kinds.SelectMany(kind => Enumerable.Range(0, each).Select(_ => PairOf(kind.Kind, kind.IsSame, kind.Make())).Distinct())];
    }

    private static AskPair PairOf(string kind, bool isSame, (string Known, string Asked) pair) => new($"rule: {kind}", pair.Known, pair.Asked, isSame);

    private static string One(Random chance, string[] of) => of[chance.Next(of.Length)];

    /// <summary>A template with two values of one slot, all its other slots the same.</summary>
    private static (string, string) Change(Random chance, string[] values, Func<string, string> template)
    {
        var first = chance.Next(values.Length);
        var second = (first + 1 + chance.Next(values.Length - 1)) % values.Length;
        // The other slots draw after this: the same mark makes them draw the same twice.
        const string mark = "\u0001";
        var written = template(mark);
        return (written.Replace(mark, values[first], StringComparison.Ordinal), written.Replace(mark, values[second], StringComparison.Ordinal));
    }

    private static (string, string) Two(Random chance, int from, int to, Func<string, string> template, Random draws)
    {
        var first = draws.Next(from, to);
        var second = first;
        while (second == first)
            second = draws.Next(from, to);
        return Change(chance, [$"{first}", $"{second}"], template);
    }

    private static (string, string) Opposite(Random chance)
    {
        var (one, other) = Opposites[chance.Next(Opposites.Length)];
        return Change(chance, [one, other], word => $"How do I {word} {One(chance, Things)} in {One(chance, Products)}?");
    }

    private static (string, string) Swapped(Random chance)
    {
        var from = One(chance, Cities);
        var to = from;
        while (to == from)
            to = One(chance, Cities);
        string[] forms = ["How long is the flight from {0} to {1}?", "Translate this address of {0} into one of {1}", "How do I convert a file from {0} format to {1} format?", "Is {0} north of {1}?"];
        var form = One(chance, forms);
        return (string.Format(System.Globalization.CultureInfo.InvariantCulture, form, from, to), string.Format(System.Globalization.CultureInfo.InvariantCulture, form, to, from));
    }

    private static (string, string) Negated(Random chance)
    {
        var (thing, product) = (One(chance, Things), One(chance, Products));
        (string, string)[] forms =
        [
            ($"Why does {product} support {thing}?", $"Why does {product} not support {thing}?"),
            ($"Which users can see {thing} in {product}?", $"Which users can't see {thing} in {product}?"),
            ($"Is it safe to use {product} with {thing}?", $"Is it unsafe to use {product} without {thing}?"),
            ($"List the settings of {product} that affect {thing}", $"List the settings of {product} that never affect {thing}"),
        ];
        return forms[chance.Next(forms.Length)];
    }

    private static string Plain(Random chance)
    {
        string[] forms =
        [
            $"what is the capital of {One(chance, Countries)}",
            $"how do I turn on {One(chance, Things)} in {One(chance, Products)}",
            $"how long is the flight from {Cities[chance.Next(4)]} to {Cities[4 + chance.Next(4)]}",
            $"who is the chief executive of {One(chance, Companies)}",
            $"what is the largest city in {One(chance, Countries)} by population",
        ];
        return One(chance, forms);
    }

    private static string Sentence(string plain) => $"{char.ToUpperInvariant(plain[0])}{plain[1..]}?";

    private static (string, string) Respelled(Random chance)
    {
        var plain = Plain(chance);
        return (Sentence(plain), One(chance, [plain, $"{plain} ?", $"{plain}??", $"  {Sentence(plain)}\n"]));
    }

    private static (string, string) Polite(Random chance)
    {
        var plain = Plain(chance);
        return (Sentence(plain), One(chance, [$"Hi, {plain}? Thanks!", $"Please tell me: {plain}?", $"Quick question - {plain}?", $"{Sentence(plain)} Thank you."]));
    }

    private static (string, string) Reworded(Random chance)
    {
        var (country, thing, product, company) = (One(chance, Countries), One(chance, Things), One(chance, Products), One(chance, Companies));
        (string, string)[] forms =
        [
            ($"What is the capital of {country}?", $"Which city is the capital of {country}?"),
            ($"How do I turn on {thing} in {product}?", $"How can I turn on {thing} in {product}?"),
            ($"How do I turn on {thing} in {product}?", $"What is the way to switch on {thing} in {product}?"),
            ($"Who is the chief executive of {company}?", $"Who is the CEO of {company}?"),
            ($"What is the largest city in {country} by population?", $"Which city in {country} has the largest population?"),
        ];
        return forms[chance.Next(forms.Length)];
    }

    private static (string, string) Contracted(Random chance)
    {
        var (country, company) = (One(chance, Countries), One(chance, Companies));
        (string, string)[] forms =
        [
            ($"What is the capital of {country}?", $"What's the capital of {country}?"),
            ($"Who is the chief executive of {company}?", $"Who's the chief executive of {company}?"),
            ($"Why is {company} not listed in {country}?", $"Why isn't {company} listed in {country}?"),
        ];
        return forms[chance.Next(forms.Length)];
    }
}
