using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace WebHost.BrowserTests.Framework;

/// <summary>The sample as a process of its own, as somebody who tries it would start it, with a database that goes with it.</summary>
public sealed class SampleProcess : IAsyncDisposable
{
    private readonly string _database = Path.Combine(Path.GetTempPath(), $"webhost-{Guid.NewGuid():N}.db");
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private SampleProcess(int port, string environment, IReadOnlyDictionary<string, string> settings)
    {
        Address = new Uri($"http://localhost:{port}");
        var start = new ProcessStartInfo("dotnet", [Metadata("SampleAssembly"), "--urls", Address.GetLeftPart(UriPartial.Authority), "--contentRoot", Metadata("SampleFolder")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ConnectionStrings__Default"] = $"Data Source={_database}";
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static SampleProcess Launch(string environment, IReadOnlyDictionary<string, string> settings) => new(FreePort(), environment, settings);

    public static async Task<SampleProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var sample = Launch("Development", settings);
        using var client = new HttpClient();
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(60) && !sample._process.HasExited)
        {
            try
            {
                (await client.GetAsync(sample.Address)).EnsureSuccessStatusCode();
                return sample;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }

        var output = sample.Output;
        await sample.DisposeAsync();
        throw new InvalidOperationException("The sample did not start: " + output);
    }

    /// <summary>Waits for a process that ends by itself.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(_database + suffix);
    }

    public static string Metadata(string key) => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
