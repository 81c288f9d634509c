using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class DebugTokenTests : EmulatorTest
{
    [Fact]
    public async Task It_describes_a_token_and_names_the_newest_waba_first()
    {
        var second = Business.AddWaba("Second WABA");
        var data = (await Graph.DebugAsync(Meta.World.IssueToken().Value))["data"]!;

        ((bool)data["is_valid"]!).ShouldBeTrue();
        ((string?)data["app_id"]).ShouldBe(Meta.AppId);
        ((string?)data["type"]).ShouldBe("SYSTEM_USER");
        ((long)data["expires_at"]!).ShouldBe(0);
        data["scopes"]!.AsArray().Count.ShouldBe(3);
        data["granular_scopes"]!.AsArray().Count.ShouldBe(2);
        data["granular_scopes"]![0]!["target_ids"]!.AsArray().Select(id => (string)id!).ShouldBe([second.Id, Waba.Id]);
    }

    [Fact]
    public async Task A_worthless_token_is_described_as_invalid_with_status_200()
    {
        var token = Meta.World.IssueToken().Value;
        Meta.World.RevokeAll();
        foreach (var worthless in new[] { token, "EAAnonsense" })
        {
            var reply = await Graph.DebugAsync(worthless);
            reply.ShouldSucceed();
            ((bool)reply["data"]!["is_valid"]!).ShouldBeFalse();
            ((int)reply["data"]!["error"]!["code"]!).ShouldBe(190);
        }
    }

    [Fact]
    public async Task Targets_may_be_left_unnamed()
    {
        Options.NameTargets = false;
        var data = (await Graph.DebugAsync(Meta.World.IssueToken().Value))["data"]!;
        ((JsonObject)data["granular_scopes"]![0]!).ContainsKey("target_ids").ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_app_itself_may_ask()
    {
        var token = Meta.World.IssueToken().Value;
        var path = "/v25.0/debug_token?input_token=" + token;
        (await Graph.GetAsync(path, null)).ShouldFail(400, 190);
        (await Graph.GetAsync(path, $"{Meta.AppId}|wrong")).ShouldFail(400, 190);
        (await Graph.GetAsync(path, token)).ShouldSucceed();
    }
}
