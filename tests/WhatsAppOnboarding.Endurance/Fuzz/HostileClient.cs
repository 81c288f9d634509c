using System.Net;
using System.Net.Sockets;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Sends one request over a connection of its own.</summary>
internal static class HostileClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The status of the answer; 0 when the server hung up without one, or nobody waited for it.</summary>
    public static async Task<int> SendAsync(int port, HostileRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        await TrySendAsync(socket, request, patience.Token);
        return request.IsCutOff ? 0 : await StatusAsync(socket, patience.Token);
    }

    /// <summary>The server may hang up while it is still being talked to.</summary>
    private static async Task TrySendAsync(Socket socket, HostileRequest request, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var part in request.Parts)
            {
                for (var sent = 0; sent < part.Length;)
                    sent += await socket.SendAsync(part.AsMemory(sent), cancellationToken);
                if (request.Pause > TimeSpan.Zero)
                    await Task.Delay(request.Pause, cancellationToken);
            }
        }
        catch (SocketException)
        {
        }
    }

    private static async Task<int> StatusAsync(Socket socket, CancellationToken cancellationToken)
    {
        var answer = new byte[512];
        try
        {
            var length = await socket.ReceiveAsync(answer, cancellationToken);
            return length >= 12 ? (100 * (answer[9] - '0')) + (10 * (answer[10] - '0')) + (answer[11] - '0') : 0;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
