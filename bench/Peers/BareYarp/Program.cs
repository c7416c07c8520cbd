// The yardstick: Kestrel and YARP's direct forwarder and nothing else, set up as YARP's documentation advises.
// Arguments: the address to listen on, the one upstream.
using System.Net;
using Yarp.ReverseProxy.Forwarder;

if (args is not [var listen, var upstream])
{
    Console.Error.WriteLine("usage: Gateway.Bench.BareYarp http://127.0.0.1:PORT http://127.0.0.1:UPSTREAM");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(listen);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddHttpForwarder();
var app = builder.Build();

using var handler = new SocketsHttpHandler
{
    UseProxy = false,
    AllowAutoRedirect = false,
    AutomaticDecompression = DecompressionMethods.None,
    UseCookies = false,
    EnableMultipleHttp2Connections = true,
    ActivityHeadersPropagator = null,
    ConnectTimeout = TimeSpan.FromSeconds(15),
    // Below the 5 s after which vLLM closes an idle connection.
    PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
};
using var invoker = new HttpMessageInvoker(handler);
var request = new ForwarderRequestConfig { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
var forwarder = app.Services.GetRequiredService<IHttpForwarder>();

app.Map("/{**path}", async http => await forwarder.SendAsync(http, upstream, invoker, request));
await app.RunAsync();
return 0;
