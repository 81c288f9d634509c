using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P05HintsTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Ids_that_the_token_did_not_prove_are_refused_and_store_and_reveal_nothing(bool byPopup, bool namesTargets)
    {
        var clock = new ManualTimeProvider();
        await using var host = await TheHost.StartAsync(
            setup =>
            {
                PopupConnect.Configure(setup);
                setup.Services.AddSingleton<TimeProvider>(clock);
            },
            new MetaEmulatorOptions { NameTargets = namesTargets });
        var mine = host.Meta.World.AddBusiness("Mine").AddWaba("Mine");
        mine.AddNumber("+1 631-555-0100", "Mine");
        var foreign = host.Meta.World.AddBusiness("Foreign").AddWaba("Foreign");
        var foreignNumber = foreign.AddNumber("+1 631-555-0199", "Foreign");
        using var victim = host.OpenApi("victim");
        var held = await victim.PostAsync(new { state = await victim.StartPopupStateAsync(), code = host.Meta.IssuePopupCode([foreign.Id]), wabaId = foreign.Id });
        held.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var api = host.OpenApi("acme");

        string[] answers =
        [
            await RefusalAsync(api, host, byPopup, mine, null, foreign.Id),
            await RefusalAsync(api, host, byPopup, mine, null, mine.Id, foreign.Id),
            await RefusalAsync(api, host, byPopup, mine, null, "999999999999999"),
            await clock.SkipPausesAsync(RefusalAsync(api, host, byPopup, mine, foreignNumber.Id, mine.Id), TimeSpan.FromSeconds(5)),
            await clock.SkipPausesAsync(RefusalAsync(api, host, byPopup, mine, "999999999999999", mine.Id), TimeSpan.FromSeconds(5)),
        ];

        answers.Distinct().ShouldHaveSingleItem();
        answers[0].ShouldContain("ids_not_granted");
        answers[0].ShouldNotContain(foreign.Id);
        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
        mine.IsAppSubscribed.ShouldBeFalse();
        foreign.IsAppSubscribed.ShouldBeTrue();
        (await host.ReadAsync("victim")).Numbers.ShouldHaveSingleItem().Evidence.SubscribedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_portfolios_id_and_an_event_store_nothing()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var mine = host.Meta.World.AddBusiness("Mine").AddWaba("Mine");
        mine.AddNumber("+1 631-555-0100", "Mine");
        var foreign = host.Meta.World.AddBusiness("Foreign").AddWaba("Foreign");
        using var api = host.OpenApi("acme");

        var answer = await api.PostAsync(new
        {
            state = await api.StartPopupStateAsync(),
            code = host.Meta.IssuePopupCode([mine.Id]),
            businessId = foreign.Owner.Id,
            @event = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var number = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
        (number.WabaId.ToString(), number.IsOnBizApp).ShouldBe((mine.Id, false));
        foreign.IsAppSubscribed.ShouldBeFalse();
        host.Meta.Calls.All.ShouldNotContain(call => call.Path.Contains(foreign.Id) || call.Path.Contains(foreign.Owner.Id));
    }

    /// <summary>The refusal without what is random in every answer: the attempt's id.</summary>
    private static async Task<string> RefusalAsync(HttpClient api, TheHost host, bool byPopup, EmulatedWaba granted, string? number, params string[] wabas)
    {
        var (code, state) = byPopup
            ? (host.Meta.IssuePopupCode([granted.Id]), await api.StartPopupStateAsync())
            : await api.GrantAsync(host, granted.Id);
        var answer = await api.PostAsync(new { code, state, wabaIds = wabas, phoneNumberId = number, businessId = granted.Owner.Id, @event = "FINISH" });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        granted.IsAppSubscribed.ShouldBeFalse();
        var json = await Browser.JsonAsync(answer);
        return $"{json.GetProperty("code")} {json.GetProperty("message")} {json.GetProperty("action")} {json.EnumerateObject().Count()}";
    }
}
