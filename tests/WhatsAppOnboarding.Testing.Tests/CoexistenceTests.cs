using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class CoexistenceTests : EmulatorTest
{
    private EmulatedNumber Phone => field ??= Waba.AddCoexistenceNumber("+1 631-555-0102", "On the phone");

    [Fact]
    public async Task Contacts_and_history_are_asked_for_once_each()
    {
        var token = Onboard();
        var reply = await SyncAsync(token, "smb_app_state_sync");
        ((string?)reply["messaging_product"]).ShouldBe("whatsapp");
        (await SyncAsync(token, "history")).ShouldSucceed();
        Phone.AppDataSyncs.Select(sync => sync.SyncType).ShouldBe(["smb_app_state_sync", "history"]);
        ((string?)reply["request_id"]).ShouldBe(Phone.AppDataSyncs[0].RequestId);

        (await SyncAsync(token, "smb_app_state_sync")).ShouldFail(400, 100);
        (await SyncAsync(token, "history")).ShouldFail(400, 100);
        Phone.AppDataSyncs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_day_after_the_signup_it_is_too_late_until_the_customer_leaves_and_comes_back()
    {
        var token = Onboard();
        await SyncAsync(token, "history");
        Clock.Advance(TimeSpan.FromHours(24));
        (await SyncAsync(token, "smb_app_state_sync")).ShouldFail(400, 100);
        (await SyncAsync(Onboard(), "smb_app_state_sync")).ShouldFail(400, 100);

        Meta.World.RemoveAppFrom(Waba.Id);
        token = Onboard();
        (await SyncAsync(token, "smb_app_state_sync")).ShouldSucceed();
        (await SyncAsync(token, "history")).ShouldSucceed();
    }

    [Fact]
    public async Task Only_a_number_on_the_business_app_and_only_known_data()
    {
        var token = Onboard();
        (await SyncAsync(token, "history", Number)).ShouldFail(400, 100);
        (await SyncAsync(token, "contacts")).ShouldFail(400, 100);
        (await Graph.PostAsync($"/v25.0/{Phone.Id}/smb_app_data", token, new { sync_type = "history" })).ShouldFail(400, 100);
        Phone.AppDataSyncs.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_time_of_onboarding_is_a_field_of_the_number()
    {
        var before = await Graph.GetAsync($"/v25.0/{Phone.Id}?fields=last_onboarded_time", Onboard());
        ((string?)before["last_onboarded_time"]).ShouldBe(Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss'+0000'", System.Globalization.CultureInfo.InvariantCulture));
    }

    private string Onboard()
    {
        _ = Phone;
        return Meta.World.IssueToken().Value;
    }

    private Task<GraphReply> SyncAsync(string token, string type, EmulatedNumber? number = null) =>
        Graph.PostAsync($"/v25.0/{(number ?? Phone).Id}/smb_app_data", token, new { messaging_product = "whatsapp", sync_type = type });
}
