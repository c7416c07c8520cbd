using Gateway.Routing.Conversations;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Conversations;

public sealed class ConversationMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Recalls_where_a_conversation_started_last()
    {
        var memory = new ConversationMemory(_time, 64);
        memory.Remember(new ConversationKey(5), 0);
        memory.Remember(new ConversationKey(5), 1);
        Assert.Equal(1, memory.Recall(new ConversationKey(5)));
        Assert.Null(memory.Recall(new ConversationKey(6)));
    }

    [Fact]
    public void Forgets_a_conversation_that_was_idle_for_long()
    {
        var memory = new ConversationMemory(_time, 64, TimeSpan.FromMinutes(5));
        memory.Remember(new ConversationKey(5), 1);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, memory.Recall(new ConversationKey(5)));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(memory.Recall(new ConversationKey(5)));
    }

    [Fact]
    public void A_full_bucket_gives_up_the_one_used_longest_ago()
    {
        var memory = new ConversationMemory(_time, 4);
        for (ulong key = 1; key <= 5; key++)
        {
            memory.Remember(new ConversationKey(key), (int)key);
            _time.Advance(TimeSpan.FromSeconds(1));
            // The first is used again before the fifth arrives, so the second is the oldest.
            if (key == 4)
                memory.Remember(new ConversationKey(1), 1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([1, null, 3, 4, 5], Enumerable.Range(1, 5).Select(key => memory.Recall(new ConversationKey((ulong)key))));
    }

    [Fact]
    public void A_share_of_conversations_grows_without_losing_any()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => new ConversationKey((ulong)i)).ToList();
        var (few, many) = (keys.Where(key => key.FallsInto(0.05, 9)).ToHashSet(), keys.Where(key => key.FallsInto(0.20, 9)).ToHashSet());
        Assert.Equal(0.05, few.Count / 20_000.0, 0.01);
        Assert.Equal(0.20, many.Count / 20_000.0, 0.01);
        Assert.Subset(many, few);
    }
}
