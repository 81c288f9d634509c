using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class PopupTests : EmulatorTest
{
    private PopupWindow Window => new(Meta, Graph.Http);

    [Fact]
    public async Task A_person_goes_through_the_steps_and_finishes()
    {
        var popup = await Window.OpenAsync();
        popup.Html.ShouldContain("BUSINESS_ACCOUNT_SELECTION");
        popup.Html.ShouldContain($"value=\"{Waba.Id}\" required checked");

        (await popup.PressAsync()).Html.ShouldContain("PHONE_NUMBER_SETUP");
        popup.Html.ShouldContain("631-555-0101");
        (await popup.PressAsync(null, ("number", Waba.Numbers[1].Id))).Html.ShouldContain("PERMISSIONS");
        popup.Html.ShouldContain("<code>whatsapp_business_messaging</code>");
        (await popup.PressAsync()).Html.ShouldContain("data-finish");

        popup.Message!.ToJsonString().ShouldBe($$$"""
            {"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","version":3,"data":{"phone_number_id":"{{{Waba.Numbers[1].Id}}}","waba_id":"{{{Waba.Id}}}","business_id":"{{{Business.Id}}}"}}
            """);
        var token = (string)(await Graph.ExchangeAsync(popup.Code!, null))["access_token"]!;
        (await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers", token)).ShouldSucceed();
    }

    [Fact]
    public async Task Where_all_is_chosen_already_one_page_asks_for_one_click()
    {
        Options.PreselectInPopup = true;
        var popup = await Window.OpenAsync();
        foreach (var shown in new[] { Business.Name, Waba.Name, "631-555-0100", "<code>whatsapp_business_messaging</code>" })
            popup.Html.ShouldContain(shown);

        await popup.PressAsync("finish");

        ((string?)popup.Message!["event"], (string?)popup.Message["data"]!["phone_number_id"]).ShouldBe(("FINISH", Waba.Numbers[0].Id));
        var token = (string)(await Graph.ExchangeAsync(popup.Code!, null))["access_token"]!;
        (await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers", token)).ShouldSucceed();
    }

    [Fact]
    public async Task What_is_chosen_already_can_be_changed_and_given_up_and_needs_a_number()
    {
        Options.PreselectInPopup = true;
        (await (await Window.OpenAsync()).PressAsync("change")).Html.ShouldContain("BUSINESS_ACCOUNT_SELECTION");
        ((string?)(await (await Window.OpenAsync()).PressAsync("cancel")).Message!["event"]).ShouldBe("CANCEL");
        foreach (var number in Waba.Numbers)
            number.Remove();

        (await Window.OpenAsync()).Html.ShouldContain("BUSINESS_ACCOUNT_SELECTION");

        Meta.Popup.Opened.Count.ShouldBe(3);
        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_chooses_no_number_finishes_with_the_account_only()
    {
        var popup = await FinishAsync("none");
        ((string?)popup.Message!["event"]).ShouldBe("FINISH_ONLY_WABA");
        popup.Message["data"]!.ToJsonString().ShouldBe($$"""{"waba_id":"{{Waba.Id}}"}""");
        Waba.Numbers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_number_comes_out_of_the_signup_unverified()
    {
        var popup = await FinishAsync("new", ("new_number", "+1 650-555-0177"), ("new_name", "Lucky Shrub Night"));
        var number = Meta.World.FindNumber((string)popup.Message!["data"]!["phone_number_id"]!)!;
        (number.DisplayPhoneNumber, number.VerifiedName).ShouldBe(("+1 650-555-0177", "Lucky Shrub Night"));
        (number.CodeVerificationStatus, number.Status, number.PlatformType).ShouldBe(("NOT_VERIFIED", "PENDING", "NOT_APPLICABLE"));
        number.Waba.ShouldBe(Waba);
    }

    [Fact]
    public async Task A_new_account_is_made_when_the_signup_ends_and_not_before()
    {
        var popup = await Window.OpenAsync();
        await popup.PressAsync(null, ("account", "new:" + Business.Id));
        await popup.PressAsync(null, ("number", "new"));
        Business.Wabas.Count.ShouldBe(1);
        await popup.PressAsync();
        ((string?)popup.Message!["data"]!["waba_id"]).ShouldBe(Business.Wabas[1].Id);
        Business.Wabas[1].Numbers.ShouldHaveSingleItem().CodeVerificationStatus.ShouldBe("NOT_VERIFIED");
    }

    [Fact]
    public async Task Who_gives_up_at_a_step_says_which_one()
    {
        var popup = await Window.OpenAsync();
        foreach (var step in new[] { "BUSINESS_ACCOUNT_SELECTION", "PHONE_NUMBER_SETUP", "PERMISSIONS" })
        {
            await popup.OpenAsync();
            for (var pressed = 0; pressed < 3 && !popup.Html.Contains(step, StringComparison.Ordinal); pressed++)
                await popup.PressAsync();
            await popup.PressAsync("cancel");
            popup.Message!.ToJsonString().ShouldBe($$$"""{"type":"WA_EMBEDDED_SIGNUP","event":"CANCEL","version":3,"data":{"current_step":"{{{step}}}"}}""");
            popup.Code.ShouldBeNull();
        }

        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_the_window_tells_nothing_on_the_first_step_and_where_one_was_on_a_later_one()
    {
        var popup = await Window.OpenAsync();
        popup.Posts.ShouldBeEmpty();
        await popup.PressAsync();
        ((string?)popup.Message!["data"]!["current_step"]).ShouldBe("PHONE_NUMBER_SETUP");
        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_code_lives_30_seconds_from_the_moment_the_page_gets_it()
    {
        var popup = await FinishAsync(Number.Id);
        Clock.Advance(TimeSpan.FromMinutes(5));
        using (var handedOver = new FormUrlEncodedContent([KeyValuePair.Create("code", popup.Code!)]))
            (await Graph.Http.PostAsync("/v25.0/dialog/embedded-signup/handed-over", handedOver, Ct)).EnsureSuccessStatusCode();

        Clock.Advance(TimeSpan.FromSeconds(29));
        (await Graph.ExchangeAsync(popup.Code!, Redirect)).ShouldFail(400, 100, 36008);
        (await Graph.ExchangeAsync(popup.Code!, null)).ShouldSucceed();

        var late = await FinishAsync(Number.Id);
        Clock.Advance(TimeSpan.FromSeconds(30));
        (await Graph.ExchangeAsync(late.Code!, null)).ShouldFail(400, 100, 36007);
    }

    [Fact]
    public async Task A_world_without_businesses_offers_a_new_one()
    {
        await using var meta = await MetaEmulator.StartAsync(cancellationToken: Ct);
        using var graph = new GraphHttp(meta);
        var popup = await new PopupWindow(meta, graph.Http).OpenAsync();
        await popup.PressAsync("finish");
        ((string?)popup.Message!["data"]!["business_id"]).ShouldBe(meta.World.Businesses.ShouldHaveSingleItem().Id);
    }

    private async Task<PopupWindow> FinishAsync(string number, params (string Name, string Value)[] more)
    {
        var popup = await Window.OpenAsync();
        await popup.PressAsync();
        await popup.PressAsync(null, [("number", number), .. more]);
        return await popup.PressAsync();
    }
}
