using System.Diagnostics;
using Gateway.Bench.Load.Usage;

namespace Gateway.Load.Tests.Usage;

public sealed class ProcTests
{
    private const string Fields = "S 7 42 42 0 -1 4194560 1523 0 0 0 130 25 3 4 20 0 9 0 8843 274 5512 18446744073709551615";

    [Theory]
    [InlineData("nginx")]
    [InlineData("nginx: worker process")]
    [InlineData("a (b) c")]
    [InlineData(") R 1 2 3 (")]
    public void A_program_may_be_named_anything(string name) =>
        Assert.Equal(new ProcStat(Parent: 7, CpuTicks: 155), ProcStat.Parse($"42 ({name}) {Fields}\n"));

    [Fact]
    public void Ticks_are_hundredths_of_a_second() => Assert.Equal(TimeSpan.FromSeconds(1.55), new ProcStat(1, 155).Cpu);

    [Theory]
    [InlineData("")]
    [InlineData("42 nginx S 7")]
    [InlineData("42 (nginx) S 7 42")]
    public void A_line_of_another_form_is_refused(string line) => Assert.Throws<FormatException>(() => ProcStat.Parse(line));

    [Fact]
    public void Memory_is_read_in_bytes_and_absent_lines_are_none()
    {
        Assert.Equal(
            new ProcStatus(ResidentBytes: 93_184 * 1024, PeakResidentBytes: 95_000 * 1024),
            ProcStatus.Parse("Name:\tdotnet\nVmPeak:\t  274 kB\nVmHWM:\t   95000 kB\nVmRSS:\t   93184 kB\nThreads:\t9\n"));
        Assert.Equal(default, ProcStatus.Parse("Name:\tkthreadd\n"));
    }

    [Fact]
    public async Task Children_count_as_their_parent()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "echo up; sleep 30 & sleep 30"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        try
        {
            await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var alone = ProcStatus.Parse(await File.ReadAllTextAsync($"/proc/{shell.Id}/status", TestContext.Current.CancellationToken));
            var enough = alone.ResidentBytes * 3 / 2;
            for (var tries = 0; ProcessUsage.OfTree(shell.Id).ResidentBytes < enough && tries < 500; tries++)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            Assert.True(ProcessUsage.OfTree(shell.Id).ResidentBytes >= enough);
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void A_process_that_is_not_there_has_used_nothing() => Assert.Equal(default, ProcessUsage.OfTree(int.MaxValue));
}
