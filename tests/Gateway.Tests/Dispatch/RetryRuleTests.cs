using Gateway.Dispatch;
using Gateway.Upstream;

namespace Gateway.Tests.Dispatch;

public sealed class RetryRuleTests
{
    private static readonly RetryRoom All = new(true, true, true, true, true, true);

    public static TheoryData<FaultKind, RetryStep> WithAllRoom => new()
    {
        { FaultKind.ConnectFailed, RetryStep.NextReplica },
        { FaultKind.StaleConnection, RetryStep.Reconnect },
        { FaultKind.Reset, RetryStep.NextReplica },
        { FaultKind.ServerError, RetryStep.NextReplica },
        { FaultKind.Overloaded, RetryStep.NextReplica },
        { FaultKind.FirstTokenTimeout, RetryStep.NextReplica },
        { FaultKind.Aborted, RetryStep.NextReplica },
        { FaultKind.Garbage, RetryStep.NextReplica },
        { FaultKind.Cut, RetryStep.NextReplica },
        { FaultKind.Stalled, RetryStep.NextReplica },
        { FaultKind.CredentialsRefused, RetryStep.NextReplica },
        { FaultKind.ModelMissing, RetryStep.NextReplica },
        { FaultKind.ContextExceeded, RetryStep.LargerPool },
        { FaultKind.CallerError, RetryStep.Stop },
        { FaultKind.DeadlinePassed, RetryStep.Stop },
        { FaultKind.GatewayStopping, RetryStep.Stop },
        { FaultKind.CallerGone, RetryStep.Stop },
    };

    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Fact]
    public void The_table_is_whole() => Assert.Equal(Enum.GetValues<FaultKind>().Length, WithAllRoom.Count);

    [Theory]
    [MemberData(nameof(WithAllRoom))]
    public void Goes_on_by_the_kind_of_fault(FaultKind fault, RetryStep step) => Assert.Equal(step, RetryRule.Decide(fault, false, All));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Never_retries_once_committed(FaultKind fault) => Assert.Equal(RetryStep.Stop, RetryRule.Decide(fault, true, All));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Never_retries_without_room(FaultKind fault) => Assert.Equal(RetryStep.Stop, RetryRule.Decide(fault, false, default));

    [Fact]
    public void Reconnects_once_per_request() =>
        Assert.Equal(RetryStep.NextReplica, RetryRule.Decide(FaultKind.StaleConnection, false, All with { MayReconnect = false }));

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void Moves_to_the_next_pool_when_this_one_is_spent(bool attempt, bool replica, bool budget) =>
        Assert.Equal(
            RetryStep.NextPool,
            RetryRule.Decide(FaultKind.ServerError, false, All with { HasAttempt = attempt, HasReplica = replica, HasBudget = budget }));

    [Theory]
    [InlineData(FaultKind.Reset, RetryStep.SameReplica)]
    [InlineData(FaultKind.ServerError, RetryStep.SameReplica)]
    [InlineData(FaultKind.Aborted, RetryStep.Stop)]
    [InlineData(FaultKind.FirstTokenTimeout, RetryStep.Stop)]
    [InlineData(FaultKind.Overloaded, RetryStep.Stop)]
    public void Tries_the_only_replica_again_if_the_fault_may_pass(FaultKind fault, RetryStep step) =>
        Assert.Equal(step, RetryRule.Decide(fault, false, All with { HasReplica = false, HasPool = false, MayReconnect = false }));
}
