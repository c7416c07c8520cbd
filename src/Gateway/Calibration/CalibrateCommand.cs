using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Cascade;

namespace Gateway.Calibration;

/// <summary><c>gateway calibrate</c>: thresholds for a wanted share or cost, from labelled or logged traffic.</summary>
internal static class CalibrateCommand
{
    /// <summary>The report for every cascade of the configuration.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="data">A file or a folder of rows.</param>
    /// <param name="report">The report, or what is wrong with the data.</param>
    /// <returns>Whether there is a report.</returns>
    public static bool TryRun(GatewayOptions options, string data, out string report)
    {
        var cascades = BlueprintBuilder.ToRead(options).Catalog.Routes.Where(route => route.Choice is not null).ToList();
        if (cascades.Count == 0)
        {
            report = "no model has a cascade, so there is no threshold to calibrate";
            return false;
        }

        try
        {
            var reports = cascades.Select(route => Of(route, data)).ToList();
            report = string.Join("\n", reports.Select(one => one.Text));
            return reports.TrueForAll(one => one.HasRows);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            report = e.Message;
            return false;
        }
    }

    private static (string Text, bool HasRows) Of(ModelRoute route, string data)
    {
        var reader = new CalibrationReader(route.Choice!.Scorer);
        var rows = reader.Read(CalibrationLines.Of(data)).ToList();
        if (rows.Count == 0)
            return ($"{data} holds no labelled prompt and no logged request; lines passed over: {reader.Passed}", false);
        var passed = reader.Passed == 0 ? "" : $"\n  lines passed over, neither labelled prompts nor logged requests: {reader.Passed}\n";
        return (CalibrationReport.Of(route, rows) + passed, true);
    }
}
