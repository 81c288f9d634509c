using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Graph;
using WhatsAppOnboarding.Tests.Setup;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Errors;

public sealed class OperatorHintTests
{
    [Fact]
    public async Task That_nobody_consented_need_not_mean_that_somebody_cancelled()
    {
        await using var host = await TheHost.StartAsync();
        using var browser = await host.OpenBrowserAsync("acme");
        var back = await host.Meta.CancelAsync(await browser.StartAsync(), TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=cancelled");

        var hint = host.Logs.Lines.Single(line => line.EventId == 1301);
        hint.Level.ShouldBe(LogLevel.Information);
        hint.Text.ShouldContain("Development mode");
    }

    [Theory]
    [InlineData(191, "app_misconfigured", LogLevel.Error)]
    [InlineData(101, "app_misconfigured", LogLevel.Error)]
    [InlineData(4711, "meta_refused", LogLevel.Warning)]
    [InlineData(2, "meta_unavailable", LogLevel.Information)]
    public async Task An_attempt_that_the_operator_must_mend_ends_loudly_in_the_log(int meta, string code, LogLevel level)
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");
        host.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(400, meta), times: int.MaxValue);

        (await browser.ConnectAsync()).ShouldBe($"/onboarding/whatsapp?error={code}");

        host.Logs.Lines.Single(line => line.EventId == 1310).Level.ShouldBe(level);
    }

    [Theory]
    [InlineData(131031, LogLevel.Information)]
    [InlineData(104, LogLevel.Error)]
    [InlineData(4711, LogLevel.Warning)]
    public async Task A_step_that_the_operator_must_mend_ends_loudly_in_the_log(int meta, LogLevel level)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, meta));

        await number.ConnectAsync();

        var line = number.Host.Logs.Lines.Single(line => line.EventId == 1210);
        line.Level.ShouldBe(level);
        line.Text.ShouldContain($"Meta's code {meta}");
    }

    [Fact]
    public async Task A_code_of_the_popup_has_no_redirect_uri_to_put_right()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(400, 100, 36008), times: 2);

        await SendAsync(host, LoginCalls.ExchangeCode("a-code", null));
        host.Logs.Lines.Last(line => line.EventId is >= 1280 and < 1290).Level.ShouldBe(LogLevel.Information);

        await SendAsync(host, LoginCalls.ExchangeCode("a-code", new Uri("https://app.example.com/callback")));
        var hint = host.Logs.Lines.Last(line => line.EventId is >= 1280 and < 1290);
        hint.Level.ShouldBe(LogLevel.Error);
        hint.Text.ShouldContain("Valid OAuth Redirect URIs");
    }

    [Fact]
    public async Task What_meta_says_to_the_hosts_own_calls_is_explained_too()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.Faults.On(GraphOperations.SendMessage, Fault.Error(400, 133010));

        await SendAsync(host, Some.Message);

        host.Logs.Lines.Single(line => line.EventId == 1280).Text.ShouldContain("The number is not registered.");
    }

    private static Task<GraphResult<T>> SendAsync<T>(TheHost host, GraphCall<T> call)
        where T : class => host.UseAsync<IGraphClient, GraphResult<T>>(graph => graph.SendAsync(call, TestContext.Current.CancellationToken));
}
