using Gateway.Routing.Balancing;
using Gateway.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Balancing;

public sealed class ReplicaWorkTests
{
    private const long Kv = 100_000;

    private readonly FakeTimeProvider _time = new();
    private readonly ReplicaWork _work;

    public ReplicaWorkTests() => _work = new ReplicaWork(_time);

    private Standing Now => _work.Look(Kv);

    [Fact]
    public void A_streams_prompt_counts_until_its_first_token_and_the_request_until_its_end()
    {
        var forecast = Reads(3000);
        Assert.Equal(3000, _work.Enter(forecast, streams: true));
        Assert.Equal((3000, 1), (Now.Prefill, Now.Requests));
        _work.Begin(forecast, streams: true, 3000, TimeSpan.FromSeconds(1));
        Assert.Equal((0, 1), (Now.Prefill, Now.Requests));
        Assert.Equal(0.03, Now.KvUse, 3);
        _work.Leave(forecast);
        Assert.Equal((0, 0, 0), (Now.Prefill, Now.Requests, Now.KvUse));
    }

    [Fact]
    public void What_is_cached_is_not_read_again()
    {
        _work.Enter(new Forecast(PromptTokens: 5000, MatchedTokens: 4500, HitTokens: 4000, Seconds: 0), streams: true);
        Assert.Equal(1000, Now.Prefill);
    }

    [Fact]
    public void An_attempt_that_fails_takes_its_tokens_with_it()
    {
        foreach (var streams in (bool[])[true, false])
        {
            _work.Enter(Reads(3000), streams);
            _work.Abandon(Reads(3000), streams);
            Assert.Equal((0, 0, 0), (Now.Prefill, Now.Requests, Now.KvUse));
        }
    }

    [Fact]
    public void The_prompt_of_an_answer_in_one_piece_runs_off_with_time()
    {
        _work.Enter(Reads(30_000), streams: false);
        Assert.Equal((30_000, 1), (Now.Prefill, Now.Requests));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(15_000, Now.Prefill, 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, Now.Prefill);
        _work.Begin(Reads(30_000), streams: false, 0, TimeSpan.FromSeconds(6));
        _work.Leave(Reads(30_000));
        Assert.Equal((0, 0, 0), (Now.Prefill, Now.Requests, Now.KvUse));
    }

    [Fact]
    public void Speed_is_learned_from_all_that_was_queued_up_quickly_and_down_slowly()
    {
        Learn(40_000, seconds: 1);
        Assert.Equal(40_000, Now.TokensPerSecond, 1);
        Learn(20_000, seconds: 1);
        Assert.InRange(Now.TokensPerSecond, 38_000, 39_999);
        Learn(80_000, seconds: 1);
        Assert.InRange(Now.TokensPerSecond, 45_000, 50_000);
    }

    [Fact]
    public void A_short_prompt_teaches_no_speed()
    {
        Learn(200, seconds: 0.5);
        Assert.Equal(15_000, Now.TokensPerSecond);
    }

    [Fact]
    public void A_scrape_adds_what_others_have_there_while_it_is_fresh()
    {
        _work.Enter(Reads(1000), streams: true);
        _work.Scraped(new ReplicaLoad(Running: 5, Waiting: 3, KvUse: 0.5, _time.GetTimestamp()), ours: 1);
        var fresh = Now;
        Assert.True(fresh.Prefill > 3000);
        Assert.Equal(8, fresh.Requests);
        Assert.Equal(0.5, fresh.KvUse, 3);
        _work.Enter(Reads(10_000), streams: true);
        Assert.Equal(0.6, Now.KvUse, 3);
        _time.Advance(ReplicaWork.ScrapeLifetime + TimeSpan.FromMilliseconds(1));
        Assert.Equal(11_000, Now.Prefill);
    }

    [Fact]
    public void Of_what_others_have_there_the_average_of_late_counts()
    {
        Scrape(running: 10);
        Assert.Equal(10, Now.Requests);
        Scrape(running: 0);
        Assert.Equal(8, Now.Requests, 6);
        Scrape(running: 0);
        Assert.Equal(6.4, Now.Requests, 6);
        _time.Advance(TimeSpan.FromSeconds(3));
        Scrape(running: 1);
        Assert.Equal(1, Now.Requests);
    }

    [Fact]
    public void A_request_costs_the_more_the_slower_a_replica_generates_and_the_longer_its_answers_are()
    {
        Assert.Equal(0.01, Now.SecondsPerRequest, 6);
        for (var i = 0; i < 2000; i++)
            _work.Leave(default, TimeSpan.FromMilliseconds(25));
        Assert.Equal(0.02, Now.SecondsPerRequest, 3);
        for (var i = 0; i < 2000; i++)
            _work.Answered(400);
        Assert.Equal(0.04, Now.SecondsPerRequest, 3);
        for (var i = 0; i < 2000; i++)
            _work.Answered(100_000);
        Assert.Equal(0.05, Now.SecondsPerRequest, 6);
    }

    private void Scrape(int running)
    {
        _time.Advance(TimeSpan.FromSeconds(0.5));
        _work.Scraped(new ReplicaLoad(running, 0, 0, _time.GetTimestamp()), ours: 0);
    }

    private void Learn(int tokens, double seconds)
    {
        var ahead = _work.Enter(Reads(tokens), streams: true);
        _work.Begin(Reads(tokens), streams: true, ahead, TimeSpan.FromSeconds(seconds));
        _work.Leave(Reads(tokens));
    }

    private static Forecast Reads(int tokens) => new(tokens, 0, 0, 0);
}
