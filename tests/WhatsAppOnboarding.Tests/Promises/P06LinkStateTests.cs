using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

/// <summary>Attacks half way: another browser, another account, another kind of state, and a link that ended meanwhile.</summary>
public sealed class P06LinkStateTests : TheLinks
{
    [Fact]
    public async Task Another_browser_finishes_nothing_half_way_and_learns_no_address()
    {
        var path = await PathAsync();
        var owner = Person();
        var back = await ApproveAsync(await PressAsync(owner, path));

        await RefusedAsync(await Person().GetAsync(back.PathAndQuery), "other_browser");
        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
        (await ReturnAsync(owner, path, back)).ShouldContain(Number.DisplayPhoneNumber);
    }

    [Fact]
    public async Task A_state_of_the_attacker_s_link_connects_nothing_in_the_victim_s_browser()
    {
        var (evil, own) = (await PathAsync(account: "mallory"), await PathAsync());
        var dialog = await PressAsync(Person(), evil);
        var victim = Person();
        await PressAsync(victim, own);

        await RefusedAsync(await victim.GetAsync((await ApproveAsync(dialog)).PathAndQuery), "other_browser");
        await StillWorksAsync(own, victim);
    }

    [Fact]
    public async Task Whoever_is_signed_in_to_another_account_is_not_touched()
    {
        var path = await PathAsync();
        var person = Person();
        await person.SignInAsync("birch");

        (await ConnectAsync(person, path)).ShouldContain(Number.DisplayPhoneNumber);

        (await Host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().IsHeld.ShouldBeTrue();
        (await Host.ReadAsync("birch")).Numbers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_expired_is_refused_and_tells_nothing_else()
    {
        var path = await PathAsync(new SetupLinkRequest { Lifetime = TimeSpan.FromMinutes(10) });
        Clock.Advance(TimeSpan.FromMinutes(10));

        await RefusedAsync(await Person().GetAsync(path), "link_expired");
        await RefusedAsync(await PostAsync(Person(), path), "link_expired");
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Expired);
    }

    [Fact]
    public async Task A_link_that_expires_half_way_is_finished_by_the_browser_that_pressed_in_time_and_pressed_no_more()
    {
        var path = await PathAsync(new SetupLinkRequest { Lifetime = TimeSpan.FromMinutes(10) });
        var person = Person();
        var back = await ApproveAsync(await PressAsync(person, path));
        Clock.Advance(TimeSpan.FromMinutes(10));

        await RefusedAsync(await PostAsync(person, path), "link_expired");
        await RefusedAsync(await Person().GetAsync(path), "link_expired");
        (await Person().GetAsync(back.PathAndQuery)).StatusCode.ShouldNotBe(HttpStatusCode.SeeOther);
        await NothingTakenAsync();
        (await ReturnAsync(person, path, back)).ShouldContain(Number.DisplayPhoneNumber);
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
    }

    [Fact]
    public async Task A_link_that_was_taken_back_is_refused()
    {
        var link = await CreateAsync();
        (await RevokeAsync(link))!.State.ShouldBe(SetupLink.Revoked);

        await RefusedAsync(await Person().GetAsync(PathOf(link)), "link_revoked");
        await RefusedAsync(await PostAsync(Person(), PathOf(link)), "link_revoked");
    }

    [Fact]
    public async Task A_link_that_is_taken_back_half_way_connects_nothing()
    {
        var link = await CreateAsync();
        var person = Person();
        var back = await ApproveAsync(await PressAsync(person, PathOf(link)));
        await RevokeAsync(link);

        (await ReturnAsync(person, PathOf(link), back)).ShouldContain("This link was taken back.");
        (await Host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("acme")))).ShouldBeEmpty("a refusal uses nothing up");
        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_of_an_account_that_was_erased_half_way_connects_nothing()
    {
        var path = await PathAsync();
        var person = Person();
        var back = await ApproveAsync(await PressAsync(person, path));
        await Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("acme")));

        (await ReturnAsync(person, path, back)).ShouldContain("There is no such link.");
        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_s_states_are_refused_at_the_account_s_routes()
    {
        var path = await PathAsync();
        var person = Person();
        var back = await ApproveAsync(await PressAsync(person, path));
        var popup = (await StartPopupAsync(person, path)).GetProperty("state").GetString()!;
        using var api = Host.OpenApi("acme");

        foreach (var state in (string[])[Browser.Query(back, "state"), popup])
            (await ApiConnect.CodeOf(await api.FinishAsync(Browser.Query(back, "code"), state))).ShouldBe("state_wrong_way");
        await RefusedAsync(await person.GetAsync($"{Browser.Callback}?code={Host.Meta.IssuePopupCode()}&state={Uri.EscapeDataString(popup)}"), "state_wrong_way");
        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
        (await ReturnAsync(person, path, back)).ShouldContain(Number.DisplayPhoneNumber);
    }

    [Fact]
    public async Task The_account_s_states_and_those_of_another_link_are_refused_at_a_link_s_routes()
    {
        var (path, other) = (await PathAsync(), await PathAsync(account: "birch"));
        var person = Person();
        var redirected = Browser.Query(await PressAsync(person, path), "state");
        var foreign = (await StartPopupAsync(person, other)).GetProperty("state").GetString()!;
        using var api = Host.OpenApi("acme");
        var (code, popup) = (Host.Meta.IssuePopupCode(), await api.StartPopupStateAsync());

        (await FinishAsync(person, path, code, popup)).ShouldBe("state_wrong_way");
        (await FinishAsync(person, path, code, redirected)).ShouldBe("state_wrong_way");
        (await FinishAsync(person, path, code, foreign)).ShouldBe("state_invalid");
        (await FinishAsync(person, path, code, "x")).ShouldBe("state_invalid");
        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_popup_s_post_is_the_pressing_browser_s_and_the_link_s_while_it_is_open()
    {
        var link = await CreateAsync();
        var (path, owner, thief) = (PathOf(link), Person(), Person());
        var state = (await StartPopupAsync(owner, path)).GetProperty("state").GetString()!;
        var code = Host.Meta.IssuePopupCode();

        (await FinishAsync(thief, path, code, state)).ShouldBe("other_browser");
        (await ApiConnect.CodeOf(await thief.PostAsync(path + "/connect", new { }))).ShouldBe("link_in_use");
        await RevokeAsync(link);
        (await FinishAsync(owner, path, code, state)).ShouldBe("link_revoked");
        (await ApiConnect.CodeOf(await owner.PostAsync(path + "/oauth", new { state, ending = "cancelled" }))).ShouldBe("link_revoked");
        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_used_up_in_the_other_way_meanwhile_takes_no_second_code()
    {
        var path = await PathAsync();
        var person = Person();
        var state = (await StartPopupAsync(person, path)).GetProperty("state").GetString()!;
        await ConnectAsync(person, path);
        var calls = Host.Meta.Calls.All.Count;

        (await FinishAsync(person, path, Host.Meta.IssuePopupCode(), state)).ShouldBe("link_used");
        Host.Meta.Calls.All.Count.ShouldBe(calls);
    }

    private static async Task<JsonElement> StartPopupAsync(Browser browser, string path)
    {
        await browser.GetAsync(path);
        var answer = await browser.PostAsync(path + "/connect", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task<string> FinishAsync(Browser browser, string path, string code, string state) =>
        await ApiConnect.CodeOf(await browser.PostAsync(path + "/oauth", new { code, state }));
}
