using System.Text.Json;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class PopupEndingTests : EmulatorTest
{
    private PopupWindow Window => new(Meta, Graph.Http);

    [Theory]
    [InlineData("finish", "FINISH", "phone_number_id,waba_id,business_id")]
    [InlineData("only-waba", "FINISH_ONLY_WABA", "waba_id")]
    [InlineData("several", "FINISH", "phone_number_id,waba_id,business_id,waba_ids")]
    [InlineData("coexistence", "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", "waba_id")]
    [InlineData("migration", "FINISH_OBO_MIGRATION", "")]
    [InlineData("app-only", "FINISH_GRANT_ONLY_API_ACCESS", "phone_number_id,waba_id,business_id")]
    [InlineData("unknown", "FINISH_SOMETHING_NEW", "accounts")]
    public async Task A_successful_ending_names_no_more_than_meta_documents_and_comes_with_a_code(string ending, string name, string data)
    {
        var popup = await EndAsync(ending);
        ((string?)popup.Message!["event"]).ShouldBe(name);
        string.Join(',', popup.Message["data"]!.AsObject().Select(item => item.Key)).ShouldBe(data);
        (await Graph.ExchangeAsync(popup.Code!, null)).ShouldSucceed();
    }

    [Theory]
    [InlineData("report", "CANCEL")]
    [InlineData("error", "ERROR")]
    public async Task An_ending_with_an_error_reports_it_and_grants_nothing(string ending, string name)
    {
        var popup = await EndAsync(ending);
        ((string?)popup.Message!["event"]).ShouldBe(name);
        popup.Message["data"]!.AsObject().Select(item => item.Key).ShouldBe(["error_message", "error_code", "session_id", "timestamp"]);
        popup.Posts[^1]["response"]!.ToJsonString().ShouldBe("""{"authResponse":null,"status":"unknown"}""");
        Meta.World.IssuedCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_without_a_word_posts_nothing_at_all()
    {
        var popup = await EndAsync("close");
        popup.Html.ShouldContain("data-at-once");
        popup.Html.ShouldContain(WebText("\"posts\":[]"));
    }

    [Theory]
    [InlineData("message-first", "String,Object")]
    [InlineData("callback-first", "Object,String")]
    [InlineData("message-lost", "Object")]
    [InlineData("code-lost", "String")]
    public async Task Either_half_comes_first_or_is_lost(string ending, string posts)
    {
        Meta.Popup.Delivery = PopupDelivery.CallbackThenMessage;
        var popup = await EndAsync(ending);
        string.Join(',', popup.Posts.Select(post => post.GetValueKind())).ShouldBe(posts);
        Meta.World.IssuedCodes.Count.ShouldBe(ending == "code-lost" ? 0 : 1);
    }

    [Fact]
    public async Task The_app_hears_text_that_is_no_json_first_as_it_does_from_meta()
    {
        (await EndAsync("finish")).Html.ShouldContain(WebText("\"posts\":[\"emulated-popup="));
    }

    [Fact]
    public async Task The_usual_order_is_message_then_callback_until_a_test_wants_another()
    {
        (await EndAsync("finish")).Posts[0].GetValueKind().ShouldBe(JsonValueKind.String);
        Meta.Popup.Delivery = PopupDelivery.CallbackThenMessage;
        (await EndAsync("finish")).Posts[0].GetValueKind().ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task Several_accounts_are_all_granted()
    {
        var second = Business.AddWaba("Lucky Shrub Support");
        Meta.World.AddBusiness("Another").AddWaba("Another");
        var popup = await EndAsync("several");
        popup.Message!["data"]!["waba_ids"]!.AsArray().Select(id => (string?)id).ShouldBe([Waba.Id, second.Id]);
        await Graph.ExchangeAsync(popup.Code!, null);
        Meta.World.IssuedTokens[0].WabaIds.ShouldBe([Waba.Id, second.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task A_coexistence_signup_uses_the_number_on_the_business_app_or_makes_one()
    {
        await EndAsync("coexistence");
        var made = Waba.Numbers[^1];
        (made.IsOnBizApp, made.PlatformType, made.CodeVerificationStatus, made.OnboardedAt).ShouldBe((true, "CLOUD_API", "VERIFIED", Clock.GetUtcNow()));
        await EndAsync("coexistence");
        Waba.Numbers[^1].ShouldBe(made);
    }

    [Fact]
    public async Task A_test_says_how_the_next_popup_ends_by_itself()
    {
        var second = Business.AddWaba("Lucky Shrub Support");
        var number = second.AddNumber("+1 631-555-0102", "Support");
        Meta.Popup.Next = PopupEnding.Finish with { WabaIds = [second.Id], PhoneNumberId = number.Id, Delivery = PopupDelivery.CallbackThenMessage };
        var popup = await Window.OpenAsync();
        popup.Html.ShouldContain("data-at-once");
        ((string?)popup.Message!["data"]!["phone_number_id"]).ShouldBe(number.Id);
        popup.Posts[0].GetValueKind().ShouldBe(JsonValueKind.Object);

        (await Window.OpenAsync()).Html.ShouldNotContain("data-at-once");
        Meta.Popup.Next = PopupEnding.Cancel("PHONE_NUMBER_VERIFICATION");
        popup = await Window.OpenAsync();
        ((string?)popup.Message!["data"]!["current_step"]).ShouldBe("PHONE_NUMBER_VERIFICATION");
    }

    [Fact]
    public void A_scripted_ending_names_only_what_exists()
    {
        Should.Throw<ArgumentException>(() => Meta.Popup.Next = PopupEnding.Finish with { WabaIds = ["1"] });
        Should.Throw<ArgumentException>(() => Meta.Popup.Next = PopupEnding.Finish with { PhoneNumberId = "1" });
    }

    private static string WebText(string text) => System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text);

    private async Task<PopupWindow> EndAsync(string ending)
    {
        var popup = await Window.OpenAsync();
        return await popup.PressAsync(ending);
    }
}
