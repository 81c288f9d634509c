using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsAppOnboarding.Testing.Dialog;
using WhatsAppOnboarding.Testing.Graph;
using WhatsAppOnboarding.Testing.Pages;
using WhatsAppOnboarding.Testing.Popup;

namespace WhatsAppOnboarding.Testing;

/// <summary>The web server: loopback only, no configuration from outside, no logs.</summary>
internal static class EmulatorHost
{
    /// <remarks>
    /// Out of the flow of whoever asks: what waits for an app's entry point to build its host (<c>dotnet ef</c>, <c>WebApplicationFactory</c>) follows that flow, and would take
    /// this host for the app's.
    /// </remarks>
    public static WebApplication Build(EmulatorCore core)
    {
        var built = new TaskCompletionSource<WebApplication>(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(_ => built.SetResult(BuildApart(core)), null);
        return built.Task.GetAwaiter().GetResult();
    }

    private static WebApplication BuildApart(EmulatorCore core)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A document may have 100 MB, which is more than the server takes by itself.
            kestrel.Limits.MaxRequestBodySize = 110L * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, core.Options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        var app = builder.Build();
        app.Run(new Router(core).InvokeAsync);
        return app;
    }

    /// <summary>Leaves signals to the process that the emulator runs in; the usual lifetime would take Ctrl+C from it.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Router(EmulatorCore core)
    {
        private readonly GraphPipeline _graph = new(core);
        private readonly LoginDialog _dialog = new(core);
        private readonly SignupPopup _popup = new(core);
        private readonly HomePage _home = new(core);

        public Task InvokeAsync(HttpContext http) =>
            Admission.Refuse(http.Request, core.Options.AllowedHosts) is { } refusal ? Admission.RefuseAsync(http, refusal)
            : LoginDialog.Serves(http.Request.Path) ? _dialog.InvokeAsync(http)
            : SignupPopup.Serves(http.Request.Path) ? _popup.InvokeAsync(http)
            : SdkScript.Serves(http.Request.Path) ? SdkScript.WriteAsync(http)
            : HomePage.Serves(http.Request.Path) ? _home.InvokeAsync(http)
            : _graph.InvokeAsync(http);
    }
}
