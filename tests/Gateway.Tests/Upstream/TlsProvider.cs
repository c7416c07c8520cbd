using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Upstream;

/// <summary>A provider that speaks the API over TLS at any path, and keeps what it was asked.</summary>
internal sealed class TlsProvider : IAsyncDisposable
{
    private const string Answer =
        """{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"from the provider"},"finish_reason":"stop"}]}""";

    private readonly WebApplication _app;

    private TlsProvider(WebApplication app) => _app = app;

    /// <summary>Where it listens, without a path.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Path, key and the caller's certificate of each request.</summary>
    public ConcurrentQueue<(string Path, string Key, string? Caller)> Asked { get; } = new();

    /// <param name="certificate">What it shows.</param>
    /// <param name="asksForOne">Whether callers must show one too.</param>
    public static async Task<TlsProvider> StartAsync(X509Certificate2 certificate, bool asksForOne = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = asksForOne ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        var app = builder.Build();
        var provider = new TlsProvider(app);
        app.Run(async http =>
        {
            if (HttpMethods.IsPost(http.Request.Method))
                provider.Asked.Enqueue((http.Request.Path.Value!, http.Request.Headers.Authorization.ToString(), http.Connection.ClientCertificate?.Subject));
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Answer);
        });
        await app.StartAsync();
        provider.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
