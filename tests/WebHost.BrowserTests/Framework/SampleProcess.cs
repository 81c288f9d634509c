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
    private readonly List<(string Text, TaskCompletionSource Said)> _awaited = [];
    private readonly ProcessStartInfo _start;
    private Process _process;

    private SampleProcess(int port, string environment, IReadOnlyDictionary<string, string> settings, string sample, string[] command)
    {
        Address = new Uri($"http://localhost:{port}");
        var source = Path.Combine(Metadata("Samples"), sample);
        var assembly = Path.Combine(source, Metadata("SampleOutput"), sample + ".dll");
        _start = new ProcessStartInfo("dotnet", [assembly, .. command, "--urls", Address.GetLeftPart(UriPartial.Authority), "--contentRoot", source])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // It lives for minutes at most, so nothing that makes it quick later pays.
        _start.Environment["DOTNET_TieredPGO"] = "0";
        _start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        _start.Environment["ConnectionStrings__Default"] = Database;

        // Most tests look at once at what came of a delivery; those of several nodes set it back.
        _start.Environment["WhatsAppOnboarding__Webhooks__UseInbox"] = "false";
        _start.Environment["DataProtection__Keys"] = Keys;
        _start.Environment["Mail__Folder"] = Mail;
        foreach (var (key, value) in settings)
            _start.Environment[key] = value;
        _process = Run();
    }

    public Uri Address { get; }

    /// <summary>How its database is opened.</summary>
    public string Database => $"Data Source={Path.Combine(_folder.FullName, "webhost.db")}";

    /// <summary>Where the sample keeps its Data Protection keys.</summary>
    public string Keys => Path.Combine(_folder.FullName, "apart", "keys");

    /// <summary>Where the sample writes mail to.</summary>
    public string Mail => Path.Combine(_folder.FullName, "mail");

    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Waits until its log holds this.</summary>
    public Task SaysAsync(string text)
    {
        lock (_output)
        {
            if (Output.Contains(text, StringComparison.Ordinal))
                return Task.CompletedTask;
            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, said));
            return said.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static SampleProcess Launch(string environment, IReadOnlyDictionary<string, string> settings, string name = "WebHost", params string[] command) =>
        new(FreePort(), environment, settings, name, command);

    public static async Task<SampleProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string name = "WebHost")
    {
        var sample = Launch("Development", settings, name);
        await sample.AnswersAsync();
        return sample;
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Starts it again after a kill, with its database.</summary>
    public Task StartAgainAsync()
    {
        _process = Run();
        return AnswersAsync();
    }

    private Process Run()
    {
        var process = new Process { StartInfo = _start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/favicon.svg"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }

        var output = Output;
        await DisposeAsync();
        throw new InvalidOperationException("The sample did not start: " + output);
    }

    /// <summary>Runs a command of the sample beside it, on the same database: its exit code, and what it said.</summary>
    public async Task<(int ExitCode, string Said)> CommandAsync(params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [_start.ArgumentList[0], .. command, .. _start.ArgumentList.TakeLast(4)])
        {
            WorkingDirectory = _start.WorkingDirectory,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in _start.Environment)
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
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
        {
            _output.AppendLine(line);
            foreach (var (_, said) in _awaited.Where(one => line?.Contains(one.Text, StringComparison.Ordinal) is true))
                said.TrySetResult();
        }
    }
}
