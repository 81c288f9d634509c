using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>A host in a process of its own on this machine.</summary>
internal static class LocalHost
{
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Looks until it is so, for a minute at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> look)
    {
        for (var began = Stopwatch.StartNew(); !await look(); await Task.Delay(50, TestContext.Current.CancellationToken))
            began.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    public static async Task UntilItAnswersAsync(HttpClient api, string path, Process process)
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < TimeSpan.FromMinutes(1) && !process.HasExited; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            try
            {
                (await api.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
                return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException("The host did not start.");
    }
}
