using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>Loading files: the one call that goes where an answer of Meta's says.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly TheGraph _graph = new();
    private readonly MemoryStream _destination = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_file_is_loaded_from_where_Meta_says_with_the_token_in_the_header_alone()
    {
        _graph.Answers("the bytes");

        (await _graph.SendAsync(Loading("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x"))).Succeeded.ShouldBeTrue();

        var sent = _graph.Sent.Single();
        (sent.Method, sent.Address, sent.Authorization).ShouldBe(
            (HttpMethod.Get, "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x", $"Bearer {Some.TokenText}"));
        _destination.ToArray().ShouldBe("the bytes"u8.ToArray());
    }

    [Theory]
    [InlineData("https://elsewhere.example/file")]
    [InlineData("http://lookaside.fbsbx.com/file")]
    [InlineData("https://lookaside.fbsbx.com:8443/file")]
    [InlineData("https://lookaside.fbsbx.com.elsewhere.example/file")]
    [InlineData("https://lookaside.fbsbx.com@elsewhere.example/file")]
    [InlineData("https://someone@lookaside.fbsbx.com/file")]
    [InlineData("http://graph.facebook.com/file")]
    [InlineData("file:///etc/passwd")]
    public async Task No_token_goes_to_a_host_that_is_not_one_of_Metas(string address)
    {
        var error = (await _graph.SendAsync(Loading(address))).Error!;

        (error.Kind, error.Reason).ShouldBe((GraphErrorKind.UnreadableAnswer, "host_not_allowed"));
        _graph.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_may_be_added()
    {
        _graph.Options.MediaHosts = ["files.example"];
        (await _graph.Answers("x").SendAsync(Loading("https://files.example/1"))).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_refusal_is_read_as_one_and_never_written_to_the_destination()
    {
        _graph.Answers(Some.Error(190), System.Net.HttpStatusCode.Unauthorized);

        (await _graph.SendAsync(Loading("https://lookaside.fbsbx.com/1"))).Error!.Kind.ShouldBe(GraphErrorKind.TokenInvalid);

        _destination.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_file_that_breaks_off_is_no_file()
    {
        await using var server = await ARealServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/moved")
            {
                context.Response.Redirect("/whole");
                return;
            }

            context.Response.ContentLength = 10;
            await context.Response.WriteAsync("half", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });

        (await server.SendAsync(Loading(new Uri(server.Address, "moved").AbsoluteUri))).Error!.HttpStatus.ShouldBe(302);
        _destination.Length.ShouldBe(0);
        (await server.SendAsync(Loading(new Uri(server.Address, "broken").AbsoluteUri))).Error!.Kind.ShouldBe(GraphErrorKind.Unreachable);
    }

    [Fact]
    public async Task A_file_without_an_announced_length_is_cut_at_the_limit()
    {
        await using var server = await ARealServer.StartAsync(async context =>
        {
            for (var piece = 0; piece < 100; piece++)
                await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
        });

        var error = (await server.SendAsync(WhatsAppCalls.DownloadMedia(Some.Token, new() { Id = "1", Address = server.Address }, _destination, 1_000_000))).Error!;

        error.Reason.ShouldBe("too_large");
        _destination.Length.ShouldBeLessThanOrEqualTo(1_000_000);
    }

    [Fact]
    public async Task What_the_destination_throws_is_thrown()
    {
        await using var server = await ARealServer.StartAsync(context => context.Response.WriteAsync("the bytes"));
        var full = new FullDisk();

        (await Should.ThrowAsync<IOException>(server.SendAsync(WhatsAppCalls.DownloadMedia(Some.Token, new() { Id = "1", Address = server.Address }, full)))).Message.ShouldBe("full");
    }

    private GraphCall<GraphDone> Loading(string address) => WhatsAppCalls.DownloadMedia(Some.Token, new() { Id = "1", Address = new(address) }, _destination);

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("full");
    }
}
