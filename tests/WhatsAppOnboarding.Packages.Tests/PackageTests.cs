using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>What an app does that has only the packages: everything here is public API, and Meta has taken down what it was sent.</summary>
public sealed class PackageTests(PackagedHost host) : IClassFixture<PackagedHost>
{
    private const string Customer = "+1 650-555-0123";

    [Theory]
    [InlineData("WhatsAppOnboarding")]
    [InlineData("WhatsAppOnboarding.EfCore")]
    [InlineData("WhatsAppOnboarding.RabbitMq")]
    [InlineData("WhatsAppOnboarding.Testing")]
    public void The_library_comes_from_the_packages_just_packed(string name)
    {
        var dependencies = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(typeof(PackageTests).Assembly.Location, "deps.json")))!;
        var libraries = dependencies["libraries"]!.AsObject();

        libraries[$"{name}/{Environment.GetEnvironmentVariable("WHATSAPP_TESTS_PACKED")}"]!["type"]!.GetValue<string>().ShouldBe("package");
        libraries.Where(library => library.Value!["type"]!.GetValue<string>() == "project").Select(library => library.Key.Split('/')[0])
            .ShouldBe([Assembly.GetExecutingAssembly().GetName().Name!]);
    }

    [Fact]
    public async Task A_template_is_sent()
    {
        var content = MessageContent.Template("order_update", "en_US", TemplateParameter.Text("Ada"), TemplateParameter.Text("7"));
        var sent = await SendAsync(WhatsAppCalls.SendMessage(host.Token, host.From, MessageRecipient.Phone(Customer), content));

        var message = host.Meta.World.Messages.Single(message => message.Id == sent.Id);
        (message.PhoneNumberId, message.Customer, message.Type, message.FailureCode).ShouldBe((host.Number.Id, "16505550123", "template", null));
        message.Content!["name"]!.GetValue<string>().ShouldBe("order_update");
    }

    [Fact]
    public async Task A_picture_is_uploaded_and_sent()
    {
        byte[] bytes = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
        using var picture = new MemoryStream(bytes);
        var uploaded = await SendAsync(WhatsAppCalls.UploadMedia(host.Token, host.From, picture, "image/jpeg", "shrub.jpg"));
        var sent = await SendAsync(
            WhatsAppCalls.SendMessage(host.Token, host.From, MessageRecipient.Phone(Customer), MessageContent.Image(uploaded.Id, "Is it this one?")));

        host.Number.Media.Single(media => media.Id == uploaded.Id).Content.ToArray().ShouldBe(bytes);
        var message = host.Meta.World.Messages.Single(message => message.Id == sent.Id);
        (message.Type, message.Body, message.FailureCode).ShouldBe(("image", "Is it this one?", null));
        message.Content!["id"]!.GetValue<string>().ShouldBe(uploaded.Id);
    }

    [Fact]
    public async Task A_customers_message_is_marked_as_read()
    {
        var delivery = await host.Meta.Webhooks.ReceiveMessageAsync(host.Number.Id, Customer, "Ada", "Are you open?", TestContext.Current.CancellationToken);
        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        Asked().ReadAt.ShouldBeNull();

        await SendAsync(WhatsAppCalls.MarkAsRead(host.Token, host.From, delivery.MessageId!, showTyping: true));

        Asked().ReadAt.ShouldNotBeNull();
        Asked().TypingAt.ShouldNotBeNull();

        EmulatedMessage Asked() => host.Meta.World.Conversations.Single(message => message.Id == delivery.MessageId);
    }

    [Fact]
    public async Task A_business_profile_is_read()
    {
        (host.Number.Profile.About, host.Number.Profile.Websites) = ("Succulents and more", ["https://shrub.example/"]);

        var profile = await SendAsync(WhatsAppCalls.ReadProfile(host.Token, host.From));

        profile.About.ShouldBe("Succulents and more");
        profile.Websites.ShouldBe(["https://shrub.example/"]);
        host.Meta.Calls.Of(GraphOperations.ReadProfile)[^1].Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_call_that_the_library_does_not_know_is_made_like_one_of_its_own()
    {
        var call = GraphCall.Get("read_waba_currency", $"{WabaId.Parse(host.Number.Waba.Id)}", host.Token, OwnJson.Default.WabaCurrency, ("fields", "currency"));

        (await SendAsync(call)).Currency.ShouldBe("USD");

        var seen = host.Meta.Calls.Of(GraphOperations.ReadWaba)[^1];
        (seen.Status, seen.TokenInUrl, seen.CarriedUnwantedHeaders).ShouldBe((200, false, false));
        seen.QueryNames.ShouldContain("fields");
    }

    [Fact]
    public async Task What_Meta_refuses_of_such_a_call_is_an_error_with_its_code()
    {
        var call = GraphCall.Post("pause_the_weather", host.Number.Id + "/weather", host.Token, OwnJson.Default.WabaCurrency, GraphBody.Form(("state", "paused")));

        var result = await host.Graph.SendAsync(call, TestContext.Current.CancellationToken);

        result.Succeeded.ShouldBeFalse();
        (result.Error!.Operation, result.Error.Code).ShouldBe(("pause_the_weather", host.Meta.Calls.Of(GraphOperations.Unknown).Single().Code));
    }

    private async Task<T> SendAsync<T>(GraphCall<T> call)
        where T : class
    {
        var result = await host.Graph.SendAsync(call, TestContext.Current.CancellationToken);
        result.Succeeded.ShouldBeTrue(result.Error?.ToString());
        return result.Value!;
    }
}

internal sealed record WabaCurrency([property: JsonPropertyName("currency")] string? Currency);

[JsonSerializable(typeof(WabaCurrency))]
internal sealed partial class OwnJson : JsonSerializerContext;
