using System.Diagnostics;
using System.Text;
using CsCheck;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Routing.Tests.Complexity.Conversation;

public sealed class HumanTextTests
{
    private static readonly string[] Pieces =
        ["<system-reminder>", "</system-reminder>", "<task>", "</task>", "</", "<", ">", "[x] Result:", "<feedback>", "é", "\n", "a "];

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("  hello\n", "hello")]
    [InlineData("<system-reminder>\nToday is Monday.\n</system-reminder>\nFix the bug.", "Fix the bug.")]
    [InlineData("Fix <system-reminder>a</system-reminder>the<system-reminder>b</system-reminder> bug.", "Fix the bug.")]
    [InlineData("<environment_context>\n  <cwd>/w</cwd>\n</environment_context>", "")]
    [InlineData("<permissions instructions>\nsandboxed\n</permissions instructions>ls", "ls")]
    [InlineData("# AGENTS.md instructions for /w\n\n<INSTRUCTIONS>\nUse tabs.\n</INSTRUCTIONS>", "")]
    [InlineData("<task>\nAdd a test.\n</task>\n<environment_details>\nfiles…\n</environment_details>", "Add a test.")]
    [InlineData("<additional_data>a.cs</additional_data>\n<user_query>\nWhy null?\n</user_query>", "Why null?")]
    [InlineData("[execute_command for 'ls'] Result:\na.txt", "")]
    [InlineData("[attempt_completion] Result:\nThe user says:\n<feedback>\nMake it blue.\n</feedback>", "Make it blue.")]
    [InlineData("Observation: 42", "")]
    [InlineData("[Request interrupted by user]", "")]
    public void Takes_away_what_a_harness_put_around_the_words(string turn, string words) => Assert.Equal(words, Of(turn));

    [Theory]
    [InlineData("What does <system-reminder> mean?")]
    [InlineData("Repair <tasks><task>a</task><task>b</task></tasks> for me.")]
    [InlineData("Is 1 < 2 and <b>bold</b> fine? <")]
    [InlineData("Grade <answer>42</answer> to <question>6*7</question>.")]
    public void Leaves_what_a_person_may_have_written(string turn) => Assert.Equal(turn, Of(turn));

    [Fact]
    public void A_body_of_opening_tags_is_read_once()
    {
        var turn = string.Concat(Enumerable.Repeat("<system-reminder><user_info>", 200_000));
        var watch = Stopwatch.StartNew();
        Assert.Equal(turn, Of(turn));
        // Searched to its end for each tag it would take minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    [Fact]
    public void Any_text_gives_a_part_of_itself() =>
        Gen.Int[0, 11].Select(i => Pieces[i]).Array[0, 30].Sample(parts =>
            {
                var text = Encoding.UTF8.GetBytes(string.Concat(parts));
                var length = text.Length;
                return HumanText.Of(text).Length <= length;
            });

    private static string Of(string turn) => Encoding.UTF8.GetString(HumanText.Of(Encoding.UTF8.GetBytes(turn)));
}
