using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class SecretsTests
{
    private const string Code = "AQDplantedcode";
    private const string Telephone = "+15550100200";
    private const string Text = "planted words";
    private static readonly string[] Secrets = [Some.AppSecret, Some.TokenText, Some.Proof, Code, Telephone, Text, "EAAissued"];

    private static readonly GraphCall<SentMessage> Message =
        WhatsAppCalls.SendMessage(Some.Token, Some.Number, MessageRecipient.Phone(Telephone), MessageContent.Text(Text));

    [Fact]
    public void Calls_results_and_errors_do_not_show_what_they_hold()
    {
        string[] texts =
        [
            LoginCalls.ExchangeCode(Code, new("https://saas.example")).ToString(),
            LoginCalls.ExtendToken(Some.Token).ToString(),
            LoginCalls.InspectToken(Some.Token).ToString(),
            Message.ToString(),
            $"{Some.Listing}",
            SubscriptionCalls.Override(Some.Token, Some.Waba, new("https://saas.example"), Code).ToString(),
            SubscriptionCalls.SubscribeAppFields(Some.AppId, new("https://saas.example"), Code, []).ToString(),
            new IssuedToken(Some.Token, null).ToString(),
            new GraphResult<IssuedToken>(new IssuedToken(AccessToken.Parse("EAAissued"), null)).ToString(),
        ];
        string.Join('\n', texts).ShouldSatisfyAllConditions([.. Secrets.Select(secret => (Action<string>)(text => text.ShouldNotContain(secret)))]);
        texts[0].ShouldBe("exchange_code");
    }

    [Fact]
    public async Task No_log_at_any_level_and_no_span_holds_a_secret()
    {
        ConcurrentQueue<string> spans = new();
        using var listener = new ActivityListener
        {
            // The server plays Meta, so its own spans do not count.
            ShouldListenTo = source => !source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.OperationName} {span.StatusDescription} {string.Join(';', span.TagObjects)} {string.Join(';', span.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);

        var status = 0;
        await using var server = await ARealServer.StartAsync(context => EchoEverythingAsync(context, status));
        foreach (var next in new[] { 200, 400, 302, 0 })
        {
            status = next;
            await server.SendAsync(LoginCalls.ExchangeCode(Code, null));
            await server.SendAsync(LoginCalls.ExtendToken(Some.Token));
            await server.SendAsync(LoginCalls.InspectToken(Some.Token));
            await server.SendAsync(Message);
            await server.SendAsync(Some.Listing);
        }

        server.Logs.Lines.Count(line => line.EventId is 1001 or 1004 or 1005).ShouldBeGreaterThan(15);
        spans.Count(span => span.StartsWith("graph.", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(20);
        foreach (var secret in Secrets)
        {
            server.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(secret));
            spans.ShouldAllBe(span => !span.Contains(secret));
        }
    }

    [Fact]
    public void A_refused_argument_is_not_repeated_by_the_exception() =>
        Should.Throw<ArgumentException>(() => MessageContent.Text(string.Concat(Enumerable.Repeat(Text, 1000)))).ToString().ShouldNotContain(Text);

    private static async Task EchoEverythingAsync(HttpContext context, int status)
    {
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/elsewhere" + context.Request.QueryString;
        var echo = $"{context.Request.QueryString} {context.Request.Headers.Authorization} {Text} {Telephone}".Replace('"', ' ');
        await context.Response.WriteAsync($$"""{"error":{"message":"{{echo}}","code":100,"fbtrace_id":"{{echo}}","error_user_msg":"{{echo}}","error_data":{"details":"{{echo}}"} } }""");
    }
}
