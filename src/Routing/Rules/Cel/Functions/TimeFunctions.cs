using System.Collections.Frozen;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;
using static Gateway.Routing.Rules.Cel.Functions.ArithmeticFunctions;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>Arithmetic with timestamps and durations, and the parts they consist of.</summary>
internal static class TimeFunctions
{
    private const long NanosPerMillisecond = 1_000_000;
    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>Parts of a timestamp on the clock of a time zone; months, days of the month and of the year count from 0.</summary>
    private static readonly FrozenDictionary<string, Func<DateTime, long>> Parts = new Dictionary<string, Func<DateTime, long>>
    {
        ["getFullYear"] = moment => moment.Year,
        ["getMonth"] = moment => moment.Month - 1,
        ["getDate"] = moment => moment.Day,
        ["getDayOfMonth"] = moment => moment.Day - 1,
        ["getDayOfWeek"] = moment => (long)moment.DayOfWeek,
        ["getDayOfYear"] = moment => moment.DayOfYear - 1,
        ["getHours"] = moment => moment.Hour,
        ["getMinutes"] = moment => moment.Minute,
        ["getSeconds"] = moment => moment.Second,
        ["getMilliseconds"] = moment => moment.Millisecond,
    }.ToFrozenDictionary();

    public static void AddTo(FunctionTable table)
    {
        table.Add(Operators.Add, CallStyle.Global, (CelTimestamp moment, CelDuration by, out CelTimestamp sum) => moment.Add(by, out sum));
        table.Add(Operators.Add, CallStyle.Global, (CelDuration by, CelTimestamp moment, out CelTimestamp sum) => moment.Add(by, out sum));
        table.Add(Operators.Add, CallStyle.Global, (CelDuration left, CelDuration right, out CelDuration sum) =>
            CelDuration.Of((Int128)left.Nanos + right.Nanos, out sum));
        table.Add(Operators.Subtract, CallStyle.Global, (CelTimestamp moment, CelDuration by, out CelTimestamp difference) =>
            by.Nanos == long.MinValue ? Fail(CelFault.OutOfRange, out difference) : moment.Add(new CelDuration(-by.Nanos), out difference));
        table.Add(Operators.Subtract, CallStyle.Global, (CelTimestamp later, CelTimestamp earlier, out CelDuration difference) =>
            later.Since(earlier, out difference));
        table.Add(Operators.Subtract, CallStyle.Global, (CelDuration left, CelDuration right, out CelDuration difference) =>
            CelDuration.Of((Int128)left.Nanos - right.Nanos, out difference));

        foreach (var (name, part) in Parts)
        {
            table.Add(name, CallStyle.Member, (CelTimestamp moment, out long value) => Succeed(part(moment.ToMoment().UtcDateTime), out value));
            table.Add(name, CallStyle.Member, (CelTimestamp moment, string zone, out long value) =>
                TimeZones.TryConvert(moment.ToMoment(), zone, out var local) ? Succeed(part(local), out value) : Fail(CelFault.UnknownTimeZone, out value));
        }

        table.Add("getHours", CallStyle.Member, (CelDuration duration, out long value) => Succeed(duration.Nanos / (3600 * NanosPerSecond), out value));
        table.Add("getMinutes", CallStyle.Member, (CelDuration duration, out long value) => Succeed(duration.Nanos / (60 * NanosPerSecond), out value));
        table.Add("getSeconds", CallStyle.Member, (CelDuration duration, out long value) => Succeed(duration.Nanos / NanosPerSecond, out value));
        table.Add("getMilliseconds", CallStyle.Member, (CelDuration duration, out long value) =>
            Succeed(duration.Nanos % NanosPerSecond / NanosPerMillisecond, out value));
    }
}
