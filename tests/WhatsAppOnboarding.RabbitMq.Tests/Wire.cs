using System.Net;
using System.Net.Sockets;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>What one node reaches the broker through; when it is cut, the node is as good as killed for the broker.</summary>
public sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private readonly Uri _broker = new(TheBroker.Uri);

    public Wire()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Uri => new UriBuilder(_broker) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.ToString().TrimEnd('/');

    public void Cut()
    {
        _listener.Stop();
        lock (_ends)
            _ends.ForEach(end => end.Close());
    }

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var (near, far) = (await _listener.AcceptTcpClientAsync(), new TcpClient());
                await far.ConnectAsync(_broker.Host, _broker.Port);
                lock (_ends)
                    _ends.AddRange(near, far);
                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut.
        }
    }
}
