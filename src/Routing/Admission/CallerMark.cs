namespace Gateway.Routing.Admission;

/// <summary>Tells callers apart, so that those who wait get equal shares. The default value stands for all that present no key.</summary>
/// <param name="Hash">Of the key they present; two callers with one hash share a share, nothing worse.</param>
public readonly record struct CallerMark(int Hash)
{
    /// <summary>The mark of whoever presents this; hashed with a seed that differs from process to process.</summary>
    public static CallerMark Of(ReadOnlySpan<char> key) => key.IsEmpty ? default : new CallerMark(string.GetHashCode(key));
}
