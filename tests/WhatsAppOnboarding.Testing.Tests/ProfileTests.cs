using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class ProfileTests : MessagingTest
{
    private string Path => $"/v25.0/{Number.Id}/whatsapp_business_profile";

    [Fact]
    public async Task What_is_set_is_read_and_the_rest_stays()
    {
        Number.Profile.Address = "1 Way";
        (await UpdateAsync(new { messaging_product = "whatsapp", about = "Plants", email = "hi@shop.example", websites = new[] { "https://shop.example" }, vertical = "RETAIL" })).ShouldSucceed();
        var profile = (await Graph.GetAsync(Path, Token))["data"]![0]!;
        profile.ToJsonString().ShouldBe("""{"messaging_product":"whatsapp","about":"Plants","address":"1 Way","email":"hi@shop.example","websites":["https://shop.example"],"vertical":"RETAIL"}""");

        (await UpdateAsync(new { messaging_product = "whatsapp", address = "" })).ShouldSucceed();
        (Number.Profile.Address, Number.Profile.About).ShouldBe((null, "Plants"));
    }

    [Fact]
    public async Task Fields_are_given_as_asked()
    {
        (Number.Profile.About, Number.Profile.Email) = ("Plants", "hi@shop.example");
        (await Graph.GetAsync(Path + "?fields=about", Token))["data"]![0]!.ToJsonString().ShouldBe("""{"about":"Plants","messaging_product":"whatsapp"}""");
        (await Graph.GetAsync(Path + "?fields=about,colour", Token)).ShouldFail(400, 100);
    }

    [Theory]
    [InlineData("""{"about":"Plants"}""")]
    [InlineData("""{"messaging_product":"whatsapp","about":""}""")]
    [InlineData("""{"messaging_product":"whatsapp","email":"nobody"}""")]
    [InlineData("""{"messaging_product":"whatsapp","vertical":"PLANTS"}""")]
    [InlineData("""{"messaging_product":"whatsapp","websites":"https://shop.example"}""")]
    [InlineData("""{"messaging_product":"whatsapp","websites":["shop.example"]}""")]
    [InlineData("""{"messaging_product":"whatsapp","websites":["https://a.example","https://b.example","https://c.example"]}""")]
    [InlineData("""{"messaging_product":"whatsapp","profile_picture_handle":"4:abc"}""")]
    public async Task What_meta_does_not_take_is_refused(string json) =>
        (await UpdateAsync(System.Text.Json.Nodes.JsonNode.Parse(json)!)).ShouldFail(400, 100);

    [Theory]
    [InlineData("about", 139)]
    [InlineData("address", 256)]
    [InlineData("description", 512)]
    public async Task Texts_have_their_lengths_and_a_refused_update_changes_nothing(string field, int longest)
    {
        (await UpdateAsync(new Dictionary<string, string> { ["messaging_product"] = "whatsapp", [field] = new('x', longest) })).ShouldSucceed();
        (await UpdateAsync(new Dictionary<string, string> { ["messaging_product"] = "whatsapp", [field] = new('y', longest + 1), ["vertical"] = "RETAIL" })).ShouldFail(400, 100);
        Number.Profile.Vertical.ShouldBeNull();
        ((string?)(await Graph.GetAsync(Path, Token))["data"]![0]![field]).ShouldBe(new string('x', longest));
    }

    [Fact]
    public async Task A_token_without_either_permission_sees_no_profile()
    {
        var token = Meta.World.IssueToken(scopes: ["public_profile"]).Value;
        (await Graph.GetAsync(Path, token)).ShouldFail(403, 200);
    }

    private Task<GraphReply> UpdateAsync(object profile) => Graph.PostAsync(Path, Token, profile);
}
