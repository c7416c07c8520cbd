using Gateway.Dispatch.Resume;
using Gateway.Upstream;

namespace Gateway.Tests.Resume;

/// <summary>The whole table: how a broken stream goes on, or that it does not.</summary>
public sealed class ResumeRuleTests
{
    private static readonly ResumeCase Free = new(0, 2) { MayTakeTokens = true };
    private static readonly ResumeCase Text = Free with { ShowsText = true, HasContent = true };
    private static readonly ResumeCase Thought = Free with { ShowsThought = true };
    private static readonly ResumeCase Both = Text with { ShowsThought = true };

    public static TheoryData<string, Mechanism> Table
    {
        get
        {
            var rows = new TheoryData<string, Mechanism>();
            foreach (var (name, row) in Rows)
                rows.Add(name, row.Way);
            return rows;
        }
    }

    public static TheoryData<FaultKind, bool> Faults => new()
    {
        { FaultKind.ConnectFailed, false },
        { FaultKind.StaleConnection, true },
        { FaultKind.Reset, true },
        { FaultKind.ServerError, true },
        { FaultKind.Overloaded, false },
        { FaultKind.FirstTokenTimeout, false },
        { FaultKind.Aborted, true },
        { FaultKind.Garbage, true },
        { FaultKind.Cut, true },
        { FaultKind.Stalled, true },
        { FaultKind.CredentialsRefused, false },
        { FaultKind.ModelMissing, false },
        { FaultKind.ContextExceeded, false },
        { FaultKind.CallerError, false },
        { FaultKind.DeadlinePassed, false },
        { FaultKind.GatewayStopping, false },
        { FaultKind.CallerGone, false },
    };

    private static Dictionary<string, (ResumeCase Case, Mechanism Way)> Rows { get; } = new()
    {
        ["nothing shown"] = (Free, Mechanism.Restart),
        ["nothing shown, of a kind that cannot be continued"] = (Free with { IsBound = true }, Mechanism.Restart),
        ["nothing shown, bound by a grammar"] = (Free with { IsStructured = true }, Mechanism.Restart),
        ["nothing but white space shown"] = (Free with { HasContent = true }, Mechanism.Restart),
        ["a held call"] = (Free with { HoldsCall = true, OffersTools = true }, Mechanism.Restart),
        ["text"] = (Text, Mechanism.Continue),
        ["text, then a held call"] = (Text with { HoldsCall = true, OffersTools = true }, Mechanism.Continue),
        ["text with log-probabilities"] = (Text with { WantsLogprobs = true }, Mechanism.Continue),
        ["text of a kind that cannot be continued"] = (Text with { IsBound = true }, Mechanism.None),
        ["text bound by a grammar"] = (Text with { IsStructured = true }, Mechanism.Replay),
        ["text after a thought"] = (Both, Mechanism.Continue),
        ["a thought"] = (Thought, Mechanism.Tokens),
        ["a thought, bound by a grammar"] = (Thought with { IsStructured = true }, Mechanism.Replay),
        ["a thought with log-probabilities"] = (Thought with { WantsLogprobs = true }, Mechanism.None),
        ["a thought over an image"] = (Thought with { HasAttachments = true }, Mechanism.None),
        ["a thought of bounded length"] = (Thought with { BoundsThought = true }, Mechanism.None),
        ["a thought where no replica takes tokens"] = (Thought with { MayTakeTokens = false }, Mechanism.None),
        ["a thought, then a held call, where no replica takes tokens"] = (Thought with { MayTakeTokens = false, HoldsCall = true }, Mechanism.Continue),
        ["a thought, then a held call"] = (Thought with { HoldsCall = true }, Mechanism.Tokens),
        ["ids: text"] = (Text with { KnowsIds = true }, Mechanism.Ids),
        ["ids: a thought"] = (Thought with { KnowsIds = true }, Mechanism.Ids),
        ["ids: a hidden thought"] = (Free with { KnowsIds = true }, Mechanism.Ids),
        ["ids: text after a thought"] = (Both with { KnowsIds = true }, Mechanism.Ids),
        ["ids: white space"] = (Free with { KnowsIds = true, HasContent = true }, Mechanism.Ids),
        ["ids: a thought before tools"] = (Thought with { KnowsIds = true, OffersTools = true }, Mechanism.Ids),
        ["ids: text before tools"] = (Text with { KnowsIds = true, OffersTools = true }, Mechanism.Continue),
        ["ids: text with log-probabilities"] = (Text with { KnowsIds = true, WantsLogprobs = true }, Mechanism.Continue),
        ["ids: text over an image"] = (Text with { KnowsIds = true, HasAttachments = true }, Mechanism.Continue),
        ["ids: text bound by a grammar"] = (Text with { KnowsIds = true, IsStructured = true }, Mechanism.Replay),
        ["ids: text of a kind that cannot be continued"] = (Text with { KnowsIds = true, IsBound = true }, Mechanism.None),
        ["ids: a thought of bounded length"] = (Thought with { KnowsIds = true, BoundsThought = true }, Mechanism.None),
        ["ids: a hidden thought of bounded length"] = (Free with { KnowsIds = true, BoundsThought = true }, Mechanism.Restart),
        ["ids: text after a thought of bounded length"] = (Both with { KnowsIds = true, BoundsThought = true }, Mechanism.Ids),
        ["what was shown is not all known"] = (Text with { KnowsIds = true, IsLost = true }, Mechanism.None),
        ["it went on once"] = (Text with { Migrations = 1 }, Mechanism.Continue),
        ["it went on as often as it may"] = (Text with { KnowsIds = true, Migrations = 2 }, Mechanism.None),
        ["it may never go on"] = (Text with { MostMigrations = 0 }, Mechanism.None),
        ["one engine failed on it"] = (Text with { Deaths = 1 }, Mechanism.Continue),
        ["two engines failed on it"] = (Text with { KnowsIds = true, Deaths = 2 }, Mechanism.None),
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Goes_on_by_what_was_shown(string stream, Mechanism way) => Assert.Equal(way, ResumeRule.Decide(FaultKind.Cut, Rows[stream].Case));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Goes_on_after_faults_that_another_replica_need_not_have(FaultKind fault, bool goesOn) =>
        Assert.Equal(goesOn ? Mechanism.Continue : Mechanism.None, ResumeRule.Decide(fault, Text));

    [Fact]
    public void Every_fault_is_in_the_table() => Assert.Equal(Enum.GetValues<FaultKind>().Length, Faults.Count);

    [Theory]
    [InlineData("ids: text", null)]
    [InlineData("text", "no_ids")]
    [InlineData("ids: text before tools", "tools")]
    [InlineData("ids: text with log-probabilities", "logprobs")]
    [InlineData("ids: text over an image", "attachments")]
    [InlineData("ids: text bound by a grammar", "structured")]
    [InlineData("ids: text of a kind that cannot be continued", "bound")]
    [InlineData("ids: a thought of bounded length", "thought_budget")]
    public void Says_why_it_does_not_go_by_ids(string stream, string? reason) => Assert.Equal(reason, ResumeRule.WhyNotByIds(Rows[stream].Case));
}
