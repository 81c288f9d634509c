using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace WebHost.BrowserTests.Framework;

/// <summary>A sample as a process of its own, as somebody who tries it would start it, with a database that goes with it.</summary>
public sealed class SampleProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sample-");
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private SampleProcess(int port, string environment, IReadOnlyDictionary<string, string> settings, string sample)
    {
        Address = new Uri($"http://localhost:{port}");
        var source = Path.Combine(Metadata("Samples"), sample);
        var assembly = Path.Combine(source, Metadata("SampleOutput"), sample + ".dll");
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", Address.GetLeftPart(UriPartial.Authority), "--contentRoot", source])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ConnectionStrings__Default"] = $"Data Source={Path.Combine(_folder.FullName, "webhost.db")}";
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

    public static SampleProcess Launch(string environment, IReadOnlyDictionary<string, string> settings, string name = "WebHost") =>
        new(FreePort(), environment, settings, name);

    public static async Task<SampleProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string name = "WebHost")
    {
        var sample = Launch("Development", settings, name);
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
        _folder.Delete(recursive: true);
    }

    public static string Metadata(string key) => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
