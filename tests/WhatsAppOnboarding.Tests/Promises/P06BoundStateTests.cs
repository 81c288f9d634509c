using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P06BoundStateTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private TheHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup.Services.AddSingleton<TimeProvider>(_clock);
        });
        _host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_forged_state_is_refused()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await ApproveAsync(browser);
        var state = Browser.Query(back, "state");

        await RefusedAsync(browser, back, "state_invalid", state[..^4] + "AAAA");
        await RefusedAsync(browser, back, "state_invalid", "");
        await RefusedAsync(browser, back, "state_invalid", new string('x', 5000));
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task A_state_ends_after_an_hour()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await ApproveAsync(browser);
        _clock.Advance(TimeSpan.FromMinutes(60));

        await RefusedAsync(browser, back, "state_expired");
    }

    [Fact]
    public async Task A_code_that_came_too_late_is_handed_in_with_a_new_state_of_the_same_account_and_way_only()
    {
        using var acme = _host.OpenApi("acme");
        using var birch = _host.OpenApi("birch");
        var (older, own) = (await acme.StartPopupStateAsync(), await birch.StartPopupStateAsync());
        var redirected = Browser.Query(await acme.StartAsync(), "state");
        _clock.Advance(TimeSpan.FromMinutes(61));
        var code = _host.Meta.IssuePopupCode();
        var (fresh, other) = (await acme.StartPopupStateAsync(), await birch.StartPopupStateAsync());

        (await ApiConnect.CodeOf(await acme.FinishAsync(code, older))).ShouldBe("state_expired");
        (await ApiConnect.CodeOf(await birch.PostAsync(new { code, state = other, renews = older }))).ShouldBe("other_account");
        (await ApiConnect.CodeOf(await acme.PostAsync(new { code, state = fresh, renews = own }))).ShouldBe("other_account");
        (await ApiConnect.CodeOf(await acme.PostAsync(new { code, state = fresh, renews = redirected }))).ShouldBe("other_account");
        _host.Meta.Calls.All.ShouldBeEmpty();
        (await ApiConnect.CodeOf(await acme.PostAsync(new { code, state = fresh, renews = older }))).ShouldBe("connected");
    }

    [Fact]
    public async Task A_new_state_for_a_code_that_came_late_is_no_start_and_has_a_limit_of_its_own()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["MaxStarts"] = "1";
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var acme = host.OpenApi("acme");
        var older = await acme.StartPopupStateAsync();
        (await ApiConnect.CodeOf(await acme.AskAsync(Browser.Connect + "?way=popup"))).ShouldBe("too_many_attempts");
        (await ApiConnect.CodeOf(await acme.AskAsync(Browser.Connect + "?way=popup&renews=1"))).ShouldBe("bad_request");

        var fresh = (await acme.StartPopupAsync("&renews=true")).GetProperty("state").GetString();
        (await ApiConnect.CodeOf(await acme.AskAsync(Browser.Connect + "?way=popup&renews=true"))).ShouldBe("too_many_attempts");
        (await ApiConnect.CodeOf(await acme.PostAsync(new { code = host.Meta.IssuePopupCode(), state = fresh, renews = older }))).ShouldBe("connected");
    }

    [Fact]
    public async Task A_state_of_the_attackers_browser_connects_nothing_in_the_victims()
    {
        using var attacker = await _host.OpenBrowserAsync("mallory");
        var dialog = await attacker.StartAsync();
        using var victim = await _host.OpenBrowserAsync("acme");
        await victim.StartAsync();
        var back = await _host.Meta.ApproveAsync(dialog, null, TestContext.Current.CancellationToken);

        await RefusedAsync(victim, back, "other_browser");
        (await _host.ReadAsync("mallory")).Numbers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_browser_without_the_cookie_finishes_nothing()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await ApproveAsync(browser);
        using var other = await _host.OpenBrowserAsync("acme");

        await RefusedAsync(other, back, "other_browser");
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task Somebody_of_another_account_in_the_same_browser_finishes_nothing()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await ApproveAsync(browser);
        await browser.SignInAsync("birch");

        await RefusedAsync(browser, back, "other_account");
    }

    [Fact]
    public async Task Signed_out_at_the_return_leads_to_a_page_without_code_and_state()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await ApproveAsync(browser);
        await browser.SignOutAsync();

        await RefusedAsync(browser, back, "signed_out");

        await browser.SignInAsync("acme");
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task A_state_for_the_front_end_is_refused_at_the_callback_and_the_other_way_round()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        using var api = _host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(_host);
        var back = await ApproveAsync(browser);

        await RefusedAsync(browser, new Uri(_host.Address, $"{Browser.Callback}?code={code}&state={state}"), "state_wrong_way");
        var answer = await api.FinishAsync(Browser.Query(back, "code"), Browser.Query(back, "state"));
        (await ApiConnect.CodeOf(answer)).ShouldBe("state_wrong_way");

        (await api.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_state_of_another_account_is_refused_at_the_post()
    {
        using var acme = _host.OpenApi("acme");
        using var birch = _host.OpenApi("birch");
        var (code, state) = await acme.GrantAsync(_host);

        (await ApiConnect.CodeOf(await birch.FinishAsync(code, state))).ShouldBe("other_account");
        (await ApiConnect.CodeOf(await acme.FinishAsync(code, null))).ShouldBe("state_invalid");
        _host.Meta.Calls.Of(GraphOperations.ExchangeCode).ShouldBeEmpty();
        (await acme.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_state_of_the_popup_is_finished_by_the_post_of_its_own_account_only()
    {
        using var acme = _host.OpenApi("acme");
        using var birch = _host.OpenApi("birch");
        using var browser = await _host.OpenBrowserAsync("acme");
        await browser.StartAsync();
        var state = await acme.StartPopupStateAsync();
        var code = _host.Meta.IssuePopupCode();

        (await ApiConnect.CodeOf(await birch.FinishAsync(code, state))).ShouldBe("other_account");
        (await ApiConnect.CodeOf(await birch.PostAsync(new { state, ending = "cancelled" }))).ShouldBe("other_account");
        var back = await browser.GetAsync($"{Browser.Callback}?code={code}&state={Uri.EscapeDataString(state)}");
        back.Headers.Location!.OriginalString.ShouldBe("/onboarding/whatsapp?error=state_wrong_way");
        _host.Meta.Calls.All.ShouldBeEmpty();
        (await acme.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var late = await acme.StartPopupStateAsync();
        _clock.Advance(TimeSpan.FromMinutes(60));
        (await ApiConnect.CodeOf(await acme.FinishAsync(_host.Meta.IssuePopupCode(), late))).ShouldBe("state_expired");
    }

    [Fact]
    public async Task Head_and_prefetch_use_nothing_up()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await ApproveAsync(browser);

        (await browser.SendAsync(HttpMethod.Head, back.PathAndQuery)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await browser.GetAsync(back.PathAndQuery, request => request.Headers.Add("Sec-Purpose", "prefetch;prerender")))
            .StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _host.Meta.Calls.All.ShouldBeEmpty();
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task Twenty_posts_of_one_code_at_once_exchange_it_once_and_answer_the_same()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.FinishAsync(code, state)));

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        bodies.Distinct().ShouldHaveSingleItem();
        host.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_disconnect_the_same_code_and_state_do_not_connect_again()
    {
        using var api = _host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(_host);
        (await api.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.DisconnectAsync("acme");
        var calls = _host.Meta.Calls.All.Count;

        (await api.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _host.ReadAsync("acme")).Numbers.ShouldAllBe(number => !number.IsHeld);
        _host.Meta.Calls.All.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task A_used_state_takes_no_other_code()
    {
        using var api = _host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(_host);
        await api.FinishAsync(code, state);
        var (another, _) = await api.GrantAsync(_host);

        (await ApiConnect.CodeOf(await api.FinishAsync(another, state))).ShouldBe("state_used");
        _host.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_both_work()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var first = await ApproveAsync(browser);
        var second = await ApproveAsync(browser);

        (await browser.ReturnAsync(first)).ShouldBe("/dashboard?whatsapp=connected");
        (await browser.ReturnAsync(second)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("~/x")]
    public async Task A_return_address_elsewhere_is_ignored(string returnUrl)
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var dialog = await browser.StartAsync("?returnUrl=" + Uri.EscapeDataString(returnUrl));
        var back = await _host.Meta.ApproveAsync(dialog, null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task A_return_address_of_the_host_is_kept_in_the_state()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var dialog = await browser.StartAsync("?returnUrl=" + Uri.EscapeDataString("/settings?tab=2"));
        var back = await _host.Meta.ApproveAsync(dialog, null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/settings?tab=2&whatsapp=connected");
    }

    private async Task<Uri> ApproveAsync(Browser browser) =>
        await _host.Meta.ApproveAsync(await browser.StartAsync(), null, TestContext.Current.CancellationToken);

    private async Task RefusedAsync(Browser browser, Uri back, string code, string? state = null)
    {
        if (state is not null)
            back = new Uri(_host.Address, $"{Browser.Callback}?code={Browser.Query(back, "code")}&state={Uri.EscapeDataString(state)}");
        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=" + code);
        _host.Meta.Calls.Of(GraphOperations.ExchangeCode).ShouldBeEmpty();
    }
}
