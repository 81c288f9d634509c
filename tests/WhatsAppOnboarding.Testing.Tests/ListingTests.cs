using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class ListingTests : EmulatorTest
{
    private string Token => Meta.World.IssueToken().Value;

    [Fact]
    public async Task Pages_follow_each_other_by_cursor_and_only_a_page_with_more_behind_it_names_the_next()
    {
        for (var i = 0; i < 3; i++)
            Waba.AddNumber($"+1 631-555-020{i}", "Lucky Shrub");
        var token = Token;
        var seen = new List<string>();
        string? after = null;
        var pages = 0;
        JsonNode? next;
        do
        {
            var page = await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers?fields=id&limit=2&after={Uri.EscapeDataString(after ?? "")}", token);
            seen.AddRange(page.Ids);
            after = (string?)page["paging"]!["cursors"]!["after"];
            next = page["paging"]!["next"];
            pages++;
        }
        while (next is not null && pages < 10);

        pages.ShouldBe(3);
        seen.ShouldBe(Waba.Numbers.Select(number => number.Id));
    }

    [Fact]
    public async Task The_next_link_holds_no_secret_and_a_page_is_never_larger_than_the_most_allowed()
    {
        Options.MaxPageSize = 1;
        var token = Token;
        var page = await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers?limit=500", token);
        page.Ids.Count().ShouldBe(1);
        ((string)page["paging"]!["next"]!).ShouldNotContain(token);
    }

    [Fact]
    public async Task A_page_that_is_exactly_full_names_no_next() =>
        (await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers?limit=2", Token))["paging"]!["next"].ShouldBeNull();

    [Fact]
    public async Task A_waba_without_numbers_lists_none()
    {
        var empty = Business.AddWaba("Empty");
        var page = await Graph.GetAsync($"/v25.0/{empty.Id}/phone_numbers", Token);
        page["data"]!.AsArray().ShouldBeEmpty();
        page["paging"].ShouldBeNull();
    }

    [Fact]
    public async Task Fields_are_given_as_asked_and_an_unknown_one_fails_the_call()
    {
        Number.IsOnBizApp = true;
        Number.Status = "PENDING";
        var token = Token;
        var number = (JsonObject)(await Graph.GetAsync($"/v25.0/{Number.Id}?fields=status,is_on_biz_app", token)).Body;
        number.Select(field => field.Key).ShouldBe(["status", "is_on_biz_app", "id"]);
        ((string?)number["status"]).ShouldBe("PENDING");
        (await Graph.GetAsync($"/v25.0/{Number.Id}", token))["status"].ShouldBeNull();
        (await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers?fields=id,message_status", token)).ShouldFail(400, 100);
    }

    [Fact]
    public async Task A_removed_number_is_gone()
    {
        var token = Token;
        Number.Remove();
        (await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers", token)).Ids.ShouldNotContain(Number.Id);
        (await Graph.GetAsync($"/v25.0/{Number.Id}", token)).ShouldFail(400, 100, 33);
    }

    [Fact]
    public async Task Portfolios_are_listed_to_a_person_with_business_management_only()
    {
        (await Graph.GetAsync("/v25.0/me/businesses", Token)).ShouldFail(400, 100);
        Options.TokenKind = EmulatedTokenKind.User;
        (await Graph.GetAsync("/v25.0/me/businesses", Token)).ShouldFail(403, 200);
        Options.Scopes.Add("business_management");
        (await Graph.GetAsync("/v25.0/me/businesses", Token)).Ids.ShouldBe([Business.Id]);
    }

    [Fact]
    public async Task Owned_and_client_wabas_are_told_apart_and_need_business_management()
    {
        var partner = Meta.World.AddBusiness("Partner").ShareIn(Waba);
        (await Graph.GetAsync($"/v25.0/{Business.Id}/owned_whatsapp_business_accounts", Token)).ShouldFail(403, 200);
        Options.Scopes.Add("business_management");
        (await Graph.GetAsync($"/v25.0/{Business.Id}/owned_whatsapp_business_accounts", Token)).Ids.ShouldBe([Waba.Id]);
        (await Graph.GetAsync($"/v25.0/{Business.Id}/client_whatsapp_business_accounts", Token)).Ids.ShouldBeEmpty();
        partner.ShareIn(Meta.World.AddBusiness("Other").AddWaba("Not granted"));
        var token = Meta.World.IssueToken([Waba.Id]).Value;
        (await Graph.GetAsync($"/v25.0/{partner.Id}/client_whatsapp_business_accounts", token)).Ids.ShouldBe([Waba.Id]);
    }

    [Fact]
    public async Task A_system_user_knows_its_client_business_and_a_person_does_not()
    {
        ((string?)(await Graph.GetAsync("/v25.0/me?fields=client_business_id", Token))["client_business_id"]).ShouldBe(Business.Id);
        Options.TokenKind = EmulatedTokenKind.User;
        (await Graph.GetAsync("/v25.0/me?fields=client_business_id", Token)).ShouldFail(400, 190);
    }
}
