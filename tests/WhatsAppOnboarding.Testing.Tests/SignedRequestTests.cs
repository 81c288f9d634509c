using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class SignedRequestTests : EmulatorTest
{
    [Fact]
    public async Task A_person_who_removes_the_app_ends_the_tokens_and_the_app_is_told_whose()
    {
        (Options.TokenKind, Options.UserId) = (EmulatedTokenKind.User, "4242");
        var token = Meta.World.IssueToken();
        Options.UserId = "77";
        var someoneElses = Meta.World.IssueToken();
        ((string?)(await Graph.DebugAsync(token.Value))["data"]!["user_id"]).ShouldBe("4242");

        await using var app = await Listener.StartAsync(Ct);
        (await Meta.SignedRequests.DeauthorizeAsync(app.Callback, token.UserId, Ct)).StatusCode.ShouldBe(200);
        (token.IsRevoked, someoneElses.IsRevoked).ShouldBe((true, false));
        Read(app.Forms.ShouldHaveSingleItem())!["user_id"]!.GetValue<string>().ShouldBe("4242");
    }

    [Fact]
    public async Task A_deletion_gives_back_address_and_code()
    {
        await using var app = await Listener.StartAsync(Ct);
        app.FormAnswer = """{"url":"https://saas.example/deleted/abc","confirmation_code":"abc"}""";
        var answer = await Meta.SignedRequests.RequestDeletionAsync(app.Callback, "4242", Ct);
        (answer.StatusCode, answer.Url, answer.ConfirmationCode).ShouldBe((200, "https://saas.example/deleted/abc", "abc"));
        app.FormAnswer = "no JSON";
        (await Meta.SignedRequests.RequestDeletionAsync(app.Callback, "4242", Ct)).Url.ShouldBeNull();
    }

    [Fact]
    public void Its_payload_can_be_another_and_its_signature_forged()
    {
        Read(Meta.SignedRequests.Make("1", more: new JsonObject { ["algorithm"] = "none" }))!["algorithm"]!.GetValue<string>().ShouldBe("none");
        Read(Meta.SignedRequests.Make("1", secret: "another")).ShouldBeNull();
    }

    [Fact]
    public async Task A_callback_that_does_not_answer_has_no_status()
    {
        var answer = await Meta.SignedRequests.PostAsync(new Uri("http://127.0.0.1:1/"), Meta.SignedRequests.Make("1"), Ct);
        (answer.StatusCode, answer.Url).ShouldBe((null, null));
    }

    private JsonNode? Read(string signedRequest)
    {
        var parts = signedRequest.Split('.');
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Meta.AppSecret), Encoding.UTF8.GetBytes(parts[1]));
        return Base64Url.DecodeFromChars(parts[0]).SequenceEqual(signature) ? JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) : null;
    }
}
