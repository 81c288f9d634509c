using System.Net;
using System.Text.Json;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

public sealed class AttemptsTests
{
    [Fact]
    public async Task An_attempt_says_how_it_went_step_by_step()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "A Name");
        using var api = host.OpenApi("acme");
        host.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(403, 200), times: 5);

        var finished = await Browser.JsonAsync(await api.ConnectByPopupAsync(host, number.Waba));

        var attempt = await api.AttemptAsync(finished.GetProperty("attemptId").GetGuid());
        attempt.GetProperty("way").GetString().ShouldBe("popup");
        attempt.GetProperty("outcome").GetString().ShouldBe("incomplete");
        attempt.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        attempt.GetProperty("action").GetString().ShouldBe("Press Connect WhatsApp again to repeat this step.");
        finished.GetProperty("action").GetString().ShouldBe(attempt.GetProperty("action").GetString());
        attempt.GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.String);
        attempt.GetProperty("phones")[0].GetProperty("id").GetString().ShouldBe(number.Id);
        var steps = attempt.GetProperty("steps").EnumerateArray().ToDictionary(step => step.GetProperty("step").GetString()!);
        steps.Keys.ShouldBe(["signup", "exchange", "inspect", "list", "subscribe", "save"], ignoreOrder: true);
        steps["signup"].GetProperty("detail").GetString().ShouldBe("FINISH");
        steps["subscribe"].GetProperty("result").GetString().ShouldBe("permission_missing");
        steps["subscribe"].GetProperty("metaCode").GetInt32().ShouldBe(200);
        steps["subscribe"].GetProperty("metaTraceId").GetString().ShouldNotBeNullOrEmpty();
        steps["subscribe"].GetProperty("wabaId").GetString().ShouldBe(number.Waba.Id);
        attempt.GetProperty("steps").GetRawText().ShouldNotContain("A Name");
    }

    [Fact]
    public async Task Steps_can_be_read_while_the_attempt_runs()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var start = await api.StartPopupAsync();
        var id = start.GetProperty("attemptId").GetGuid();
        var listing = host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers);

        var finishing = api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString() });
        await listing.Reached;
        JsonElement running = default;
        await Eventually.TrueAsync(async () => (running = await api.AttemptAsync(id)).GetProperty("steps").GetArrayLength() >= 2, "two steps are told");

        running.GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        running.GetProperty("steps").EnumerateArray().Take(2).Select(step => step.GetProperty("step").GetString()).ShouldBe(["exchange", "inspect"]);
        listing.Release();
        (await finishing).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("not-an-id")]
    public async Task What_is_not_the_accounts_own_does_not_exist(string unknown)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        using var other = host.OpenApi("mallory");
        var attempt = (await Browser.JsonAsync(await api.ConnectByPopupAsync(host))).GetProperty("attemptId").GetString();

        var foreign = await other.AskAsync($"/api/integrations/whatsapp/attempts/{attempt}");
        var nothing = await other.AskAsync($"/api/integrations/whatsapp/attempts/{unknown}");

        (foreign.StatusCode, nothing.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await foreign.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await nothing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_return_from_meta_names_the_attempt_that_failed()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Empty");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=no_phone_numbers");

        var attempt = await Browser.JsonAsync(await browser.GetAsync($"/api/integrations/whatsapp/attempts/{browser.Attempt}"));
        attempt.GetProperty("way").GetString().ShouldBe("browser");
        attempt.GetProperty("outcome").GetString().ShouldBe("no_phone_numbers");
    }

    [Fact]
    public async Task The_latest_attempts_of_an_account_come_first()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        using var browser = await host.OpenBrowserAsync("acme");
        await browser.ConnectAsync();
        waba.AddNumber("+1 631-555-0100", "One");
        await browser.ConnectAsync();

        var listed = await host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("acme")));

        listed.Select(attempt => attempt.Outcome).ShouldBe(["connected", "no_phone_numbers"]);
        (await host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("birch")))).ShouldBeEmpty();
    }
}
