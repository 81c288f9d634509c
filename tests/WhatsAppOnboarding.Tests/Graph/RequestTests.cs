using System.Text.Json;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class RequestTests : IDisposable
{
    private const string Fields =
        "id%2Cdisplay_phone_number%2Cverified_name%2Cquality_rating%2Cstatus%2Ccode_verification_status%2Cname_status%2Cplatform_type%2Caccount_mode%2Cis_on_biz_app";

    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_code_is_exchanged_with_the_redirect_uri_of_the_dialog_to_the_letter()
    {
        var call = new ExchangeCode("AQD/code+1", new Uri("HTTPS://SaaS.example/callback?a=b c"));
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
        (await SentAsync(new ExtendToken(Some.Token))).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/oauth/access_token?grant_type=fb_exchange_token&fb_exchange_token={Some.TokenText}&client_id={Some.AppId}&client_secret={Some.AppSecret}");
        _graph.Sent.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_token_is_inspected_in_the_name_of_the_app()
    {
        (await SentAsync(new InspectToken(Some.Token))).ShouldBe($"GET https://graph.facebook.com/v25.0/debug_token?input_token={Some.TokenText}");
        _graph.Sent.Single().Authorization.ShouldBe($"Bearer {Some.AppId}|{Some.AppSecret}");
    }

    [Fact]
    public async Task Portfolios_are_listed() =>
        (await SentAsync(new ListBusinesses(Some.Token))).ShouldBe($"GET https://graph.facebook.com/v25.0/me/businesses?fields=id%2Cname&limit=100&appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Owned_WABAs_are_listed_from_a_cursor_on() =>
        (await SentAsync(new ListOwnedWabas(Some.Token, Some.Business, "a=b"))).ShouldBe(
            $"GET https://graph.facebook.com/v25.0/272000000000001/owned_whatsapp_business_accounts?fields=id%2Cname&limit=100&after=a%3Db&appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Shared_WABAs_are_listed() =>
        (await SentAsync(new ListClientWabas(Some.Token, Some.Business))).ShouldBe(
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
        (await SentAsync(new UnsubscribeApp(Some.Token, Some.Waba))).ShouldBe($"DELETE https://graph.facebook.com/v25.0/524000000000001/subscribed_apps?appsecret_proof={Some.Proof}");

    [Fact]
    public async Task Subscribed_apps_are_listed() =>
        (await SentAsync(new ListSubscribedApps(Some.Token, Some.Waba))).ShouldBe($"GET https://graph.facebook.com/v25.0/524000000000001/subscribed_apps?appsecret_proof={Some.Proof}");

    [Fact]
    public async Task A_text_message_is_sent_as_JSON()
    {
        (await SentAsync(new SendTextMessage(Some.Token, Some.Number, "+16505550123", "Grüße \"you\""))).ShouldBe(
            $"POST https://graph.facebook.com/v25.0/106000000000001/messages?appsecret_proof={Some.Proof}");
        var sent = _graph.Sent.Single();
        sent.MediaType.ShouldBe("application/json");
        JsonElement.DeepEquals(
            JsonDocument.Parse(sent.Body!).RootElement,
            JsonDocument.Parse("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505550123","type":"text","text":{"preview_url":false,"body":"Grüße \"you\""}}""").RootElement).ShouldBeTrue(sent.Body);
    }

    [Fact]
    public async Task A_token_travels_in_the_header_and_the_client_names_itself()
    {
        await SentAsync(Some.Subscribing);
        _graph.Sent.Single().Authorization.ShouldBe($"Bearer {Some.TokenText}");
        _graph.Sent.Single().UserAgent.ShouldBe("WhatsAppOnboarding/0.1.0");
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
        Should.Throw<ArgumentException>(() => new SendTextMessage(Some.Token, Some.Number, "+16505550123", body!));

    [Fact]
    public void A_message_takes_4096_characters_and_not_one_more()
    {
        var message = Some.Message with { Body = new('x', 4096) };
        Should.Throw<ArgumentException>(() => message with { Body = new('x', 4097) }).Message.ShouldNotContain("xxx");
    }

    private async Task<string> SentAsync<T>(GraphCall<T> call)
        where T : class
    {
        _graph.Answers("{}");
        await _graph.SendAsync(call);
        return $"{_graph.Sent[^1].Method} {_graph.Sent[^1].Address}";
    }
}
