using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>What operators of the sample do with webhooks that are parked, in the browser and by command.</summary>
public sealed class ParkedTests(TheSample browser)
{
    private const string Payload = """{"object":"whatsapp_business_account","entry":[{"id":"900","time":1790000000,"changes":[{"field":"message_template_status_update","value":{"reason":"<script>document.title='x'</script> Ann & \u00e4"}}]}]}""";

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_operator_sees_what_is_parked_by_reason_looks_at_one_and_tries_again_or_gives_up_what_a_filter_finds(bool script)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_CHROMIUM") is not { Length: > 0 }, "No browser.");
        await using var process = await SampleProcess.StartAsync(TheSample.Settings(browser.Meta, new string('v', 40)));
        await using var visitor = await browser.OpenAsync(phone: true, address: process.Address, script: script);
        await visitor.SignUpByFormAsync();
        var page = visitor.Page;
        await page.GotoAsync("/operator/parked");
        await Expect(page.GetByText("Nothing is parked.")).ToBeVisibleAsync();
        await ParkAsync(process, 60, "IOException: No.");
        await ParkAsync(process, 2, "FormatException: What is this?");

        await page.GotoAsync("/operator");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at 62 parked" }).ClickAsync();
        await Expect(page.Locator("#groups li")).ToHaveTextAsync([new Regex("IOException.*60", RegexOptions.Singleline), new Regex("FormatException.*2", RegexOptions.Singleline)]);
        await Expect(page.Locator("#items li")).ToHaveCountAsync(50);
        await LookAsync("parked");
        await page.GetByRole(AriaRole.Link, new() { Name = "Later ones" }).ClickAsync();
        await Expect(page.Locator("#items li")).ToHaveCountAsync(12);

        await page.GetByRole(AriaRole.Link, new() { Name = "FormatException" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Look at it.*Format") }).First.ClickAsync();
        await Expect(page.Locator("pre")).ToContainTextAsync("\"reason\": \"<script>document.title='x'</script> Ann & ä\"");
        await Expect(page.GetByText("This is what a customer wrote")).ToBeVisibleAsync();
        (await page.TitleAsync()).ShouldStartWith("A parked webhook");
        await LookAsync("parked-item");

        await page.GetByRole(AriaRole.Link, new() { Name = "Give it up…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Give up this item?" })).ToBeVisibleAsync();
        await LookAsync("parked-confirm");
        await visitor.Button("Give up this item").ClickAsync();
        await Expect(page.Locator("#done")).ToHaveTextAsync("1 given up, 0 failed again, 0 left.");

        await page.GetByRole(AriaRole.Link, new() { Name = "IOException" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Try these 60 items again…" }).ClickAsync();
        await visitor.Button("Try these 60 items again").ClickAsync();
        await Expect(page.Locator("#done")).ToHaveTextAsync("60 replayed, 0 failed again, 0 left.");
        await Expect(page.Locator("#groups li")).ToHaveCountAsync(1);

        await page.GotoAsync("/operator/parked?since=yesterday");
        await Expect(visitor.Alert).ToContainTextAsync("Nothing was looked up.");
        (await page.GetByText("again…").CountAsync()).ShouldBe(0);

        Task LookAsync(string name) => script ? visitor.LookAtBothAsync(name) : visitor.FitsBothAsync(name + "-plain");
    }

    [Fact]
    public async Task The_parked_command_does_the_same_and_a_slip_of_the_pen_does_nothing()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_CHROMIUM") is not { Length: > 0 }, "No Meta.");
        await using var process = await SampleProcess.StartAsync(TheSample.Settings(browser.Meta, new string('v', 40)));
        await using var visitor = await browser.OpenAsync(address: process.Address);
        await visitor.SignUpAsync();
        await ParkAsync(process, 3, "IOException: No.");
        await ParkAsync(process, 1, "FormatException: What is this?");

        foreach (string[] misspelt in (string[][])[["parked", "discard"], ["parked", "discard", "--reson", "IOException"], ["parked", "replay", "--since", "soon"], ["parked", "help"]])
            (await SayAsync(2, misspelt)).ShouldContain("parked [list | groups | show | replay | discard] [filters]");
        (await SayAsync(1, "parked", "groups")).ShouldContain("3 since 2026-11-20 10:00:00Z: IOException in WebHost.Chat.ChatWebhookHandler");
        (await SayAsync(1, "parked", "list", "--reason", "FormatException")).ShouldContain("1 parked.");
        (await SayAsync(1, "parked", "show", "--item", "Format0")).ShouldContain("\"field\": \"message_template_status_update\"");
        (await SayAsync(0, "parked", "replay", "--reason", "IOException")).ShouldContain("3 replayed, 0 failed again, 0 left.");
        (await SayAsync(0, "parked", "discard", "--all")).ShouldContain("1 given up, 0 failed again, 0 left.");
        (await SayAsync(0, "parked")).ShouldContain("0 parked.");

        async Task<string> SayAsync(int exit, params string[] command)
        {
            var (code, said) = await process.CommandAsync(command);
            code.ShouldBe(exit, said);
            return said;
        }
    }

    /// <summary>Parks items of the only account, as if its handler had failed on them.</summary>
    private static async Task ParkAsync(SampleProcess process, int count, string reason)
    {
        await using var database = new SqliteConnection(process.Database);
        await database.OpenAsync();
        await using var insert = database.CreateCommand();
        insert.CommandText = """
            INSERT INTO WhatsAppWebhookItems (AccountId, Item, Finished, Failures, FirstFailedAt, FailedHandler, Reason, ParkedAt, Payload, TouchedAt, Version)
            SELECT AccountId, $item, '[]', 20, '2026-11-20 10:00:00', 'WebHost.Chat.ChatWebhookHandler', $reason, '2026-11-21 10:00:00', $payload, '2026-11-21 10:00:00', 1 FROM AspNetUsers
            """;
        insert.Parameters.AddWithValue("$reason", reason);
        insert.Parameters.AddWithValue("$payload", Payload);
        var item = insert.Parameters.AddWithValue("$item", "");
        for (var number = 0; number < count; number++)
        {
            item.Value = reason[..reason.IndexOf("Exception", StringComparison.Ordinal)] + number;
            await insert.ExecuteNonQueryAsync();
        }
    }
}
