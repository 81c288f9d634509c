using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>What the time of an entry decides, and what is done without one.</summary>
public sealed class EntryTimeTests
{
    [Fact]
    public async Task A_pause_without_time_is_noted_and_however_often_it_comes_it_stops_nothing()
    {
        await using var news = await TheNews.StartAsync();

        foreach (var name in new[] { "ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED", "ACCOUNT_OFFBOARDED" })
        {
            await news.UpdateAtAsync(name, null);
            news.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        (await news.StateAsync(), await news.SendingAsync()).ShouldBe((NumberState.Active, null));
        var notice = (await news.ReadAsync()).Notices.ShouldHaveSingleItem();
        (notice.Event, notice.StopsSending).ShouldBe(("ACCOUNT_OFFBOARDED", false));
        news.Told().ShouldBe(["noticed", "noticed", "noticed"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("0")]
    public async Task A_pause_whose_time_is_not_known_does_not_end_the_one_that_holds(string? time)
    {
        await using var news = await TheNews.StartAsync();
        await news.UpdateAsync("ACCOUNT_OFFBOARDED");
        news.Clock.Advance(TimeSpan.FromMinutes(2));

        await news.UpdateAtAsync("ACCOUNT_OFFBOARDED", time);
        (await news.StateAsync()).ShouldBe(NumberState.Paused);
        news.Told().ShouldBe(["noticed", "paused"]);

        await news.UpdateAsync("ACCOUNT_RECONNECTED");
        (await news.StateAsync()).ShouldBe(NumberState.Active);
    }

    [Fact]
    public async Task A_removal_without_time_holds_until_meta_was_asked()
    {
        await using var news = await TheNews.StartAsync();
        await news.UpdateAtAsync("PARTNER_REMOVED", null);
        news.Told().ShouldBe(["noticed", "paused", "noticed", "resumed"]);

        news.Host.Meta.World.RemoveAppFrom(news.Waba.Id);
        news.Clock.Advance(TimeSpan.FromMinutes(2));
        await news.UpdateAtAsync("PARTNER_REMOVED", null);

        (await news.StateAsync()).ShouldBe(NumberState.Inactive);
    }

    [Fact]
    public async Task Two_removals_of_one_second_that_are_not_so_are_looked_into_once_however_often_they_come()
    {
        await using var news = await TheNews.StartAsync();
        var second = JsonValue.Create(news.Clock.GetUtcNow().ToUnixTimeSeconds());

        for (var times = 0; times < 3; times++)
        {
            await news.UpdateAtAsync("PARTNER_REMOVED", second.DeepClone());
            await news.UpdateAtAsync("PARTNER_APP_UNINSTALLED", second.DeepClone());
        }

        news.Told().ShouldBe(["noticed", "paused", "noticed", "resumed"]);
        news.Clock.Advance(TimeSpan.FromSeconds(1));
        await news.UpdateAsync("PARTNER_APP_UNINSTALLED");
        news.Told().Length.ShouldBe(8, "a second later it is news");
    }

    [Fact]
    public async Task A_removal_is_not_lost_on_a_clock_that_is_ahead()
    {
        await using var news = await TheNews.StartAsync();
        news.Host.Meta.World.RemoveAppFrom(news.Waba.Id);

        await news.UpdateAsync("PARTNER_REMOVED", -180);

        (await news.StateAsync()).ShouldBe(NumberState.Inactive);
    }

    [Fact]
    public async Task A_removal_of_before_the_last_connect_is_undone_by_the_newer_token_and_a_pause_of_then_is_ignored()
    {
        await using var news = await TheNews.StartAsync();
        var old = news.Host.Meta.World.IssuedTokens[^1].Value;
        await news.ConnectAsync("acme");
        news.Host.Meta.World.RevokeToken(old);
        var connected = await news.ReadAsync();

        await news.UpdateAsync("ACCOUNT_OFFBOARDED", -1);
        news.Told().ShouldBeEmpty();
        for (var times = 0; times < 2; times++)
            await news.UpdateAsync("PARTNER_REMOVED", -1);

        var number = await news.ReadAsync();
        (number.State, number.Generation, number.Token).ShouldBe((NumberState.Active, connected.Generation, connected.Token));
        number.Notices.ShouldHaveSingleItem().Undone.ShouldBeTrue();
        news.Told().ShouldBe(["noticed", "paused", "noticed", "resumed"]);
    }

    [Fact]
    public async Task A_time_in_milliseconds_is_the_same_time()
    {
        await using var news = await TheNews.StartAsync();
        var at = news.Clock.GetUtcNow().AddSeconds(-10);

        await news.UpdateAtAsync("ACCOUNT_OFFBOARDED", JsonValue.Create(at.ToUnixTimeMilliseconds()));
        (await news.ReadAsync()).Notices.Single().At.ToUnixTimeSeconds().ShouldBe(at.ToUnixTimeSeconds());
        (await news.StateAsync()).ShouldBe(NumberState.Paused);

        await news.UpdateAtAsync("ACCOUNT_RECONNECTED", JsonValue.Create(at.AddSeconds(-1).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)));
        (await news.StateAsync()).ShouldBe(NumberState.Paused, "it is older");
    }
}
