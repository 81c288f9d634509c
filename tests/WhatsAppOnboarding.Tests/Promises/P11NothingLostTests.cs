using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P11NothingLostTests
{
    [Fact]
    public async Task A_delivery_whose_handler_fails_is_not_acknowledged_and_comes_again()
    {
        var clock = new ManualTimeProvider();
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { TimeProvider = clock });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        host.Events.Failing["hello"] = 1;

        var delivery = await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        delivery.LastStatusCode.ShouldBe(500);
        host.Events.TextsOf("acme").ShouldBeEmpty();

        clock.Advance(TimeSpan.FromHours(1));
        await host.Meta.Webhooks.RetryDueAsync(TestContext.Current.CancellationToken);
        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        host.Events.TextsOf("acme").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task Every_entry_and_every_change_arrives_and_one_bad_item_stops_no_other()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        var payload = JsonNode.Parse($$$"""
            {"object":"whatsapp_business_account","entry":[
              7,
              {"id":"{{{waba.Id}}}","changes":[
                {{{Message(number.Id, "one")}}},
                {"field":"messages","value":"no object"},
                {{{Message(number.Id, "two")}}},
                {"field":"something_new","value":{"a":1} } ] },
              {"id":"998","changes":[ {"field":"messages","value":{"metadata":{"phone_number_id":"999"} } } ] },
              {"id":{{{waba.Id}}},"changes":[
                {{{Message(number.Id, "three")}}},
                {"field":"account_update","value":{"event":"PARTNER_ADDED","waba_info":{"waba_id":"{{{waba.Id}}}"} } } ] } ] }
            """)!;

        var delivery = await host.Meta.Webhooks.SendAsync(payload, TestContext.Current.CancellationToken);

        delivery.LastStatusCode.ShouldBe(200);
        host.Events.TextsOf("acme").ShouldBe(["one", "two", "three"]);
        host.Events.Webhooks.Select(entry => entry.Field).ShouldBe(["messages", "messages", "something_new", "messages", "account_update"]);
    }

    [Fact]
    public async Task Half_a_character_in_one_change_takes_no_other_with_it()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var client = host.OpenApi(null);
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"entry":[{"id":"{{{waba.Id}}}","changes":[{"field":"\ud800","value":{"metadata":{"phone_number_id":"\ud800"} } },{{{Message(number.Id, "good")}}}] }] }""");

        (await PostAsync(client, body, SignedPost.Sign(body, host.Meta.AppSecret))).ShouldBe(HttpStatusCode.OK);

        host.Events.TextsOf("acme").ShouldBe(["good"]);
    }

    [Fact]
    public async Task An_unknown_number_is_acknowledged_and_given_to_nobody_and_a_later_connect_is_not_missed()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        waba.IsAppSubscribed = true;

        (await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "early", TestContext.Current.CancellationToken)).LastStatusCode.ShouldBe(200);
        await host.ConnectAsync("acme");
        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "later", TestContext.Current.CancellationToken);

        host.Events.TextsOf("acme").ShouldBe(["later"]);
    }

    [Fact]
    public async Task Only_metas_signature_over_the_raw_bytes_opens_the_door()
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O");
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["PreviousAppSecret"] = "the-older-secret";
            setup["PreviousAppSecretUntil"] = until;
        });
        using var client = host.OpenApi(null);
        var body = """{"object":"whatsapp_business_account","entry":[]}"""u8.ToArray();

        (await PostAsync(client, body, SignedPost.Sign(body, host.Meta.AppSecret))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(client, body, SignedPost.Sign(body, "the-older-secret"))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(client, body, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(client, body, "sha256=")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(client, body, "sha256=" + new string('0', 64))).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(client, body, "sha256=" + new string('z', 64))).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(client, body, SignedPost.Sign(body, "another secret"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(client, [.. body, (byte)' '], SignedPost.Sign(body, host.Meta.AppSecret))).ShouldBe(HttpStatusCode.Unauthorized);
        byte[] garbage = [0xff, 0xfe, (byte)'{'];
        (await PostAsync(client, garbage, SignedPost.Sign(garbage, host.Meta.AppSecret))).ShouldBe(HttpStatusCode.BadRequest);
        var large = new byte[(3 * 1024 * 1024) + 1];
        (await PostAsync(client, large, SignedPost.Sign(large, host.Meta.AppSecret))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_handshake_echoes_the_challenge_only_to_who_knows_the_token()
    {
        await using var host = await TheHost.StartAsync();
        using var client = host.OpenApi(null);

        var good = await client.GetAsync($"/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={TheHost.VerifyToken}", TestContext.Current.CancellationToken);
        (await good.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("1158201444");
        good.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        good.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        foreach (var query in (string[])["", "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x", $"?hub.mode=subscribe&hub.verify_token={TheHost.VerifyToken}",
            $"?hub.mode=subscribe&hub.challenge=%0a&hub.verify_token={TheHost.VerifyToken}", $"?hub.challenge=1&hub.verify_token={TheHost.VerifyToken}"])
            (await client.GetAsync("/webhooks/whatsapp" + query, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string Message(string number, string text) =>
        $$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"messages":[{"id":"wamid.{{{text}}}","text":{"body":"{{{text}}}"} }] } }""";

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, byte[] body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
            request.Headers.Add("X-Hub-Signature-256", signature);
        return (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }
}
