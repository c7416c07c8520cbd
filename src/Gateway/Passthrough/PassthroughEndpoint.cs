using System.Globalization;
using Gateway.Completions;
using Gateway.Delivery;
using Gateway.Dispatch.Admission;
using Gateway.Guarding;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade;
using Gateway.Telemetry;
using Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Passthrough;

/// <summary>Forwards a route the flow need not understand to a picked replica of the pool that the body's model names.</summary>
/// <remarks>
/// The answer is the upstream's, status and bytes, streamed as it comes. Only a replica that could not be reached is
/// replaced by another: the forwarder owns the response, so nothing later can be hidden.
/// </remarks>
public sealed class PassthroughEndpoint(LiveBlueprint live, IHttpForwarder forwarder, TimeProvider time, Drain drain, ILogger<PassthroughEndpoint> log)
{
    /// <param name="http">The request.</param>
    /// <param name="path">The route's own path.</param>
    public async Task HandleAsync(HttpContext http, string path)
    {
        var (blueprint, id, startedAt) = (live.Current, RequestId.Of(http), time.GetTimestamp());
        http.Response.Headers[GatewayHeaders.RequestId] = id;
        Straighten(http, path);
        try
        {
            await PassAsync(http, blueprint, id, startedAt);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            log.Passed(path, id, null, null, null, http.Response.StatusCode, "caller_gone", Elapsed(startedAt));
        }
    }

    /// <summary>
    /// Makes the request what the upstream knows: routing also takes other case and a closing slash, a query may hold a key, and
    /// there is nothing to upgrade to.
    /// </summary>
    private static void Straighten(HttpContext http, string path)
    {
        http.Request.Path = path;
        http.Request.QueryString = default;
        http.Features.Set<IHttpUpgradeFeature>(null);
    }

    private async Task PassAsync(HttpContext http, Blueprint blueprint, string id, long startedAt)
    {
        var (body, error) = await RequestBodyReader.ReadAsync(http, blueprint.Options.Server.MaxRequestBytes);
        using (body)
        {
            var field = default(ModelField);
            if (error is null)
                (field, error) = ModelField.Find(body!.Span, http.Request.ContentType, blueprint.Options.Server.MaxJsonDepth);
            RoutePlan? plan = null;
            if (error is null)
                (plan, error) = PlanOf(http, blueprint, field.Model);
            if (error is null)
                error = GuardError(http, blueprint, field.Model);
            if (error is not null)
            {
                await ErrorReply.SendAsync(http, error);
                log.Passed(http.Request.Path, id, field.Model, null, null, error.Status, error.Code, Elapsed(startedAt));
                return;
            }

            var route = blueprint.Catalog.Find(field.Model)!;
            var (replica, pool, cause) = await ForwardAsync(http, blueprint, route, plan!, body!, field, id);
            log.Passed(http.Request.Path, id, route.Name, pool, replica?.Name, http.Response.StatusCode, cause, Elapsed(startedAt));
        }
    }

    /// <summary>The model's pools, as far as the request may go to them; rules are not asked, since they judge chat.</summary>
    private static (RoutePlan? Plan, ApiError? Error) PlanOf(HttpContext http, Blueprint blueprint, string model)
    {
        if (blueprint.Catalog.Find(model) is not { } route)
            return (null, ApiError.ModelNotFound(model, blueprint.Catalog.Names));
        var plan = CascadeRouter.PlanUnscored(route);
        var error = GroupBond.Find(http.Request.Headers, blueprint.Fleet, (route.Group, null, null), out var group)
            ?? GroupBond.Bind(ref plan, route.Name, group);
        return (plan, error);
    }

    /// <summary>Nobody inspects what goes over these routes: where somebody should, it does not go, or it is said.</summary>
    private static ApiError? GuardError(HttpContext http, Blueprint blueprint, string model)
    {
        if (blueprint.Guards is not { } guards || !guards.Covers(blueprint.Catalog.Find(model)!))
            return null;
        if (!guards.PassesOtherRoutes)
        {
            const string Message = "Guards inspect requests for this model, and they do not cover this route. "
                + "guardrails.other_routes: pass serves it without inspection, as guardrails: none of the model does.";
            return new ApiError(403, "invalid_request_error", "guard_not_covered", Message);
        }

        // Headers that are set now are cleared with those of a replica that could not be reached.
        http.Response.OnStarting(
            static response =>
            {
                ((HttpResponse)response).Headers[GuardNote.Header] = GuardNote.NotRun;
                return Task.CompletedTask;
            },
            http.Response);
        return null;
    }

    private double Elapsed(long since) => Math.Round(time.GetElapsedTime(since).TotalMilliseconds, 2);

    private async Task<(Replica? Replica, string? Pool, string? Cause)> ForwardAsync(
        HttpContext http, Blueprint blueprint, ModelRoute route, RoutePlan plan, RequestBody body, ModelField field, string id)
    {
        var (tried, note) = (new List<Replica>(), new QueueNote());
        foreach (var to in plan.Pools.Select(blueprint.UpstreamOf))
        {
            if (!to.Pool.HasUntried(tried))
                continue;
            var outcome = await Doorkeeper.EnterAsync(to, http, body.Length, drain.Expired);
            note.Add(to.Pool.Name, outcome);
            try
            {
                http.RequestAborted.ThrowIfCancellationRequested();
                if (drain.Expired.IsCancellationRequested)
                    break;
                if (!outcome.IsEntered)
                    continue;
                if (await ForwardAsync(http, to, tried, plan, route.AdapterAt(to.Pool), body, field, id) is { } end)
                    return end;
            }
            finally
            {
                outcome.Place.Leave();
            }
        }

        var last = tried.Count == 0 ? null : tried[^1];
        var unreached = last is null ? NoReplica() : ErrorOf(ForwarderError.Request, last);
        var refusal = note.IsShed ? note.ToError(field.Model)
            : drain.Expired.IsCancellationRequested ? ApiError.Draining()
            : plan.Group is { } group ? GroupBond.NothingLeft(unreached.Message, group)
            : unreached;
        await ErrorReply.SendAsync(http, refusal);
        return (last, null, refusal.Code);
    }

    /// <summary>Tries one pool's replicas until one can be reached; null when none can, and nothing has been answered.</summary>
    private async Task<(Replica? Replica, string? Pool, string? Cause)?> ForwardAsync(
        HttpContext http, UpstreamPool to, List<Replica> tried, RoutePlan plan, string? adapter, RequestBody body, ModelField field, string id)
    {
        while (to.Pool.Pick(tried, request: new PickRequest { Adapter = adapter }) is { } picked)
        {
            tried.Add(picked.Replica);
            Announce(http, id, plan, to, picked.Replica, tried.Count);
            await SpliceAsync(http, body, field, adapter ?? to.Pool.Model);
            var error = await SendAsync(http, to, picked, id);
            if (error == ForwarderError.None || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
                return (picked.Replica, to.Pool.Name, error == ForwarderError.None ? null : error.ToString());
            http.Response.Clear();
            if (error == ForwarderError.Request)
                continue;
            await ErrorReply.SendAsync(http, ErrorOf(error, picked.Replica));
            return (picked.Replica, to.Pool.Name, error.ToString());
        }

        return null;
    }

    private async Task<ForwarderError> SendAsync(HttpContext http, UpstreamPool to, Picked picked, string id)
    {
        picked.Replica.Enter();
        try
        {
            var config = new ForwarderRequestConfig { ActivityTimeout = to.Connections.Timeouts.FirstToken };
            var error = await forwarder.SendAsync(
                http, picked.Replica.Address.AbsoluteUri, to.Connections.Invoker, config, new UpstreamTransform(picked.Replica.Paths.Of(http.Request.Path), to.Connections, id));
            if (error == ForwarderError.None)
                picked.Replica.Breaker.Succeeded(picked.Pass);
            else if (http.RequestAborted.IsCancellationRequested)
                picked.Replica.Breaker.Dropped(picked.Pass);
            else
                picked.Replica.Breaker.Failed(picked.Pass);
            return error;
        }
        finally
        {
            picked.Replica.Leave();
        }
    }

    private static void Announce(HttpContext http, string id, RoutePlan plan, UpstreamPool to, Replica replica, int attempt)
    {
        var headers = http.Response.Headers;
        headers[GatewayHeaders.RequestId] = id;
        headers[GatewayHeaders.Pool] = to.Pool.Name;
        headers[GatewayHeaders.Replica] = replica.Name;
        headers[GatewayHeaders.Route] = plan.Reason;
        headers[GatewayHeaders.Attempts] = attempt.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task SpliceAsync(HttpContext http, RequestBody body, ModelField field, string model)
    {
        var name = field.IsJson ? RequestSplice.ModelJson(model) : System.Text.Encoding.UTF8.GetBytes(model);
        var splice = RequestSplice.Of(body.Memory, field.Value, name);
        var spliced = new MemoryStream(splice.Length);
        await splice.WriteToAsync(spliced, http.RequestAborted);
        spliced.Position = 0;
        http.Request.Body = spliced;
        http.Request.ContentLength = splice.Length;
    }

    private static ApiError ErrorOf(ForwarderError error, Replica replica) =>
        error is ForwarderError.RequestTimedOut or ForwarderError.ResponseBodyCanceled
            ? new ApiError(504, "upstream_error", "upstream_timeout", $"{replica.Name} did not answer in time.")
            : new ApiError(502, "upstream_error", "upstream_failed", $"{replica.Name} could not answer ({error}).");

    private static ApiError NoReplica() =>
        new(503, "service_unavailable", "no_replica", "No replica serves this model at the moment.", RetryAfter: TimeSpan.FromSeconds(1));
}
