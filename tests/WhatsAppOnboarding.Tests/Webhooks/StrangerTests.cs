using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>Whoever is not signed may send what he likes, as slowly as he likes.</summary>
public sealed class StrangerTests
{
    private const int Places = 256;
    private const int MaxBytes = 3 * 1024 * 1024;

    [Fact]
    public async Task Slow_strangers_keep_nobody_out_for_the_one_that_waits_longest_goes()
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.AddSingleton<TimeProvider>(new ManualTimeProvider()));
        var strangers = new List<TcpClient>();
        for (var count = 0; count <= Places; count++)
            strangers.Add(await SendAsync(host, 1000, 1));

        var answers = strangers.Select(AnswerAsync).ToArray();
        (await await Task.WhenAny(answers)).ShouldStartWith("HTTP/1.1 408");
        answers.Count(answer => answer.IsCompleted).ShouldBeLessThan(Places / 2, "only the time to read may end all of them");
        using var client = host.OpenApi(null);
        (await client.DeliverAsync(host, SignedPost.Text("998", "999", "late"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task Unfinished_bodies_take_only_so_much_memory_together()
    {
        // By a clock that stands still: it is the memory that ends, however slow the machine.
        await using var host = await TheHost.StartAsync(setup => setup.Services.AddSingleton<TimeProvider>(new ManualTimeProvider()));
        var strangers = new List<TcpClient>();
        for (var count = 0; count < 30; count++)
            strangers.Add(await SendAsync(host, MaxBytes, MaxBytes - 1));

        var answers = strangers.Select(AnswerAsync).ToArray();
        (await await Task.WhenAny(answers)).ShouldStartWith("HTTP/1.1 503");
        using var client = host.OpenApi(null);
        (await client.DeliverAsync(host, SignedPost.Text("998", "999", "small"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        strangers.ForEach(stranger => stranger.Dispose());
    }

    private static async Task<TcpClient> SendAsync(TheHost host, int announced, int sent)
    {
        var stranger = new TcpClient();
        await stranger.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        var head = Encoding.ASCII.GetBytes($"POST /webhooks/whatsapp HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Length: {announced}\r\n\r\n");
        await stranger.GetStream().WriteAsync(head, TestContext.Current.CancellationToken);
        // Who is turned away before the end may find the connection closed.
        _ = stranger.GetStream().WriteAsync(new byte[sent], TestContext.Current.CancellationToken).AsTask();
        return stranger;
    }

    private static async Task<string> AnswerAsync(TcpClient stranger)
    {
        var buffer = new byte[64];
        var read = await stranger.GetStream().ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
