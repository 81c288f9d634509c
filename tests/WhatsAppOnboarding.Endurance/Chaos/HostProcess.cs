using System.Diagnostics;
using System.Globalization;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>The running host, and how to kill and start it again.</summary>
internal sealed class HostProcess(params string[] command) : IDisposable
{
    private Process? _process;

    /// <summary>Where it listens; 0 while it is down.</summary>
    public int Port { get; private set; }

    /// <summary>Gets each line that it says after its port.</summary>
    public Action<string>? Says { get; init; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };

        // It lives for seconds, so nothing that makes it quick later pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.ArgumentList.Add(typeof(HostProcess).Assembly.Location);
        foreach (var argument in command)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var output = _process.StandardOutput;
        var said = await output.ReadLineAsync() ?? throw new InvalidOperationException("The host did not start.");
        Port = int.Parse(said, CultureInfo.InvariantCulture);
        if (Says is { } says)
            _ = ReadAsync(output, says);
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

    private static async Task ReadAsync(StreamReader output, Action<string> says)
    {
        try
        {
            while (await output.ReadLineAsync() is { } line)
                says(line);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It was killed.
        }
    }
}
