namespace Gateway.Configuration.Reading;

/// <summary>Fills in variables and reads single values; reports what is wrong without showing a secret.</summary>
internal sealed class ScalarBinder(
    Func<string, string?> environment, SecretReader secrets, ConfigMarks marks, ICollection<ConfigError> errors)
{
    private readonly Expansion _expansion = new(environment);

    /// <summary>The value; null when it could not be read, which is then marked and reported.</summary>
    public object? Bind(ConfigNode node, Type type, OptionMember member, string path)
    {
        if (node is not ScalarNode scalar)
        {
            return Fail(path, node, $"{node.Word} stands where the file needs {Word(type)}");
        }

        if (scalar.IsNull)
        {
            return Fail(path, node, $"has no value; write {Word(type)} or remove the key");
        }

        if (member.IsExpression)
        {
            marks.PutText(path, scalar.TextMark);
        }

        var shown = member.IsSecret ? "the value" : scalar.Word;
        var expanded = _expansion.Expand(scalar.Text);
        foreach (var problem in expanded.Problems)
        {
            Fail(path, node, $"{shown} {problem}");
        }

        if (expanded.Problems.Count > 0)
        {
            return null;
        }

        if (!scalar.Plain && !expanded.HasVariables && ScalarReader.IsBare(type) && !member.IsByteSize)
        {
            return Fail(path, node, $"{shown} is text because of its quotes; write {Word(type)} without them");
        }

        var reading = member.IsSecret ? secrets.Read(expanded.Text) : ScalarReader.Read(expanded.Text, type, member);
        if (reading.Problem is null)
        {
            return reading.Value;
        }

        var filled = expanded.HasVariables ? " (with its variables filled in)" : "";
        var quoted = reading.Hidden ? "the address" : shown;
        return Fail(path, node, member.IsSecret ? reading.Problem : $"{quoted}{filled} {reading.Problem}");
    }

    private object? Fail(string path, ConfigNode node, string message)
    {
        marks.PutUnreadable(path);
        var at = node is ScalarNode { IsNull: false } ? node.Mark : marks.Find(path);
        errors.Add(new ConfigError(at.Line, at.Column, path, message));
        return null;
    }

    private static string Word(Type type) => type switch
    {
        _ when type == typeof(TimeSpan) => "a duration, such as 60s",
        _ when type == typeof(Uri) => "an address, such as http://10.0.1.4:8000",
        _ when type == typeof(bool) => "true or false",
        _ when ScalarReader.IsNumber(type) => "a number",
        _ => "a text",
    };
}
