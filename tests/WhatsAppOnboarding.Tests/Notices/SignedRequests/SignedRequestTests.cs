using System.Text;
using WhatsAppOnboarding.Notices;
using static WhatsAppOnboarding.Tests.Framework.SignedForms;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class SignedRequestTests
{
    private const string Secret = "the-app-secret";

    // Worked out elsewhere: openssl dgst -sha256 -hmac secret.
    private const string KnownSignature = "N9IWswk9W8IcdnSM0XJVyUa0XTkbaDOD6wfFsDzbWv8";

    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void A_signed_request_of_Meta_says_who_and_when()
    {
        var (fault, content) = Read(Sign(Secret, new { algorithm = "HMAC-SHA256", expires = 0, issued_at = 1291836800, user_id = "218471" }));

        fault.ShouldBe(SignedRequestFault.None);
        content.ShouldBe(new SignedRequestContent("218471", DateTimeOffset.FromUnixTimeSeconds(1291836800), null));
        content!.ToString().ShouldBe("[signed request]");
    }

    [Fact]
    public void Signature_and_payload_are_base64url_without_padding()
    {
        const string payload = "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsInVzZXJfaWQiOiI3IiwiaXNzdWVkX2F0IjoxMjkxODM2ODAwfQ";
        SignText("secret", payload).ShouldBe($"{KnownSignature}.{payload}");
        SignedRequest.Read($"{KnownSignature}.{payload}", ["secret"], Now).Content!.UserId.ShouldBe("7");
        SignedRequest.Read($"{KnownSignature}=.{payload}", ["secret"], Now).Fault.ShouldBe(SignedRequestFault.Malformed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".e30")]
    [InlineData("AAAA")]
    [InlineData("AAAA.BBBB.CCCC")]
    [InlineData("AA AA.e30")]
    [InlineData("AAAA.e3+0")]
    [InlineData("AAAA.e30=")]
    [InlineData("A.e30")]
    public void What_has_not_the_shape_of_one_is_malformed(string? text) => Read(text).Fault.ShouldBe(SignedRequestFault.Malformed);

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"algorithm":"HMAC-SHA256"}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","issued_at":1291836800,"user_id":""}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","issued_at":1291836800,"user_id":7}""")]
    [InlineData("""{"issued_at":1291836800,"user_id":"7"}""")]
    [InlineData("""{"algorithm":"none","issued_at":1291836800,"user_id":"7"}""")]
    [InlineData("""{"algorithm":"HMAC-SHA1","issued_at":1291836800,"user_id":"7"}""")]
    [InlineData("""{"algorithm":"hmac-sha256","issued_at":1291836800,"user_id":"7"}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"7","issued_at":"yesterday"}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"7","issued_at":-1}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"7","issued_at":1291836800,"expires":99999999999999}""")]
    public void What_is_signed_but_says_nothing_of_use_is_malformed(string json) =>
        Read(SignText(Secret, Encode(Encoding.UTF8.GetBytes(json)))).Fault.ShouldBe(SignedRequestFault.Malformed);

    [Theory]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"7"}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"7","issued_at":null}""")]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"7","issued_at":0}""")]
    public void What_does_not_say_when_it_was_issued_is_malformed_for_it_could_come_again_for_ever(string json) =>
        Read(SignText(Secret, Encode(Encoding.UTF8.GetBytes(json)))).Fault.ShouldBe(SignedRequestFault.Malformed);

    [Fact]
    public void What_a_page_is_given_at_a_login_is_no_request_of_Meta()
    {
        Read(Sign(Secret, new { algorithm = "HMAC-SHA256", issued_at = 1291836800, user_id = "7", code = "a-code" })).Fault.ShouldBe(SignedRequestFault.Malformed);
        Read(Sign(Secret, new { algorithm = "HMAC-SHA256", issued_at = 1291836800, user_id = "7", oauth_token = "a-token" })).Fault.ShouldBe(SignedRequestFault.None, "a token is not what marks a login");
    }

    [Fact]
    public void A_payload_is_not_looked_at_before_its_signature() =>
        Read(SignText("another-secret", Encode("not json"u8.ToArray()))).Fault.ShouldBe(SignedRequestFault.BadSignature);

    [Fact]
    public void A_changed_payload_a_changed_signature_or_another_secret_is_a_bad_signature()
    {
        var good = Sign(Secret, Payload("7", Now));
        var (signature, payload) = (good.Split('.')[0], good.Split('.')[1]);

        Read($"{signature}.{Encode(Encoding.UTF8.GetBytes("""{"algorithm":"HMAC-SHA256","user_id":"8"}"""))}").Fault.ShouldBe(SignedRequestFault.BadSignature);
        Read($"{(signature[0] == 'A' ? 'B' : 'A')}{signature[1..]}.{payload}").Fault.ShouldBe(SignedRequestFault.BadSignature);
        Read($"AAAA.{payload}").Fault.ShouldBe(SignedRequestFault.BadSignature);
        Read(Sign("another-secret", Payload("7", Now))).Fault.ShouldBe(SignedRequestFault.BadSignature);
    }

    [Fact]
    public void A_secret_that_is_not_set_signs_nothing()
    {
        SignedRequest.Read(Sign("", Payload("7", Now)), ["", null], Now).Fault.ShouldBe(SignedRequestFault.BadSignature);
        SignedRequest.Read(Sign(Secret, Payload("7", Now)), [], Now).Fault.ShouldBe(SignedRequestFault.BadSignature);
        SignedRequest.Read(Sign(Secret, Payload("7", Now)), ["new", Secret], Now).Fault.ShouldBe(SignedRequestFault.None);
    }

    [Theory]
    [InlineData(4, 1, nameof(SignedRequestFault.None))]
    [InlineData(6, 1, nameof(SignedRequestFault.Untimely))]
    [InlineData(-60, 0, nameof(SignedRequestFault.Untimely))]
    [InlineData(-60, -1, nameof(SignedRequestFault.Untimely))]
    public void Its_end_counts_and_so_does_a_time_of_issue_that_is_still_to_come(int issuedMinutes, int expiresMinutes, string fault) =>
        Read(Sign(Secret, new
        {
            algorithm = "HMAC-SHA256",
            user_id = "7",
            issued_at = Now.AddMinutes(issuedMinutes).ToUnixTimeSeconds(),
            expires = Now.AddMinutes(expiresMinutes).ToUnixTimeSeconds(),
        })).Fault.ToString().ShouldBe(fault);

    private static (SignedRequestFault Fault, SignedRequestContent? Content) Read(string? text) => SignedRequest.Read(text, [Secret], Now);
}
