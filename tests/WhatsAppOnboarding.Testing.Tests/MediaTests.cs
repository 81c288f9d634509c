using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class MediaTests : MessagingTest
{
    [Fact]
    public async Task A_file_is_uploaded_looked_up_loaded_and_deleted()
    {
        byte[] content = [1, 2, 3];
        var id = (string)(await PostFileAsync(content, "image/png"))["id"]!;
        var media = await Graph.GetAsync($"/v25.0/{id}", Token);
        ((string?)media["mime_type"]).ShouldBe("image/png");
        ((string?)media["sha256"]).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        ((int?)media["file_size"]).ShouldBe(3);
        ((string?)media["id"]).ShouldBe(id);
        var (status, type, bytes) = await LoadAsync((string)media["url"]!, Token);
        (status, type).ShouldBe((200, "image/png"));
        bytes.ShouldBe(content);
        Meta.Calls.Of(GraphOperations.DownloadMedia).ShouldHaveSingleItem().Status.ShouldBe(200);

        ((bool?)(await Graph.SendAsync(HttpMethod.Delete, $"/v25.0/{id}", Token))["success"]).ShouldBe(true);
        (await Graph.GetAsync($"/v25.0/{id}", Token)).ShouldFail(400, 100, 33);
        (await LoadAsync((string)media["url"]!, Token)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_address_lives_five_minutes_and_wants_the_token_in_the_header()
    {
        var id = await UploadAsync();
        var address = (string)(await Graph.GetAsync($"/v25.0/{id}", Token))["url"]!;
        (await LoadAsync(address, null)).Status.ShouldBe(401);
        (await LoadAsync($"{address}&access_token={Token}", null)).Status.ShouldBe(401);
        (await LoadAsync(address, Meta.World.IssueToken([Business.AddWaba("Other").Id]).Value)).Status.ShouldBe(404);
        (await LoadAsync(address.Replace("hash=", "hash=0", StringComparison.Ordinal), Token)).Status.ShouldBe(404);
        Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await LoadAsync(address, Token)).Status.ShouldBe(200);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await LoadAsync(address, Token)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("application/octet-stream", "image/jpeg")]
    [InlineData("audio/ogg; codecs=opus", "audio/ogg")]
    [InlineData("image/jpeg", "image/gif")]
    public async Task Only_documented_types_are_taken_and_the_part_must_have_one(string partType, string type) =>
        (await PostFileAsync([1], partType, type)).ShouldFail(400, 100);

    [Theory]
    [InlineData("image/jpeg", 5 * 1024 * 1024)]
    [InlineData("image/webp", 100 * 1024)]
    [InlineData("audio/mpeg", 16 * 1024 * 1024)]
    public async Task Each_type_has_its_largest_size(string type, int largest)
    {
        (await PostFileAsync(new byte[largest], type)).ShouldSucceed();
        (await PostFileAsync(new byte[largest + 1], type)).ShouldFail(400, 100);
        (await PostFileAsync([], type)).ShouldFail(400, 100);
    }

    [Fact]
    public async Task A_form_without_product_or_file_is_refused()
    {
        (await PostFileAsync([1], "image/jpeg", product: "sms")).ShouldFail(400, 100);
        (await Graph.PostAsync($"/v25.0/{Number.Id}/media", Token, new { messaging_product = "whatsapp", type = "image/jpeg", file = "@a.jpg" })).ShouldFail(400, 100);
    }

    [Fact]
    public async Task A_file_belongs_to_its_number_and_ends_after_30_days()
    {
        var id = await UploadAsync();
        (await Graph.GetAsync($"/v25.0/{id}?phone_number_id={Number.Id}", Token)).ShouldSucceed();
        (await Graph.GetAsync($"/v25.0/{id}?phone_number_id={Waba.Numbers[1].Id}", Token)).ShouldFail(400, 100, 33);
        (await Graph.SendAsync(HttpMethod.Delete, $"/v25.0/{id}?phone_number_id={Waba.Numbers[1].Id}", Token)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync($"/v25.0/{id}", Meta.World.IssueToken([Business.AddWaba("Other").Id]).Value)).ShouldFail(400, 100, 33);
        Clock.Advance(TimeSpan.FromDays(30));
        (await Graph.GetAsync($"/v25.0/{id}", Token)).ShouldFail(400, 100, 33);
    }

    [Fact]
    public async Task An_uploaded_file_is_sent_by_its_id_and_one_of_another_kind_fails_afterwards()
    {
        var id = await UploadAsync();
        (await SendAsync($$$"""{"type":"image","image":{"id":"{{{id}}}"}}""")).ShouldSucceed();
        (await SendAsync($$$"""{"type":"audio","audio":{"id":"{{{id}}}"}}""")).ShouldSucceed();
        Meta.World.Messages.Select(message => message.FailureCode).ShouldBe([null, 131053]);
    }

    [Fact]
    public async Task What_a_customer_sends_can_be_loaded_for_seven_days()
    {
        byte[] content = [9, 8, 7];
        var delivery = await Meta.Webhooks.ReceiveMediaAsync(Number.Id, Ada, "document", content, "application/pdf", "The invoice", "Invoice.pdf", Ct);
        var document = JsonNode.Parse(delivery.Payload)!["entry"]![0]!["changes"]![0]!["value"]!["messages"]![0]!["document"]!;
        ((string?)document["filename"]).ShouldBe("Invoice.pdf");
        ((string?)document["sha256"]).ShouldBe(Convert.ToBase64String(SHA256.HashData(content)));
        var received = Meta.World.Conversations.ShouldHaveSingleItem();
        (received.Type, received.Body, received.FromBusiness, received.Customer).ShouldBe(("document", "The invoice", false, Customer));

        var media = await Graph.GetAsync($"/v25.0/{(string)document["id"]!}", Token);
        (await LoadAsync((string)media["url"]!, Token)).Bytes.ShouldBe(content);
        Clock.Advance(TimeSpan.FromDays(7));
        (await Graph.GetAsync($"/v25.0/{(string)document["id"]!}", Token)).ShouldFail(400, 100, 33);
    }

    private async Task<(int Status, string? Type, byte[] Bytes)> LoadAsync(string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await Graph.Http.SendAsync(request, Ct);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(Ct));
    }
}
