using System.Text;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Routing.Tests.Complexity.Conversation;

public sealed class ToolLoopTests
{
    [Theory]
    [InlineData("1 1 1", true)]
    [InlineData("1 2 1 3 1", true)]
    [InlineData("1 2 3 4 1 1", true)]
    [InlineData("1 1", false)]
    [InlineData("1 1 2 2 3 3", false)]
    [InlineData("1 2 3 4 5 1 1", false)]
    [InlineData("", false)]
    public void The_same_call_three_times_in_six_is_a_circle(string calls, bool isStuck)
    {
        var loop = default(ToolLoop);
        foreach (var call in calls.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            loop.AddCall(int.Parse(call, null));
        Assert.Equal(isStuck, loop.IsStuck);
    }

    [Theory]
    [InlineData("xxx", true)]
    [InlineData("xx", false)]
    [InlineData("xx.xxx", false)]
    [InlineData(".xxx", false)]
    public void Three_failures_in_a_row_up_to_now_are_a_circle(string results, bool isStuck)
    {
        var loop = default(ToolLoop);
        foreach (var result in results)
            loop.AddResult(result == 'x');
        Assert.Equal(isStuck, loop.IsStuck);
    }

    [Theory]
    [InlineData("Error: file not found", true)]
    [InlineData("  error TS2304: Cannot find name", true)]
    [InlineData("Traceback (most recent call last):\n  File", true)]
    [InlineData("bash: dotnet: command not found", true)]
    [InlineData("<tool_use_error>String to replace not found</tool_use_error>", true)]
    [InlineData("{\\\"error\\\":\\\"timeout\\\"}", true)]
    [InlineData("Build output\nExit code: 1", true)]
    [InlineData("Build succeeded. 0 errors.", false)]
    [InlineData("public sealed class ErrorReply", false)]
    [InlineData("Exit code: 0", false)]
    [InlineData("", false)]
    public void A_result_shows_at_its_beginning_that_a_call_failed(string result, bool hasFailed) =>
        Assert.Equal(hasFailed, FailedResult.Is(Encoding.UTF8.GetBytes(result)));
}
