namespace Gateway.Configuration.Reading;

/// <summary>Text, a number, a switch or nothing: the type of the option decides which.</summary>
internal sealed class ScalarNode(ConfigMark mark, string text, bool plain, ConfigMark textMark) : ConfigNode(mark, 1, 0)
{
    /// <summary>Where the text itself begins, after a quote or below a bar.</summary>
    public ConfigMark TextMark { get; } = textMark;

    public string Text { get; } = text;

    /// <summary>Written without quotes.</summary>
    public bool Plain { get; } = plain;

    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Word => Quoting.Quote(Text);
}
