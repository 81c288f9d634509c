using System.Text.Json;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class RequestTests : IDisposable
{
    private const string Fields =
        "id%2Cdisplay_phone_number%2Cverified_name%2Cquality_rating%2Cstatus%2Ccode_verification_status%2Cname_status%2Cnew_display_name%2Cnew_name_status%2Cplatform_type%2Caccount_mode%2Cis_on_biz_app";

    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_code_is_exchanged_with_the_redirect_uri_of_the_dialog_to_the_letter()
    {
        var call = LoginCalls.ExchangeCode("AQD/code+1", new Uri("HTTPS://SaaS.example/callback?a=b c"));
        (await SentAsync(call)).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/oauth/access_token?redirect_uri=HTTPS%3A%2F%2FSaaS.example%2Fcallback%3Fa%3Db%20c&code=AQD%2Fcode%2B1&client_id={Some.AppId}&client_secret={Some.AppSecret}");
        _graph.Sent.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_code_of_the_popup_is_exchanged_without_a_redirect_uri() =>
        (await SentAsync(Some.Exchanging)).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/oauth/access_token?code=AQDcode&client_id={Some.AppId}&client_secret={Some.AppSecret}");

    [Fact]
    public async Task A_token_is_extended_by_the_app()
    {
        (await SentAsync(LoginCalls.ExtendToken(Some.Token))).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/oauth/access_token?grant_type=fb_exchange_token&fb_exchange_token={Some.TokenText}&client_id={Some.AppId}&client_secret={Some.AppSecret}");
        _graph.Sent.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_token_is_inspected_in_the_name_of_the_app()
    {
        (await SentAsync(LoginCalls.InspectToken(Some.Token))).ShouldBe($"GET https://graph.facebook.com/v25.0/debug_token?input_token={Some.TokenText}");
        _graph.Sent.Single().Authorization.ShouldBe($"Bearer {Some.AppId}|{Some.AppSecret}");
    }

    [Fact]
    public async Task Portfolios_are_listed() =>
        (await SentAsync(LoginCalls.ListBusinesses(Some.Token))).ShouldBe($"GET https://graph.facebook.com/v25.0/me/businesses?fields=id%2Cname&limit=100&appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Owned_WABAs_are_listed_from_a_cursor_on() =>
        (await SentAsync(LoginCalls.ListOwnedWabas(Some.Token, Some.Business, "a=b"))).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/272000000000001/owned_whatsapp_business_accounts?fields=id%2Cname&limit=100&after=a%3Db&appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Shared_WABAs_are_listed() =>
        (await SentAsync(LoginCalls.ListClientWabas(Some.Token, Some.Business))).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/272000000000001/client_whatsapp_business_accounts?fields=id%2Cname&limit=100&appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Numbers_are_listed_with_the_configured_fields() =>
        (await SentAsync(Some.Listing)).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/524000000000001/phone_numbers?fields={Fields}&limit=100&appsecret_proof={Some.Proof}");

    [Fact]
    public async Task The_app_is_subscribed_with_an_empty_body()
    {
        (await SentAsync(Some.Subscribing)).ShouldBe($"POST https://graph.facebook.com/v25.0/524000000000001/subscribed_apps?appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Body.ShouldBeNull();
    }

    [Fact]
    public async Task The_app_is_unsubscribed() =>
        (await SentAsync(SubscriptionCalls.Unsubscribe(Some.Token, Some.Waba))).ShouldBe($"DELETE https://graph.facebook.com/v25.0/524000000000001/subscribed_apps?appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Subscribed_apps_are_listed() =>
        (await SentAsync(SubscriptionCalls.ListSubscribedApps(Some.Token, Some.Waba))).ShouldBe($"GET https://graph.facebook.com/v25.0/524000000000001/subscribed_apps?appsecret_proof={Some.Proof}");

    [Fact]
    public async Task An_address_of_a_waba_and_its_verify_token_are_in_the_body()
    {
        (await SentAsync(SubscriptionCalls.Override(Some.Token, Some.Waba, new Uri("https://own.example/hook?a=b c"), "planted-verify-token"))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/524000000000001/subscribed_apps?appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Body.ShouldBe("""{"override_callback_uri":"https://own.example/hook?a=b%20c","verify_token":"planted-verify-token"}""");
    }

    [Fact]
    public async Task The_fields_of_the_app_are_subscribed_in_its_own_name_with_everything_in_the_body()
    {
        (await SentAsync(SubscriptionCalls.SubscribeAppFields(Some.AppId, new Uri("https://saas.example/hook"), "planted-verify-token", ["messages", "history"]))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/{Some.AppId}/subscriptions");
        var sent = _graph.Sent.Single();
        sent.Authorization.ShouldBe($"Bearer {Some.AppId}|{Some.AppSecret}");
        sent.Body.ShouldBe("""{"object":"whatsapp_business_account","callback_url":"https://saas.example/hook","verify_token":"planted-verify-token","fields":"messages,history","include_values":true}""");
    }

    [Fact]
    public async Task The_subscriptions_of_the_app_are_listed_in_its_own_name()
    {
        (await SentAsync(SubscriptionCalls.ListAppSubscriptions(Some.AppId, "a=b"))).ShouldBe($"GET https://graph.facebook.com/v25.0/{Some.AppId}/subscriptions?after=a%3Db");
        _graph.Sent.Single().Authorization.ShouldBe($"Bearer {Some.AppId}|{Some.AppSecret}");
    }

    [Fact]
    public async Task A_text_message_is_sent_as_JSON()
    {
        (await SentAsync(Some.Sending(MessageContent.Text("Grüße \"you\"")))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/106000000000001/messages?appsecret_proof={Some.Proof}");
        var sent = _graph.Sent.Single();
        sent.MediaType.ShouldBe("application/json");
        JsonElement.DeepEquals(
            JsonDocument.Parse(sent.Body!).RootElement,
            JsonDocument.Parse("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505550123","type":"text","text":{"preview_url":false,"body":"Grüße \"you\""}}""").RootElement).ShouldBeTrue(sent.Body);
    }

    [Fact]
    public async Task A_number_is_registered_with_its_pin_as_JSON()
    {
        (await SentAsync(NumberCalls.Register(Some.Token, Some.Number, TwoStepPin.Parse("012345")))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/106000000000001/register?appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Body.ShouldBe("""{"messaging_product":"whatsapp","pin":"012345"}""");
    }

    [Theory]
    [InlineData(false, "SMS")]
    [InlineData(true, "VOICE")]
    public async Task A_verification_code_is_asked_for(bool byCall, string word)
    {
        (await SentAsync(NumberCalls.RequestCode(Some.Token, Some.Number, byCall, "pt_BR"))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/106000000000001/request_code?appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Body.ShouldBe($$"""{"code_method":"{{word}}","language":"pt_BR"}""");
    }

    [Fact]
    public async Task A_verification_code_is_handed_in()
    {
        (await SentAsync(NumberCalls.VerifyCode(Some.Token, Some.Number, "000111"))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/106000000000001/verify_code?appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Body.ShouldBe("""{"code":"000111"}""");
    }

    [Theory]
    [InlineData(nameof(AppDataKind.Contacts), "smb_app_state_sync")]
    [InlineData(nameof(AppDataKind.History), "history")]
    public async Task Data_of_the_app_is_asked_for_and_the_request_has_an_id(string kind, string word)
    {
        _graph.Answers("""{"messaging_product":"whatsapp","request_id":"r1"}""");
        (await _graph.SendAsync(NumberCalls.SyncAppData(Some.Token, Some.Number, Enum.Parse<AppDataKind>(kind)))).Value!.RequestId.ShouldBe("r1");
        _graph.Sent.Single().Address.ShouldBe($"https://graph.facebook.com/v25.0/106000000000001/smb_app_data?appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Body.ShouldBe($$"""{"messaging_product":"whatsapp","sync_type":"{{word}}"}""");
    }

    [Fact]
    public async Task One_number_is_read_with_the_configured_fields_and_is_the_one_asked_for()
    {
        (await SentAsync(NumberCalls.ReadNumber(Some.Token, Some.Number))).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/106000000000001?fields={Fields}&appsecret_proof={Some.Proof}");
        _graph.Answers("""{"id":"106000000000002","status":"CONNECTED"}""");
        (await _graph.SendAsync(NumberCalls.ReadNumber(Some.Token, Some.Number))).Error!.Kind.ShouldBe(GraphErrorKind.UnreadableAnswer);
    }

    [Fact]
    public async Task A_number_is_read_without_naming_fields_when_meta_does_not_know_one()
    {
        _graph.Answers(Some.Error(100), System.Net.HttpStatusCode.BadRequest).Answers("""{"id":"106000000000001","display_phone_number":"+1"}""");
        var number = (await _graph.SendAsync(NumberCalls.ReadNumber(Some.Token, Some.Number))).Value!;
        (number.DisplayPhoneNumber, number.PlatformType.IsKnown, number.IsOnBizApp).ShouldBe(("+1", false, null));
        _graph.Sent[^1].Address.ShouldBe($"https://graph.facebook.com/v25.0/106000000000001?appsecret_proof={Some.Proof}");
    }

    [Fact]
    public async Task What_must_not_happen_twice_is_sent_once_whatever_comes_of_it()
    {
        await OnceAsync(NumberCalls.Register(Some.Token, Some.Number, TwoStepPin.Random()));
        await OnceAsync(NumberCalls.RequestCode(Some.Token, Some.Number, false, "en_US"));
        await OnceAsync(NumberCalls.VerifyCode(Some.Token, Some.Number, "000111"));
        await OnceAsync(WhatsAppCalls.UploadMedia(Some.Token, Some.Number, Stream.Null, "image/jpeg", "a.jpg"));
        await OnceAsync(WhatsAppCalls.DownloadMedia(Some.Token, new() { Id = "1", Address = new("https://lookaside.fbsbx.com/1") }, Stream.Null));
        await OnceAsync(WhatsAppCalls.UpdateProfile(Some.Token, Some.Number, new() { About = "Shrubs" }));
        await OnceAsync(NumberCalls.SyncAppData(Some.Token, Some.Number, AppDataKind.History));
    }

    [Fact]
    public async Task A_token_travels_in_the_header_and_the_client_names_itself()
    {
        await SentAsync(Some.Subscribing);
        _graph.Sent.Single().Authorization.ShouldBe($"Bearer {Some.TokenText}");
        _graph.Sent.Single().UserAgent.ShouldBe($"WhatsAppOnboarding/{LibraryDiagnostics.Version}");
        LibraryDiagnostics.Version.ShouldMatch(@"^\d+\.\d+\.\d+(-[0-9a-z.]+)?$");
    }

    [Fact]
    public async Task A_new_secret_another_version_and_another_address_take_effect_at_the_next_call()
    {
        await SentAsync(Some.Subscribing);
        _graph.Rotate("rotated");
        (_graph.Options.Version, _graph.Options.BaseAddress) = ("v26.0", new("http://127.0.0.1:5081/meta/"));
        (await SentAsync(Some.Exchanging)).ShouldBe($"GET http://127.0.0.1:5081/meta/v26.0/oauth/access_token?code=AQDcode&client_id={Some.AppId}&client_secret=rotated");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_message_without_text_is_refused_at_once(string? body) =>
        Should.Throw<ArgumentException>(() => MessageContent.Text(body!));

    [Fact]
    public void A_message_takes_4096_characters_and_not_one_more()
    {
        MessageContent.Text(new('x', 4096));
        Should.Throw<ArgumentException>(() => MessageContent.Text(new('x', 4097))).Message.ShouldNotContain("xxx");
    }

    private async Task OnceAsync<T>(GraphCall<T> call)
        where T : class
    {
        var before = _graph.Sent.Count;
        _graph.Answers(Some.Error(2), System.Net.HttpStatusCode.ServiceUnavailable);
        (await _graph.SendAsync(call)).Error!.Kind.ShouldBe(GraphErrorKind.Unavailable);
        _graph.Sent.Count.ShouldBe(before + 1, call.ToString());
    }

    private async Task<string> SentAsync<T>(GraphCall<T> call)
        where T : class
    {
        _graph.Answers("{}");
        await _graph.SendAsync(call);
        return $"{_graph.Sent[^1].Method} {_graph.Sent[^1].Address}";
    }
}
