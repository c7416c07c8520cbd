using Gateway.Hosting;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Telemetry;

namespace Gateway.Admin;

/// <summary>
/// The admin listener's view of replicas: <c>GET /admin/replicas</c>, and word that one is going away or stays after all,
/// <c>POST</c> and <c>DELETE /admin/replicas/{id}/drain</c>. Saying it twice is the same as once.
/// </summary>
/// <remarks>
/// An id is host and port as the list names them, or a host alone, which stands for all that serve there: who hears that a node
/// goes away may not know the ports.
/// </remarks>
public sealed class ReplicaAdmin(LiveBlueprint live, TimeProvider time, ILogger<ReplicaAdmin> log)
{
    private const string Root = "/admin/replicas";
    private const string Drain = "/drain";

    private IEnumerable<(Pool Pool, Replica Replica)> All =>
        live.Current.Fleet.Pools.OrderBy(pool => pool.Name, StringComparer.Ordinal).SelectMany(pool => pool.Replicas, (pool, replica) => (pool, replica));

    /// <summary>Answers if the request is about replicas.</summary>
    /// <returns>False when it is not.</returns>
    public async ValueTask<bool> TryHandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path == Root)
        {
            await (HttpMethods.IsGet(http.Request.Method) ? ReplicaListing.WriteAsync(http, All, time) : RefuseAsync(http, "GET"));
            return true;
        }

        if (!path.StartsWith(Root + "/", StringComparison.Ordinal) || !path.EndsWith(Drain, StringComparison.Ordinal) || path.Length <= Root.Length + 1 + Drain.Length)
            return false;
        var id = path[(Root.Length + 1)..^Drain.Length];
        var isPost = HttpMethods.IsPost(http.Request.Method);
        await (isPost || HttpMethods.IsDelete(http.Request.Method) ? HandleAsync(http, id, isPost) : RefuseAsync(http, "POST, DELETE"));
        return true;
    }

    private async Task HandleAsync(HttpContext http, string id, bool drains)
    {
        var named = All.Where(one => one.Replica.Name == id || one.Replica.Address.Host == id).ToList();
        if (named.Count == 0)
        {
            var known = string.Join(", ", All.Select(one => one.Replica.Name).Distinct());
            await SayAsync(http, StatusCodes.Status404NotFound, $"no replica is '{id}'; the replicas are {(known.Length > 0 ? known : "none")}");
            return;
        }

        if (drains)
        {
            var (request, wrong) = await DrainRequest.ReadAsync(http.Request);
            if (request is null)
            {
                await SayAsync(http, StatusCodes.Status400BadRequest, $"{wrong}; send nothing, or {{\"reason\": \"spot\", \"seconds\": 120}}");
                return;
            }

            named.ForEach(one => DrainOne(one.Pool, one.Replica, request));
        }
        else
        {
            named.ForEach(one => UndrainOne(one.Pool, one.Replica));
        }

        await ReplicaListing.WriteAsync(http, named, time);
    }

    private void DrainOne(Pool pool, Replica replica, DrainRequest request)
    {
        if (replica.Notice is null)
            log.ReplicaDraining(replica.Name, pool.Name, request.Reason, replica.InFlight);
        replica.Drain(new DrainNotice(request.Reason, time.GetTimestamp(), request.Left));
    }

    private void UndrainOne(Pool pool, Replica replica)
    {
        if (replica.Notice is not null)
            log.ReplicaUndrained(replica.Name, pool.Name);
        replica.Undrain();
    }

    private static Task RefuseAsync(HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return SayAsync(http, StatusCodes.Status405MethodNotAllowed, $"the methods here are {allowed}");
    }

    private static Task SayAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text + "\n", http.RequestAborted);
    }
}
