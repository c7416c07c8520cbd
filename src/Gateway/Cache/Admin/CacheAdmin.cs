using System.Globalization;
using Gateway.Cache.Storage;
using Gateway.Hosting;
using Gateway.Telemetry;

namespace Gateway.Cache.Admin;

/// <summary>
/// The admin listener's view of the cache: <c>GET /admin/cache</c> lists sizes and bars, <c>DELETE /admin/cache?owner=&amp;model=&amp;tag=&amp;older_than=&amp;id=</c>
/// removes the entries that fulfil all that is given, <c>POST /admin/cache/flush</c> makes all entries as if they were not there.
/// </summary>
public sealed class CacheAdmin(LiveBlueprint live, CacheKeeper keeper, TimeProvider time, ILogger<CacheAdmin> log)
{
    private const string Root = "/admin/cache";
    private const string Flush = "/admin/cache/flush";

    /// <summary>Answers if the request is about the cache.</summary>
    /// <returns>False when it is not.</returns>
    public async ValueTask<bool> TryHandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value;
        if (path is not (Root or Flush))
            return false;
        var allowed = path == Flush ? "POST" : "GET, DELETE";
        if (live.Current.Cache is not { } setup)
            await SayAsync(http, StatusCodes.Status404NotFound, "there is no cache: the configuration has no section cache");
        else if (path == Flush && HttpMethods.IsPost(http.Request.Method))
            await FlushAsync(http, setup);
        else if (path == Root && HttpMethods.IsGet(http.Request.Method))
            await CacheListing.WriteAsync(http, setup);
        else if (path == Root && HttpMethods.IsDelete(http.Request.Method))
            await RemoveAsync(http, setup);
        else
            await RefuseAsync(http, allowed);
        return true;
    }

    private async Task FlushAsync(HttpContext http, CacheSetup setup)
    {
        var answers = setup.Answers;
        var isTold = await keeper.FlushAsync(answers, http.RequestAborted);
        log.CacheFlushed(answers.Epoch);
        var epoch = string.Create(CultureInfo.InvariantCulture, $"epoch {answers.Epoch}");
        await SayAsync(http, StatusCodes.Status200OK, isTold ? epoch : $"{epoch}, at this gateway alone: the state is out of reach");
    }

    private async Task RemoveAsync(HttpContext http, CacheSetup setup)
    {
        var (filter, wrong) = EntryQuery.Read(http.Request.Query, time.GetUtcNow());
        if (filter is null)
        {
            await SayAsync(http, StatusCodes.Status400BadRequest, $"{wrong}; say which entries: owner, model, tag, older_than (such as 2h or 30m) or id; for all of them POST {Flush}");
            return;
        }

        long removed;
        try
        {
            removed = await setup.Answers.RemoveAsync(filter, http.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await SayAsync(http, StatusCodes.Status503ServiceUnavailable, "a store is out of reach: some of the entries may be there still");
            return;
        }

        log.CacheEntriesRemoved(removed, filter.Model, filter.Tag);
        await SayAsync(http, StatusCodes.Status200OK, string.Create(CultureInfo.InvariantCulture, $"removed {removed}"));
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
