using System.Net;
using System.Text;
using WhatsAppOnboarding.Tests.Framework;
using static WhatsAppOnboarding.Tests.Framework.SignedForms;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class RefusalTests : IAsyncLifetime
{
    private PersonsHost _persons = null!;
    private string _user = "";

    public static TheoryData<string> Paths => [Deauthorize, DataDeletion];

    public async ValueTask InitializeAsync()
    {
        _persons = await PersonsHost.StartAsync();
        _user = await _persons.ConnectAsync("acme");
    }

    public async ValueTask DisposeAsync()
    {
        _persons.Doubted.ShouldBeEmpty("what is refused changes nothing");
        (await _persons.GrantedByAsync("acme")).ShouldBe(_persons.HashOf(_user));
        await _persons.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_the_app_secret_did_not_sign_is_a_401(string path)
    {
        var good = _persons.Host.Of(_user);
        var other = _persons.Host.Of("999");

        foreach (var text in new[]
        {
            Sign("another-secret", Payload(_user)),
            $"{other.Split('.')[0]}.{good.Split('.')[1]}",
            $"AAAA.{good.Split('.')[1]}",
            $"{Encode(new byte[32])}.{Encode(Encoding.UTF8.GetBytes($$"""{"algorithm":"none","user_id":"{{_user}}"}"""))}",
        })
            await ShouldBeAsync(await _persons.Host.PostSignedAsync(path, text), HttpStatusCode.Unauthorized, "signed_request_forged");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_is_not_one_field_with_a_signed_request_is_a_400(string path)
    {
        var good = _persons.Host.Of(_user);
        foreach (var form in new HttpContent[]
        {
            new FormUrlEncodedContent([]),
            Form("signed_request="),
            Form($"signed_request=.{good.Split('.')[1]}"),
            Form($"signed_request={good}=="),
            Form($"signed_request={good}&signed_request={good}"),
            Form($"signed_request={good}&other=1"),
            Form($"other=1&signed_request={good}"),
            Form($"SIGNED_REQUEST={good}"),
            Form($"signed_request={good}&signed_request={good}x"),
            Form($"signed_request={Sign(_persons.Host.Meta.AppSecret, new { algorithm = "HMAC-SHA1", issued_at = 1291836800, user_id = _user })}"),
            Form($"signed_request={Sign(_persons.Host.Meta.AppSecret, new { algorithm = "HMAC-SHA256", user_id = _user })}"),
            Form($"signed_request={Sign(_persons.Host.Meta.AppSecret, new { algorithm = "HMAC-SHA256", issued_at = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), user_id = _user, code = "a-code" })}"),
            new StringContent($"signed_request={good}", Encoding.UTF8, "text/plain"),
            new StringContent($$"""{"signed_request":"{{good}}"}""", Encoding.UTF8, "application/json"),
            new MultipartFormDataContent { { new StringContent(good), "signed_request" } },
            new ByteArrayContent(Encoding.UTF8.GetBytes($"signed_request={good}")),
            Form($"signed_request={good}{new string('A', 16 * 1024)}"),
            new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"signed_request={good}&{new string('&', 16 * 1024)}"))) { Headers = { ContentType = new("application/x-www-form-urlencoded"), ContentLength = null } },
        })
            await ShouldBeAsync(await _persons.Host.PostFormAsync(path, form), HttpStatusCode.BadRequest, "signed_request_invalid");

        using var api = _persons.Host.OpenApi(null);
        (await api.PostAsync($"{path}?signed_request={good}", null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await api.GetAsync($"{path}?signed_request={good}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_has_ended_or_comes_from_the_future_is_a_400_that_says_so(string path)
    {
        var now = DateTimeOffset.UtcNow;
        var ended = new { algorithm = "HMAC-SHA256", user_id = _user, issued_at = now.ToUnixTimeSeconds(), expires = now.AddMinutes(-1).ToUnixTimeSeconds() };

        await ShouldBeAsync(await _persons.Host.PostSignedAsync(path, Sign(_persons.Host.Meta.AppSecret, ended)), HttpStatusCode.BadRequest, "signed_request_untimely");
        await ShouldBeAsync(await _persons.Host.PostSignedAsync(path, _persons.Host.Of(_user, now.AddHours(1))), HttpStatusCode.BadRequest, "signed_request_untimely");
    }

    private static StringContent Form(string body) => new(body, Encoding.UTF8, "application/x-www-form-urlencoded");

    private static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var problem = await Browser.JsonAsync(answer);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("action").GetString().ShouldNotBeNullOrEmpty();
    }
}
