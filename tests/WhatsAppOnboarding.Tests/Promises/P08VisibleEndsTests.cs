using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P08VisibleEndsTests
{
    private static readonly (string Name, Func<Fault> Make, string Code)[] Failures =
    [
        ("refused", () => Fault.Error(400, 999), "meta_refused"),
        ("blocked", () => Fault.Error(403, 368), "account_blocked"),
        ("throttled", () => Fault.Error(400, 4), "meta_throttled"),
        ("timed out", Fault.Hang, "meta_timeout"),
        ("reset", Fault.Reset, "meta_unreachable"),
        ("html", () => Fault.Html(200), "meta_unreadable"),
        ("truncated", Fault.Truncated, "meta_unreachable"),
        ("wrong json", () => Fault.WrongJson(), "meta_unreadable"),
    ];

    [Theory]
    [InlineData(GraphOperations.ExchangeCode)]
    [InlineData(GraphOperations.DebugToken)]
    [InlineData(GraphOperations.ListPhoneNumbers)]
    public async Task A_required_call_that_fails_has_one_outcome_and_leaves_nothing_behind(string operation)
    {
        await Task.WhenAll(Failures.Select(async failure =>
        {
            await using var host = await StartAsync();
            var waba = AddWaba(host);
            host.Meta.Faults.On(operation, failure.Make(), times: int.MaxValue);
            using var browser = await host.OpenBrowserAsync("acme");

            (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=" + failure.Code, failure.Name);

            (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0, failure.Name);
            waba.IsAppSubscribed.ShouldBeFalse(failure.Name);
            var text = ErrorCatalogue.Find(failure.Code);
            text.Action.ShouldNotBeEmpty();
            text.Code.ShouldBe(failure.Code);

            host.Meta.Faults.Clear();
            (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected", failure.Name);
        }));
    }

    [Fact]
    public async Task A_subscription_that_fails_is_saved_as_an_open_step_and_never_called_connected()
    {
        await Task.WhenAll(Failures.Select(async failure =>
        {
            await using var host = await StartAsync();
            AddWaba(host);
            host.Meta.Faults.On(GraphOperations.SubscribeApp, failure.Make(), times: int.MaxValue);
            using var browser = await host.OpenBrowserAsync("acme");

            (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete", failure.Name);

            var status = await browser.StatusAsync();
            status.GetProperty("connected").GetBoolean().ShouldBeFalse(failure.Name);
            var step = status.GetProperty("phoneNumbers")[0].GetProperty("openSteps")[0];
            step.GetProperty("step").GetString().ShouldBe("subscribe");
            step.GetProperty("code").GetString().ShouldBe(failure.Code, failure.Name);
            step.GetProperty("action").GetString().ShouldNotBeNullOrEmpty();

            host.Meta.Faults.Clear();
            (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected", failure.Name);
        }));
    }

    [Fact]
    public async Task Cancel_at_meta_leads_back_with_a_code_for_words_and_a_next_step()
    {
        await using var host = await StartAsync();
        AddWaba(host);
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.CancelAsync(await browser.StartAsync(), TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=cancelled");
    }

    [Theory]
    [InlineData("")]
    [InlineData("&code=a&error=access_denied")]
    [InlineData("&code=a&code=b")]
    [InlineData("&code=")]
    public async Task A_return_without_a_clear_answer_is_its_own_end(string answer)
    {
        await using var host = await StartAsync();
        AddWaba(host);
        using var browser = await host.OpenBrowserAsync("acme");
        var state = Browser.Query(await browser.StartAsync(), "state");

        (await browser.ReturnAsync(new Uri(host.Address, $"{Browser.Callback}?state={Uri.EscapeDataString(state)}{answer}")))
            .ShouldBe("/onboarding/whatsapp?error=callback_incomplete");
        host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(36007, "code_expired")]
    [InlineData(36008, "redirect_mismatch")]
    [InlineData(36009, "code_used")]
    public async Task What_meta_says_of_a_code_has_its_own_words(int subcode, string code)
    {
        await using var host = await StartAsync();
        AddWaba(host);
        host.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(400, 100, subcode));
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=" + code);
        host.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_number_and_no_waba_are_outcomes_of_their_own()
    {
        await using var host = await StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Empty");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=no_phone_numbers");
        waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public void Every_code_of_the_catalogue_has_a_sentence_and_a_next_step()
    {
        ErrorCatalogue.All.ShouldAllBe(row => row.Message.EndsWith('.') && row.Action.EndsWith('.') && row.HttpStatus >= 400);
        ErrorCatalogue.All.Select(row => row.Code).ShouldBeUnique();
        typeof(ErrorCodes).GetFields().Select(field => (string)field.GetValue(null)!).Order().ShouldBe(ErrorCatalogue.All.Select(row => row.Code).Order());
        ErrorCatalogue.Find("<script>").Code.ShouldBe("unknown");
    }

    private static Task<TheHost> StartAsync() => TheHost.StartAsync(setup =>
    {
        setup["GraphAttemptTimeout"] = "00:00:03";
        setup["MaxExchanges"] = "50";
        setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
    });

    private static EmulatedWaba AddWaba(TheHost host)
    {
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        return waba;
    }
}
