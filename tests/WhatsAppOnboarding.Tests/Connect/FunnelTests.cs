using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>How far those came who began to connect, and who never came back: counted once each, told within five minutes, with nothing of an account in it.</summary>
public sealed class FunnelTests : IAsyncLifetime
{
    private static readonly string[] Every = ["started", "opened", "code", "exchanged", "inspected", "listed", "saved", "registered", "connected"];

    private readonly ManualTimeProvider _clock = new();
    private TheHost _host = null!;
    private EmulatedWaba _waba = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TheHost.StartAsync(
            setup =>
            {
                PopupConnect.Configure(setup);
                setup.Services.AddSingleton<TimeProvider>(_clock);
                setup.Library = library => library.Services.Remove(library.Services.Single(service => service.ImplementationType == typeof(Housekeeping)));
            },
            new MetaEmulatorOptions { TimeProvider = _clock });
        _waba = _host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        _waba.AddNumber("+1 631-555-0100", "One");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Nobody_who_began_is_no_group_but_the_whole_one()
    {
        var all = (await ReadAsync()).ShouldHaveSingleItem();

        (all.By, all.Name, all.Count).ShouldBe(("all", "", 0));
        all.Steps.Select(step => step.Step).ShouldBe(Every);
        all.Steps.ShouldAllBe(step => step.Count == 0 && step.Share == 0 && step.MedianSeconds == null);
    }

    [Fact]
    public async Task Each_way_is_counted_with_how_far_it_came_and_how_long_it_took()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var dialog = await browser.StartAsync();
        using var api = _host.OpenApi("birch");
        api.DefaultRequestHeaders.AcceptLanguage.ParseAdd("pt");
        var popup = await api.StartPopupAsync();
        using var other = _host.OpenApi("cedar");
        await other.StartAsync();
        _clock.Advance(TimeSpan.FromSeconds(40));
        await SignAsync(api, popup.GetProperty("attemptId").GetGuid(), open: true);
        _clock.Advance(TimeSpan.FromSeconds(40));
        await browser.ReturnAsync(await _host.Meta.ApproveAsync(dialog, [_waba.Id], TestContext.Current.CancellationToken));
        await api.PostAsync(new { state = popup.GetProperty("state").GetString(), code = _host.Meta.IssuePopupCode() });

        var funnel = await ReadAsync();

        funnel.Select(group => (group.By, group.Name, group.Count)).ShouldBe(
            [("all", "", 3), ("way", "api", 1), ("way", "browser", 1), ("way", "popup", 1), ("outcome", "connected", 2), ("outcome", "under_way", 1), ("language", "en", 2), ("language", "pt", 1)]);
        funnel[0].Steps.Select(step => step.Count).ShouldBe([3, 2, 2, 2, 2, 2, 2, 2, 2]);
        funnel[0].Steps[2].Share.ShouldBe(2.0 / 3, 0.001);
        Of(funnel, "way", "popup").Steps.Select(step => step.MedianSeconds).ShouldBe([0, 40, 80, 80, 80, 80, 80, 80, 80]);
        Of(funnel, "way", "browser").Steps[1].MedianSeconds.ShouldBe(0);
        Of(funnel, "way", "api").Steps.Select(step => step.Count).ShouldBe([1, 0, 0, 0, 0, 0, 0, 0, 0]);
        string.Join(' ', funnel.SelectMany(group => group.Steps.Select(step => $"{group} {step}"))).ShouldNotContain("acme");
    }

    [Fact]
    public async Task The_same_state_again_is_one_start_and_a_page_that_is_loaded_again_is_another_one()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var back = await _host.Meta.ApproveAsync(await browser.StartAsync(), null, TestContext.Current.CancellationToken);
        await browser.ReturnAsync(back);
        await browser.ReturnAsync(back);
        (await ReadAsync())[0].Count.ShouldBe(1);

        await browser.StartAsync();
        (await ReadAsync())[0].Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_code_that_comes_after_its_state_belongs_to_the_start_that_it_began_with()
    {
        using var api = _host.OpenApi("acme");
        var first = (await api.StartPopupAsync()).GetProperty("state").GetString();
        await api.PostAsync(new { state = first, ending = "popup_left" });
        var second = (await api.StartPopupAsync("&renews=true")).GetProperty("state").GetString();
        (await api.PostAsync(new { state = second, renews = first, code = _host.Meta.IssuePopupCode() })).EnsureSuccessStatusCode();

        (await ReadAsync()).Where(group => group.By == "outcome").Select(group => (group.Name, group.Count)).ShouldBe([("connected", 1)]);
    }

    [Fact]
    public async Task A_choice_is_the_rest_of_the_attempt_that_asked_for_it()
    {
        await _host.DisposeAsync();
        _host = await TheHost.StartAsync(setup => setup["NumberChoice"] = "Ask");
        var waba = _host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        var two = waba.AddNumber("+1 631-555-0101", "Two");
        using var api = _host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(_host);
        var attempt = (await Browser.JsonAsync(await api.FinishAsync(code, state))).GetProperty("attemptId").GetGuid();
        (await ReadAsync()).Single(group => group.By == "outcome").Name.ShouldBe("choose");

        (await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { two.Id } }, "/api/integrations/whatsapp/choose")).EnsureSuccessStatusCode();

        var funnel = await ReadAsync();
        (funnel[0].Count, Of(funnel, "outcome", "connected").Steps[^1].Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_Meta_refuses_and_what_a_page_reports_is_why_it_ended()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        var dialog = await browser.StartAsync();
        (await browser.GetAsync($"{Browser.Callback}?error=access_denied&error_reason=user_denied&state={Uri.EscapeDataString(Browser.Query(dialog, "state"))}")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var api = _host.OpenApi("birch");
        await api.PostAsync(new { state = await api.StartPopupStateAsync(), ending = "popup_blocked" });

        var funnel = await ReadAsync();

        funnel.Where(group => group.By == "outcome").Select(group => (group.Name, group.Count)).ShouldBe([("cancelled", 1), ("popup_blocked", 1)]);
        await PassAsync(TimeSpan.FromHours(2));
        _host.Events.Account.ShouldBeEmpty("both said why they ended");
    }

    [Fact]
    public async Task What_the_limits_refuse_and_what_another_site_sends_is_no_start()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        await browser.GetAsync(Browser.Connect, request => request.Headers.Add("Sec-Fetch-Site", "cross-site"));
        (await ReadAsync())[0].Count.ShouldBe(0);

        for (var press = 0; press < 15; press++)
            await browser.GetAsync(Browser.Connect);
        (await ReadAsync())[0].Count.ShouldBe(10);
        _clock.Advance(TimeSpan.FromDays(31));
        await _host.UseAsync<AttemptRecords, int>(attempts => attempts.PruneAsync(_clock.GetUtcNow(), _clock.GetUtcNow() - Housekeeping.AttemptLife));
        (await ReadAsync())[0].Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_page_that_falls_silent_is_told_within_five_minutes_of_its_last_sign_once()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await api.StartPopupAsync()).GetProperty("attemptId").GetGuid();
        await SignAsync(api, attempt, open: false);
        for (var minute = 0; minute < 20; minute++)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
            await SignAsync(api, attempt, open: true);
        }

        _host.Events.Account.ShouldBeEmpty("somebody is there");
        for (var minute = 0; minute < 5; minute++)
            await PassAsync(TimeSpan.FromMinutes(1));

        var told = _host.Events.Account.ShouldHaveSingleItem();
        (told.Kind, told.Reason, told.AccountId.ToString(), told.Numbers.Count).ShouldBe((AccountEvent.AttemptAbandoned, "went_silent", "acme", 0));
        (told.At - (_clock.GetUtcNow() - TimeSpan.FromMinutes(5))).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
        await PassAsync(TimeSpan.FromHours(3));
        _host.Events.Account.Count.ShouldBe(1);
        Of(await ReadAsync(), "outcome", "went_silent").Steps.Select(step => step.Count).ShouldBe([1, 1, 0, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task A_dialog_that_is_never_answered_is_told_when_its_state_has_ended_and_not_while_somebody_may_be_at_Meta()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        await browser.StartAsync();
        await PassAsync(TimeSpan.FromMinutes(59));
        _host.Events.Account.ShouldBeEmpty();

        await PassAsync(TimeSpan.FromMinutes(2));

        _host.Events.Account.ShouldHaveSingleItem().Reason.ShouldBe("unanswered");
        Of(await ReadAsync(), "outcome", "unanswered").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_comes_back_after_a_silence_is_connected_and_counts_as_that()
    {
        using var api = _host.OpenApi("acme");
        var popup = await api.StartPopupAsync();
        await SignAsync(api, popup.GetProperty("attemptId").GetGuid(), open: true);
        await PassAsync(TimeSpan.FromMinutes(10));
        (await api.PostAsync(new { state = popup.GetProperty("state").GetString(), code = _host.Meta.IssuePopupCode() })).EnsureSuccessStatusCode();

        _host.Events.Account.Select(told => told.Kind).ShouldBe([AccountEvent.AttemptAbandoned, AccountEvent.Connected]);
        (await ReadAsync()).Single(group => group.By == "outcome").Name.ShouldBe("connected");
    }

    [Fact]
    public async Task An_account_that_was_erased_is_not_told_of_and_not_counted()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        await browser.StartAsync();
        await _host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("acme")));

        await PassAsync(TimeSpan.FromHours(2));

        _host.Events.Account.ShouldBeEmpty();
        (await ReadAsync())[0].Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_sign_of_another_account_keeps_nothing_alive_and_learns_nothing()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await api.StartPopupAsync()).GetProperty("attemptId").GetGuid();
        await SignAsync(api, attempt, open: true);
        using var other = _host.OpenApi("birch");
        await PassAsync(TimeSpan.FromMinutes(2));
        var known = await SignAsync(other, attempt, open: true);
        var unknown = await SignAsync(other, Guid.NewGuid(), open: true);
        await PassAsync(TimeSpan.FromMinutes(2));

        _host.Events.Account.ShouldHaveSingleItem().Reason.ShouldBe("went_silent");
        known.ShouldBe(unknown);
        (await (await other.PostAsync(new { wide = true }, $"/api/integrations/whatsapp/attempts/{attempt}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("bad_request");
    }

    private static async Task<string> SignAsync(HttpClient api, Guid attempt, bool open)
    {
        var answer = await api.PostAsync(new { open }, $"/api/integrations/whatsapp/attempts/{attempt}");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await _host.App.Services.GetRequiredService<SilentStarts>().TellAsync(TestContext.Current.CancellationToken);
    }

    private Task<IReadOnlyList<FunnelGroup>> ReadAsync() =>
        _host.UseAsync<IWhatsAppOperator, IReadOnlyList<FunnelGroup>>(operations => operations.GetFunnelAsync(_clock.GetUtcNow() - TimeSpan.FromDays(300)));

    private static FunnelGroup Of(IReadOnlyList<FunnelGroup> funnel, string by, string name) => funnel.Single(group => group.By == by && group.Name == name);
}
