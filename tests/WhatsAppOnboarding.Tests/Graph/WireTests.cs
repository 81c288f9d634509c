using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class WireTests
{
    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var requests = 0;
        await using var server = await ARealServer.StartAsync(context =>
        {
            requests++;
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        var error = (await server.SendAsync(Some.Subscribing)).Error!;
        (error.Kind, error.HttpStatus, requests).ShouldBe((GraphErrorKind.UnreadableAnswer, 302, 1));
    }

    [Fact]
    public async Task Meta_gets_no_trace_header_no_baggage_and_no_cookie()
    {
        List<string> headers = [];
        await using var server = await ARealServer.StartAsync(context =>
        {
            headers.AddRange(context.Request.Headers.Keys);
            context.Response.Cookies.Append("track", "me");
            return context.Response.WriteAsync(Some.Done);
        });
        using var activity = new Activity("request of the host").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("tenant", "t1").Start();
        await server.SendAsync(Some.Subscribing);
        await server.SendAsync(Some.Subscribing);
        headers.Distinct().Order().ShouldBe(["Accept", "Authorization", "Content-Length", "Host", "User-Agent"]);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off_while_reading()
    {
        await using var server = await ARealServer.StartAsync(async context =>
        {
            var block = new byte[64 * 1024];
            for (var written = 0; written < 8 * 1024 * 1024; written += block.Length)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        var error = (await server.SendAsync(Some.Listing)).Error!;
        (error.Kind, error.HttpStatus).ShouldBe((GraphErrorKind.UnreadableAnswer, 200));
    }

    [Fact]
    public async Task An_answer_that_says_it_is_too_large_is_not_read()
    {
        await using var server = await ARealServer.StartAsync(context =>
        {
            context.Response.ContentLength = (4 * 1024 * 1024) + 1;
            return context.Response.Body.WriteAsync(new byte[10], context.RequestAborted).AsTask();
        });
        (await server.SendAsync(Some.Listing)).Error!.Kind.ShouldBe(GraphErrorKind.UnreadableAnswer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_is_unreachable(bool withinTheBody)
    {
        await using var server = await ARealServer.StartAsync(async context =>
        {
            if (withinTheBody)
                await context.Response.WriteAsync("{\"succ", context.RequestAborted);
            context.Abort();
        });
        (await server.SendAsync(Some.Message)).Error!.Kind.ShouldBe(GraphErrorKind.Unreachable);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        var server = await ARealServer.StartAsync(_ => Task.CompletedTask);
        await using (server)
        {
            await server.StopAsync();
            var error = (await server.SendAsync(Some.Message)).Error!;
            (error.Kind, error.Reason).ShouldBe((GraphErrorKind.Unreachable, "refused"));
            server.Logs.Lines.Last().Text.ShouldStartWith("Graph call send_message failed as Unreachable without an answer: refused,");
        }
    }

    [Fact]
    public async Task A_body_that_trickles_is_within_the_limit_of_the_attempt()
    {
        var begun = new TaskCompletionSource();
        await using var server = await ARealServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        var call = server.SendAsync(Some.Message);
        await begun.Task;
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await call).Error!.Kind.ShouldBe(GraphErrorKind.TimedOut);
    }
}
