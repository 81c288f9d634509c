using System.Diagnostics;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>A stranger's app that runs, with its emulated Meta.</summary>
public sealed class StrangersHost(Process process, Uri address, Uri meta) : IAsyncDisposable
{
    public Uri Address => address;

    /// <summary>The emulated Meta's home page, where a customer writes.</summary>
    public Uri Meta => meta;

    /// <summary>Asks without a browser, as a front end or a customer's page does; keeps cookies and follows redirects.</summary>
    public HttpClient Client { get; } = new() { BaseAddress = address };

    public Task UntilItAnswersAsync() => LocalHost.UntilItAnswersAsync(Client, "/integrations/whatsapp/whatsapp-connect.js", process);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
