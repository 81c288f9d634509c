using System.Net;
using System.Text.Json;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class ExportTests
{
    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task An_export_has_every_webhook_item_of_the_account_and_what_a_parked_one_says(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        await inbox.AddAccountAsync(AccountId.Parse("other"), "107");
        inbox.Script.Then = (_, text, _) => text == "bad" ? throw new InvalidOperationException("This is why.") : Task.CompletedTask;
        string[] texts = [.. Enumerable.Range(0, 1_100).Select(n => $"good{n}")];
        foreach (var some in texts.Chunk(550))
            (await inbox.PostAsync(Inbox.Messages(some))).ShouldBe(HttpStatusCode.OK);
        (await inbox.PostAsync(Inbox.Delivery(Inbox.Message("bad"), Inbox.Message("theirs", "107")))).ShouldBe(HttpStatusCode.OK);

        using var export = await inbox.Nodes[0].UseAsync<IWhatsAppAccounts, JsonDocument>(accounts => accounts.ExportAsync(Inbox.Acme));

        ExportSchema.FaultsOf(export.RootElement).ShouldBeEmpty();
        JsonElement[] items = [.. export.RootElement.GetProperty("webhookItems").EnumerateArray()];
        items.Length.ShouldBe(texts.Length + 1);
        items.Select(item => item.GetProperty("itemKey").GetString()).ToHashSet().SetEquals(texts.Append("bad").Select(text => $"message:106:wamid.{text}")).ShouldBeTrue();
        var parked = items.Where(item => item.GetProperty("parkedAt").ValueKind is JsonValueKind.String).ShouldHaveSingleItem();
        parked.GetProperty("payload").GetString()!.ShouldContain("bad");
        export.RootElement.GetRawText().ShouldNotContain("This is why.");
        export.RootElement.GetRawText().ShouldNotContain("theirs");
    }
}
