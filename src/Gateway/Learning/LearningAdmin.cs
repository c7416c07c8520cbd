using System.Globalization;
using System.Text.Json;
using Gateway.Routing.Learning;

namespace Gateway.Learning;

/// <summary>The admin listener's view of learning: <c>GET /learning</c>, <c>POST /learning/{model}/rollback</c>.</summary>
public sealed class LearningAdmin(LearningLoop loop)
{
    private const string Root = "/learning";
    private const string RollBack = "/rollback";

    /// <summary>Answers if the request is about learning.</summary>
    /// <returns>False when it is not.</returns>
    public async ValueTask<bool> TryHandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path == Root && HttpMethods.IsGet(http.Request.Method))
        {
            await WriteAsync(http);
            return true;
        }

        if (!HttpMethods.IsPost(http.Request.Method) || !path.StartsWith(Root + "/", StringComparison.Ordinal) || !path.EndsWith(RollBack, StringComparison.Ordinal)
            || path.Length <= Root.Length + 1 + RollBack.Length)
            return false;
        await RollBackAsync(http, path[(Root.Length + 1)..^RollBack.Length]);
        return true;
    }

    private async Task RollBackAsync(HttpContext http, string scope)
    {
        if (loop.Find(scope) is not { } learning)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsync($"no model '{scope}' learns\n", http.RequestAborted);
            return;
        }

        var isBack = await learning.RollBackAsync(loop.Options, http.RequestAborted);
        http.Response.StatusCode = isBack ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        var text = isBack ? $"in force: {NameOf(learning.History!.Current)}\n" : "nothing to roll back, or the state store is out of reach\n";
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    private async Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("enabled"u8, loop.Options.Enabled);
        json.WriteString("state"u8, loop.Store.Place);
        json.WriteStartArray("models"u8);
        foreach (var scope in loop.Scopes)
            Write(json, scope, await scope.CountAsync());
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, ScopeLearning scope, Dictionary<OutcomeKind, int> counts)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, scope.Scope);
        json.WriteStartObject("outcomes"u8);
        foreach (var kind in Enum.GetValues<OutcomeKind>())
            json.WriteNumber(kind.ToString().ToLowerInvariant(), counts.GetValueOrDefault(kind));
        json.WriteEndObject();
        if (scope.History is { } history)
            Write(json, scope, history);
        if (scope.LastFit is { } fit)
        {
            json.WriteStartObject("last_fit"u8);
            json.WriteString("at"u8, scope.LastFitAt!.Value);
            json.WriteNumber("outcomes"u8, fit.Outcomes);
            json.WriteString("result"u8, fit.Reason);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScopeLearning scope, CorrectionHistory history)
    {
        json.WriteString("current"u8, NameOf(history.Current));
        Write(json, "current_fit"u8, scope.Current);
        json.WriteString("candidate"u8, history.Candidate == 0 ? null : NameOf(history.Candidate));
        if (history.Candidate != 0)
        {
            json.WriteString("candidate_since"u8, DateTimeOffset.FromUnixTimeSeconds(history.Since));
            json.WriteString("candidate_seen"u8, scope.Trial);
            Write(json, "candidate_fit"u8, scope.Candidate);
        }

        json.WriteStartArray("earlier"u8);
        foreach (var version in history.Earlier)
            json.WriteStringValue(NameOf(version));
        json.WriteEndArray();
        json.WriteNumber("promotions"u8, history.Promotions);
        json.WriteNumber("rollbacks"u8, history.Rollbacks);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Correction? correction)
    {
        if (correction is null)
            return;
        json.WriteStartObject(name);
        json.WriteNumber("outcomes"u8, correction.Mark.Outcomes);
        json.WriteNumber("trust"u8, Math.Round(correction.Mark.Trust, 3));
        json.WriteNumber("correlation_default"u8, Math.Round(correction.Mark.Default, 4));
        json.WriteNumber("correlation_corrected"u8, Math.Round(correction.Mark.Corrected, 4));
        json.WriteEndObject();
    }

    private static string NameOf(uint version) => version == 0 ? "default" : version.ToString("x8", CultureInfo.InvariantCulture);
}
