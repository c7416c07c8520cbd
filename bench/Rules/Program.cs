using System.Diagnostics;
using System.Globalization;
using Gateway.Bench.Rules;
using Gateway.Routing.Rules.Cel;

// Times the evaluation of typical rules: for each the median over many short runs, in nanoseconds, and the bytes it allocates.
// dotnet run --project bench/Rules --configuration Release
const int Runs = 401;
const int PerRun = 5_000;

string[] rules =
[
    "request.prompt_tokens > 24000 && tenant.id != \"x\"",
    "headers[\"x-team\"].startsWith(\"a\") && \"web\" in request.tool_names",
    "request.model in [\"auto\", \"glm-5\"] && tenant.id in [\"sales\", \"interns\"]",
    "request.tool_names.exists(name, name == \"web\")",
    "request.model.matches(\"^(auto|gpt-.*)$\")",
    "headers[\"x-absent\"] == \"a\"",
];

var subject = new Subject();
Console.WriteLine("p50 ns  bytes  compile us  rule");
foreach (var rule in rules)
{
    var started = Stopwatch.GetTimestamp();
    var program = CelCompiler.Compile(rule, Subject.Variables).Program!;
    var compiled = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    var nanos = new double[Runs];
    var bytes = 0L;
    for (var run = 0; run < Runs; run++)
    {
        bytes = GC.GetAllocatedBytesForCurrentThread();
        started = Stopwatch.GetTimestamp();
        for (var i = 0; i < PerRun; i++)
            program.Holds(subject, out _, out _);
        nanos[run] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / PerRun;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
    }

    Array.Sort(nanos);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nanos[Runs / 2],6:0.0}  {bytes / PerRun,5}  {compiled,10:0}  {rule}"));
}
