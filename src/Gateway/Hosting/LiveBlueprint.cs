namespace Gateway.Hosting;

/// <summary>The blueprint in force; replaced whole, so that a request sees one configuration from beginning to end.</summary>
public sealed class LiveBlueprint(Blueprint first)
{
    private volatile Blueprint _current = first;
    private TaskCompletionSource _replaced = Unanswered();

    public Blueprint Current => _current;

    public void Replace(Blueprint next)
    {
        _current = next;
        Interlocked.Exchange(ref _replaced, Unanswered()).SetResult();
    }

    /// <summary>Completes once another one than this is in force.</summary>
    public Task OtherThanAsync(Blueprint seen, CancellationToken cancel)
    {
        // Read before the blueprint: whoever replaces that afterwards answers this.
        var replaced = Volatile.Read(ref _replaced);
        return ReferenceEquals(_current, seen) ? replaced.Task.WaitAsync(cancel) : Task.CompletedTask;
    }

    private static TaskCompletionSource Unanswered() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
