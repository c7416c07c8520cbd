namespace Gateway.Bench.Load.Targets;

/// <summary>nginx as a plain reverse proxy: one worker, upstream connections kept, nothing buffered, nothing logged.</summary>
public sealed class NginxTarget : ITarget
{
    private static readonly string[] Places = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx"];

    /// <inheritdoc/>
    public string Name => "nginx";

    /// <inheritdoc/>
    public string Model => SimulatorServer.Model;

    /// <inheritdoc/>
    public async Task<RunningTarget> StartAsync(Site site)
    {
        var nginx = Places.FirstOrDefault(File.Exists)
            ?? throw new TargetFailedException("nginx is not installed; bench/fetch installs it without starting the service");
        var port = FreePort.Take();
        var config = site.File("nginx.conf");
        await File.WriteAllTextAsync(config, Configuration(site, port));
        var process = await ServerProcess.StartAsync(
            [nginx, "-p", site.Folder, "-c", config, "-e", site.File("nginx.log")],
            site.File("nginx.out"),
            new Uri($"http://127.0.0.1:{port}/health"));
        return new RunningTarget(this, port, process);
    }

    // Quoted paths, because a checkout may lie under a folder with a space.
    private static string Configuration(Site site, int port) =>
        $$"""
        daemon off;
        worker_processes 1;
        pid "{{site.File("nginx.pid")}}";
        error_log "{{site.File("nginx.log")}}";
        events { worker_connections 8192; }
        http {
            access_log off;
            tcp_nodelay on;
            keepalive_requests 100000000;
            client_body_buffer_size 1m;
            client_max_body_size 32m;
            client_body_temp_path "{{site.File("nginx-body")}}";
            proxy_temp_path "{{site.File("nginx-proxy")}}";
            fastcgi_temp_path "{{site.File("nginx-fastcgi")}}";
            uwsgi_temp_path "{{site.File("nginx-uwsgi")}}";
            scgi_temp_path "{{site.File("nginx-scgi")}}";
            upstream simulator {
                server 127.0.0.1:{{site.UpstreamPort}};
                keepalive 1024;
                keepalive_requests 100000000;
                keepalive_timeout 4s;
            }
            server {
                listen 127.0.0.1:{{port}} backlog=4096;
                location / {
                    proxy_pass http://simulator;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                    proxy_read_timeout 600s;
                }
            }
        }

        """;
}
