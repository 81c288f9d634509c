using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class AccessTests
{
    [Theory]
    [InlineData("""{"event":"PARTNER_REMOVED","waba_info":{"waba_id":"$WABA","partner_app_id":"$APP"}}""", "partner_removed")]
    [InlineData("""{"event":"PARTNER_REMOVED","phone_number":"16315550100","disconnection_info":{"reason":"BUSINESS_DOWNGRADE","initiated_by":"USER"}}""", "partner_removed", "USER")]
    [InlineData("""{"event":"PARTNER_REMOVED","phone_number":"16315550199","disconnection_info":{"reason":"PRIMARY_INACTIVITY","initiated_by":"SYSTEM"}}""", "partner_removed", "SYSTEM")]
    [InlineData("""{"event":"partner_removed"}""", "partner_removed")]
    [InlineData("""{"event":"PARTNER_APP_UNINSTALLED","waba_info":{"waba_id":"$WABA","partner_app_id":"$APP"}}""", "app_uninstalled")]
    [InlineData("""{"event":"ACCOUNT_DELETED"}""", "account_deleted")]
    [InlineData("""{"event":"PHONE_NUMBER_REMOVED","phone_number":"16315550100"}""", "gone_at_meta")]
    [InlineData("""{"event":"DISCONNECTED"}""", "partner_removed")]
    public async Task Access_that_is_really_gone_ends_the_connection_with_reason_and_initiator_and_wipes_the_token(string value, string reason, string? initiator = null)
    {
        await using var news = await TheNews.StartAsync();
        news.Host.Meta.World.RemoveAppFrom(news.Waba.Id);

        (await TellAsync(news, value)).ShouldBe(200);

        var number = await news.ReadAsync();
        (number.State, number.Token, number.TokenKeptUntil).ShouldBe((NumberState.Inactive, null, null));
        (number.DisconnectReason, number.DisconnectInitiator, number.DisconnectedAt).ShouldBe((reason, initiator, news.Clock.GetUtcNow()));
        number.OpenSteps.ShouldBeEmpty();
        (await news.Host.ReadAsync("acme")).Reference.WabaId.ShouldBeNull();
        news.Told().ShouldBe(["noticed", "paused", "disconnected"]);
        var told = news.Host.Events.Account.Single(one => one.Kind is AccountEvent.Disconnected);
        (told.Reason, told.Initiator, told.Numbers.Single().ToString()).ShouldBe((reason, initiator, news.Number.Id));
        var status = await news.StatusAsync();
        (status.GetProperty("state").GetString(), status.GetProperty("disconnectReason").GetString(), status.GetProperty("disconnectInitiator").GetString())
            .ShouldBe(("inactive", reason, initiator));
        (await news.FindingsAsync()).ShouldBe(reason == "gone_at_meta" ? [] : [reason]);
    }

    [Theory]
    [InlineData("PARTNER_REMOVED")]
    [InlineData("PARTNER_APP_UNINSTALLED")]
    [InlineData("ACCOUNT_DELETED")]
    [InlineData("DISCONNECTED")]
    [InlineData("PHONE_NUMBER_REMOVED")]
    public async Task A_hint_that_is_not_so_is_undone_and_recorded(string name)
    {
        await using var news = await TheNews.StartAsync();
        var before = await news.ReadAsync();

        await news.UpdateAsync(name);

        var number = await news.ReadAsync();
        (number.State, number.Token, number.DisconnectReason).ShouldBe((NumberState.Active, before.Token, null));
        number.Evidence.ListedAt.ShouldBe(news.Clock.GetUtcNow());
        (await news.SendingAsync()).ShouldBeNull();
        var notice = number.Notices.ShouldHaveSingleItem();
        (notice.Event, notice.StopsSending, notice.Undone).ShouldBe((name, false, true));
        (await news.FindingsAsync()).ShouldBe(["access_kept"]);
        news.Told().ShouldBe(["noticed", "paused", "noticed", "resumed"]);

        await news.UpdateAsync(name);
        news.Told().Length.ShouldBe(4, "the same event again is no news");
    }

    [Fact]
    public async Task A_number_that_is_not_among_those_of_the_waba_any_more_is_gone_and_its_neighbour_is_not()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));
        news.Number.Remove();

        await news.UpdateAsync("PARTNER_REMOVED");

        var account = await news.Host.ReadAsync("acme");
        account.Numbers.Single(number => number.VerifiedName == "One").State.ShouldBe(NumberState.Inactive);
        account.Numbers.Single(number => number.VerifiedName == "Two").State.ShouldBe(NumberState.Active);
        account.Reference.WabaId!.Value.ToString().ShouldBe(news.Waba.Id);
    }

    [Fact]
    public async Task Of_a_waba_that_its_token_still_opens_the_app_leaves_when_its_only_number_is_gone()
    {
        await using var news = await TheNews.StartAsync();
        news.Number.Remove();

        await news.UpdateAsync("PHONE_NUMBER_REMOVED");
        (await news.StateAsync()).ShouldBe(NumberState.Inactive);
        news.Clock.Advance(TimeSpan.FromMinutes(6));

        await Eventually.TrueAsync(async () => (await news.ReadAsync()).Token is null, "upkeep has left the WABA");
        news.Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_said_of_another_app_is_ignored()
    {
        await using var news = await TheNews.StartAsync();
        news.Host.Meta.World.RemoveAppFrom(news.Waba.Id);

        await TellAsync(news, """{"event":"PARTNER_APP_UNINSTALLED","waba_info":{"waba_id":"$WABA","partner_app_id":"998"}}""");
        await TellAsync(news, """{"event":"PARTNER_REMOVED","waba_info":{"waba_id":"$WABA","partner_app_id":998}}""");

        (await news.ReadAsync()).ShouldSatisfyAllConditions(number => number.State.ShouldBe(NumberState.Active), number => number.Notices.ShouldBeEmpty());
    }

    [Fact]
    public async Task Of_two_accounts_only_the_one_whose_own_token_is_refused_is_disconnected()
    {
        await using var news = await TheNews.StartAsync();
        await news.ConnectAsync("birch");
        news.Host.Meta.World.RevokeToken(news.Host.Meta.World.IssuedTokens[0].Value);
        news.Clock.Advance(TimeSpan.FromSeconds(1));

        await news.UpdateAsync("PARTNER_REMOVED");

        (await news.StateAsync()).ShouldBe(NumberState.Inactive);
        (await news.StateAsync("birch")).ShouldBe(NumberState.Active);
        news.Told().ShouldBe(["noticed", "paused", "disconnected"]);
        news.Told("birch").ShouldBe(["noticed", "paused", "noticed", "resumed"]);
    }

    [Theory]
    [InlineData(400, 4)]
    [InlineData(500, 2)]
    [InlineData(400, 104)]
    [InlineData(400, 100)]
    [InlineData(400, 190, 459)]
    [InlineData(401, 190, 490)]
    [InlineData(400, 464)]
    [InlineData(0, 0)]
    [InlineData(502, 0)]
    public async Task While_meta_gives_no_answer_the_number_waits_and_is_asked_for_again(int status, int code, int? subcode = null)
    {
        await using var news = await TheNews.StartAsync();
        var token = (await news.ReadAsync()).Token;
        news.Host.Meta.World.RemoveAppFrom(news.Waba.Id);
        var fault = (status, code) switch { (0, _) => Fault.Reset(), (_, 0) => Fault.Html(status), _ => Fault.Error(status, code, subcode) };
        news.Host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, fault, int.MaxValue);

        (await news.UpdateAsync("PARTNER_REMOVED")).ShouldBe(200);

        (await news.ReadAsync()).ShouldSatisfyAllConditions(number => number.State.ShouldBe(NumberState.Paused), number => number.Token.ShouldBe(token));
        (await news.SendingAsync()).ShouldBe("number_paused");
        (await news.FindingsAsync()).ShouldBe(["access_in_doubt"]);

        news.Host.Meta.Faults.Clear();

        await Eventually.TrueAsync(
            async () =>
            {
                news.Clock.Advance(TimeSpan.FromMinutes(1));
                return await news.ReadAsync() is { State: NumberState.Inactive, Token: null, DisconnectReason: "partner_removed" };
            },
            "it is asked again");
        await Eventually.TrueAsync(() => news.Told().Contains("disconnected"), "the host is told");
    }

    [Theory]
    [InlineData("""{"id":"../me"}""", NumberState.Paused)]
    [InlineData("""{"id":"$ID"},{"id":null}""", NumberState.Active)]
    [InlineData("""{"id":"106000000000777"}""", NumberState.Inactive)]
    public async Task A_list_that_is_cut_short_proves_what_it_shows_and_nothing_of_what_it_does_not(string items, NumberState state)
    {
        await using var news = await TheNews.StartAsync();
        var listed = """{"id":"106000000000778"},""" + items.Replace("$ID", news.Number.Id, StringComparison.Ordinal);
        news.Host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson($$"""{"data":[{{listed}}]}"""), int.MaxValue);

        await news.UpdateAsync("PARTNER_REMOVED");

        (await news.StateAsync()).ShouldBe(state);
    }

    [Fact]
    public async Task What_turns_out_later_not_to_be_so_is_undone_later_and_a_mere_pause_is_not_touched()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddCoexistenceNumber("+1 631-555-0101", "Two"));
        news.Host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(500, 2), int.MaxValue);
        await news.UpdateAsync("ACCOUNT_OFFBOARDED");
        await news.UpdateAsync("PARTNER_REMOVED");
        await news.UpdateAsync("ACCOUNT_RECONNECTED", -1);
        (await news.StateAsync()).ShouldBe(NumberState.Paused, "the end of a pause does not end the doubt");

        news.Host.Meta.Faults.Clear();
        news.Clock.Advance(TimeSpan.FromMinutes(6));

        await Eventually.TrueAsync(async () => await news.StateAsync() is NumberState.Active, "it is asked again");
        (await news.Host.ReadAsync("acme")).Numbers.Single(number => number.VerifiedName == "Two").State.ShouldBe(NumberState.Paused);
    }

    [Fact]
    public async Task A_check_without_end_does_not_hold_up_the_delivery()
    {
        await using var news = await TheNews.StartAsync();
        await news.ConnectAsync("birch");
        news.Clock.Advance(TimeSpan.FromSeconds(1));
        news.Host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Hang(), int.MaxValue);
        var first = news.Host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers);

        var telling = news.UpdateAsync("PARTNER_REMOVED");
        await first.Reached;
        news.Clock.Advance(TimeSpan.FromSeconds(8));

        (await telling).ShouldBe(200);
        (await news.StateAsync(), await news.StateAsync("birch")).ShouldBe((NumberState.Paused, NumberState.Paused));
        news.Host.Events.Events.Count(seen => seen.Field == "account_update").ShouldBe(2, "the handlers are told all the same");
    }

    [Fact]
    public async Task A_reconnect_while_the_check_runs_wins()
    {
        await using var news = await TheNews.StartAsync();
        var old = news.Host.Meta.World.IssuedTokens[^1].Value;
        var held = news.Host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers);
        var telling = news.UpdateAsync("PARTNER_REMOVED");
        await held.Reached;

        news.Host.Meta.World.RevokeToken(old);
        await news.ConnectAsync("acme");
        var connected = await news.ReadAsync();
        held.Release();
        await telling;

        var number = await news.ReadAsync();
        (number.State, number.Generation, number.Token).ShouldBe((NumberState.Active, connected.Generation, connected.Token));
        number.Notices.ShouldBeEmpty();
        news.Told().ShouldNotContain("disconnected");
    }

    [Fact]
    public async Task A_number_that_was_lost_can_be_connected_again()
    {
        await using var news = await TheNews.StartAsync();
        news.Host.Meta.World.RemoveAppFrom(news.Waba.Id);
        await TellAsync(news, """{"event":"PARTNER_REMOVED","disconnection_info":{"initiated_by":"USER"}}""");
        news.Clock.Advance(TimeSpan.FromMinutes(1));

        await news.ConnectAsync("acme");
        await news.UpdateAsync("PARTNER_REMOVED", -400);

        var number = await news.ReadAsync();
        (number.State, number.DisconnectReason, number.DisconnectInitiator, number.DisconnectedAt).ShouldBe((NumberState.Active, null, null, null));
        number.Notices.ShouldBeEmpty();
        (await news.SendingAsync()).ShouldBeNull();
    }

    private static Task<int?> TellAsync(TheNews news, string value)
    {
        var json = value.Replace("$WABA", news.Waba.Id, StringComparison.Ordinal).Replace("$APP", news.Host.Meta.AppId, StringComparison.Ordinal);
        return news.TellAsync("account_update", json, entry: json.Contains("waba_id", StringComparison.Ordinal) ? "998" : null);
    }
}
