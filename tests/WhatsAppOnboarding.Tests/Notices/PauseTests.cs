using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class PauseTests
{
    [Theory]
    [InlineData("ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED")]
    [InlineData("account_offboarded", "account_reconnected")]
    public async Task While_a_number_is_off_cloud_api_nothing_is_sent_the_token_stays_and_messages_arrive(string off, string on)
    {
        await using var news = await TheNews.StartAsync();
        var before = await news.ReadAsync();

        await news.UpdateAsync(off);

        (await news.StateAsync(), await news.SendingAsync()).ShouldBe((NumberState.Paused, "number_paused"));
        (await news.ReadAsync()).Token.ShouldBe(before.Token);
        (await news.Host.ReadAsync("acme")).Reference.WabaId.ShouldBe(before.WabaId);
        var status = await news.StatusAsync();
        (status.GetProperty("state").GetString(), status.GetProperty("connected").GetBoolean(), status.GetProperty("isActive").GetBoolean()).ShouldBe(("paused", false, true));
        await news.Host.Meta.Webhooks.ReceiveMessageAsync(news.Number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        news.Host.Events.TextsOf("acme").ShouldBe(["hello"]);

        news.Clock.Advance(TimeSpan.FromMinutes(3));
        await news.UpdateAsync(on);

        (await news.StateAsync(), await news.SendingAsync()).ShouldBe((NumberState.Active, null));
        news.Told().ShouldBe(["noticed", "paused", "noticed", "resumed"]);
        news.Host.Events.Account.Single(told => told.Kind is AccountEvent.Resumed).Notice!.Event.ShouldBe("ACCOUNT_RECONNECTED");
    }

    [Fact]
    public async Task Where_a_number_is_known_to_be_in_the_business_app_only_that_one_is_paused()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddCoexistenceNumber("+1 631-555-0101", "Two"));

        await news.UpdateAsync("ACCOUNT_OFFBOARDED");

        (await news.Host.ReadAsync("acme")).Numbers.Where(number => number.State is NumberState.Paused).ShouldHaveSingleItem().VerifiedName.ShouldBe("Two");
        await news.UpdateAsync("ACCOUNT_RECONNECTED", 1);
        (await news.Host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.State == NumberState.Active);
    }

    [Fact]
    public async Task A_pause_or_its_end_that_names_a_number_is_about_no_other_even_when_that_one_is_not_held()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));

        await TellAsync("ACCOUNT_OFFBOARDED", "16315559999", -3);
        await ShouldBePausedAsync();
        await TellAsync("ACCOUNT_OFFBOARDED", "+1 631-555-0101", -3);
        await ShouldBePausedAsync("Two");
        await TellAsync("ACCOUNT_RECONNECTED", "16315559999", -2);
        await ShouldBePausedAsync("Two");
        await TellAsync("ACCOUNT_OFFBOARDED", "", -1);
        await ShouldBePausedAsync("One", "Two");

        Task TellAsync(string name, string phone, int seconds) => news.TellAsync("account_update", $$"""{"event":"{{name}}","phone_number":"{{phone}}"}""", seconds);

        async Task ShouldBePausedAsync(params string[] names) => (await news.Host.ReadAsync("acme")).Numbers
            .Where(number => number.State is NumberState.Paused).Select(number => number.VerifiedName!).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task The_same_event_again_an_older_one_and_one_out_of_order_change_nothing()
    {
        await using var news = await TheNews.StartAsync();
        await news.UpdateAsync("ACCOUNT_RECONNECTED", -10);
        var version = (await news.Host.ReadAsync("acme")).Reference.Version;

        await news.UpdateAsync("ACCOUNT_OFFBOARDED", -20);
        await news.UpdateAsync("ACCOUNT_RECONNECTED", -10);
        await news.UpdateAsync("ACCOUNT_OFFBOARDED", -10);

        (await news.StateAsync()).ShouldBe(NumberState.Active);
        (await news.Host.ReadAsync("acme")).Reference.Version.ShouldBe(version);
        news.Told().ShouldBe(["noticed"]);

        await news.UpdateAsync("ACCOUNT_OFFBOARDED");
        await news.UpdateAsync("ACCOUNT_OFFBOARDED");
        await news.UpdateAsync("ACCOUNT_RECONNECTED", -5);
        (await news.StateAsync()).ShouldBe(NumberState.Paused);
        news.Told().ShouldBe(["noticed", "noticed", "paused"]);

        await news.UpdateAsync("ACCOUNT_RECONNECTED");
        (await news.StateAsync()).ShouldBe(NumberState.Active, "Meta's times are whole seconds");
    }

    [Fact]
    public async Task A_ban_and_its_end_are_noted_in_their_order_and_each_kind_has_its_own()
    {
        await using var news = await TheNews.StartAsync();

        await BanAsync("REINSTATE", 0);
        await BanAsync("DISABLE", -5);
        await news.TellAsync("account_review_update", """{"decision":"APPROVED"}""", -5);

        var number = await news.ReadAsync();
        number.Notice(MetaNotice.BanKind)!.Reason.ShouldBe("REINSTATE");
        number.Notice(MetaNotice.ReviewKind).ShouldNotBeNull();

        Task BanAsync(string state, int seconds) => news.TellAsync("account_update", $$$"""{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"{{{state}}}"} }""", seconds);
    }

    [Fact]
    public async Task An_event_of_the_time_before_the_last_connect_is_ignored()
    {
        await using var news = await TheNews.StartAsync();
        await news.UpdateAsync("ACCOUNT_OFFBOARDED");
        news.Clock.Advance(TimeSpan.FromMinutes(1.01));
        await news.ConnectAsync("acme");
        (await news.StateAsync()).ShouldBe(NumberState.Active, "a fresh grant proves access");

        await news.UpdateAsync("ACCOUNT_OFFBOARDED", -1);
        (await news.StateAsync()).ShouldBe(NumberState.Active);

        await news.UpdateAsync("ACCOUNT_OFFBOARDED");
        (await news.StateAsync()).ShouldBe(NumberState.Paused, "it may have been after the connect in the same second");
    }

    [Theory]
    [InlineData("ACCOUNT_VIOLATION", 120, 1)]
    [InlineData("DISABLED", 119, 1)]
    [InlineData("DISABLED", 180, 0)]
    [InlineData("ACCOUNT_OFFBOARDED", 60, 0)]
    public async Task What_stops_nothing_counts_though_the_clock_of_who_connected_was_up_to_two_minutes_ahead(string name, int ahead, int noted)
    {
        await using var news = await TheNews.StartAsync();
        await news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"), read => [read.Numbers.Single() with { ConnectedAt = news.Clock.GetUtcNow().AddSeconds(ahead) }]));

        await news.UpdateAsync(name);

        (await news.ReadAsync()).Notices.Count.ShouldBe(noted);
    }

    [Fact]
    public async Task A_node_whose_clock_is_two_minutes_behind_takes_metas_time_as_it_is()
    {
        await using var news = await TheNews.StartAsync();

        await news.UpdateAsync("ACCOUNT_VIOLATION", 119);

        (await news.ReadAsync()).Notices.Single().At.ShouldBe(news.Clock.GetUtcNow().AddSeconds(119), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Connecting_again_ends_holds_and_keeps_what_is_said_of_the_waba()
    {
        await using var news = await TheNews.StartAsync();
        await news.TellAsync("account_update", """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}""");
        await news.UpdateAsync("ACCOUNT_OFFBOARDED");

        await news.ConnectAsync("acme");

        (await news.ReadAsync()).Notices.ShouldHaveSingleItem().Kind.ShouldBe(MetaNotice.ViolationKind);
        (await news.StateAsync()).ShouldBe(NumberState.Active);
    }

    [Fact]
    public async Task A_time_that_lies_ahead_does_not_make_everything_after_it_old()
    {
        await using var news = await TheNews.StartAsync();
        await news.UpdateAsync("ACCOUNT_OFFBOARDED", 1_000_000);

        (await news.ReadAsync()).Notices.Single().At.ShouldBe(news.Clock.GetUtcNow());
        news.Clock.Advance(TimeSpan.FromSeconds(2));
        await news.UpdateAsync("ACCOUNT_RECONNECTED");

        (await news.StateAsync()).ShouldBe(NumberState.Active);
    }

    [Fact]
    public async Task No_event_makes_a_number_active_that_no_event_paused()
    {
        await using var news = await TheNews.StartAsync();
        await news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(
            store => store.WriteAsync(AccountId.Parse("acme"), read => [read.Numbers.Single() with { State = NumberState.Paused }]));

        await news.UpdateAsync("ACCOUNT_RECONNECTED");
        await news.TellAsync("account_review_update", """{"decision":"APPROVED"}""");
        await news.TellAsync("account_update", """{"event":"REINSTATED"}""");
        (await news.StateAsync()).ShouldBe(NumberState.Paused);

        await news.Host.DisconnectAsync("acme");
        await news.UpdateAsync("ACCOUNT_RECONNECTED", 5);
        (await news.StateAsync()).ShouldBe(NumberState.Inactive);
    }

    [Theory]
    [InlineData("998")]
    [InlineData("$OWNER")]
    public async Task A_portfolio_as_entry_changes_nothing(string entry)
    {
        await using var news = await TheNews.StartAsync();

        await news.TellAsync("account_update", """{"event":"PARTNER_REMOVED"}""", entry: entry.Replace("$OWNER", news.Waba.Owner.Id, StringComparison.Ordinal));
        await news.TellAsync("account_update", """{"event":"ACCOUNT_OFFBOARDED"}""", entry: entry.Replace("$OWNER", news.Waba.Owner.Id, StringComparison.Ordinal));

        (await news.ReadAsync()).Notices.ShouldBeEmpty();
        news.Told().ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_an_account_that_holds_another_waba_nothing_changes()
    {
        await using var news = await TheNews.StartAsync();
        news.Host.Meta.World.AddBusiness("Birch").AddWaba("Other").AddNumber("+1 631-555-0100", "Same digits");
        await news.Host.ConnectAsync("birch", news.Host.Meta.World.Businesses[^1].Wabas[0]);

        await news.TellAsync("account_update", """{"event":"ACCOUNT_VIOLATION","phone_number":"16315550100"}""");

        (await news.ReadAsync()).Notices.Count.ShouldBe(1);
        (await news.Host.ReadAsync("birch")).Numbers.Single().Notices.ShouldBeEmpty();
    }
}
