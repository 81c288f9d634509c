using System.Diagnostics;
using System.Globalization;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>The running host, and how to kill and start it again.</summary>
internal sealed class HostProcess(params string[] command) : IDisposable
{
    private Process? _process;

    /// <summary>Where it listens; 0 while it is down.</summary>
    public int Port { get; private set; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };

        // It lives for seconds, so nothing that makes it quick later pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.ArgumentList.Add(typeof(HostProcess).Assembly.Location);
        foreach (var argument in command)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var said = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The host did not start.");
        Port = int.Parse(said, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public void Kill()
    {
        Port = 0;
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose() => Kill();
}
