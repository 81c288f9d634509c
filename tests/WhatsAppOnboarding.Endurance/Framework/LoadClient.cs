using System.Net;
using System.Net.Sockets;

namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>Posts over one connection, one after the other, and allocates next to nothing, so that what is measured is the server.</summary>
internal sealed class LoadClient(int port) : IDisposable
{
    private readonly byte[] _answer = new byte[8 * 1024];
    private readonly Socket _socket = Connect(port);

    /// <summary>The status of the answer.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        var sent = 0;
        while (sent < request.Length)
            sent += await _socket.SendAsync(request[sent..], SocketFlags.None);

        // No answer of these servers has a body.
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length), SocketFlags.None);
            if (read == 0)
                throw new IOException("The server closed the connection.");
            length += read;
            if (_answer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                return Status();
        }
    }

    public void Dispose() => _socket.Dispose();

    private int Status() => (100 * (_answer[9] - '0')) + (10 * (_answer[10] - '0')) + (_answer[11] - '0');

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
