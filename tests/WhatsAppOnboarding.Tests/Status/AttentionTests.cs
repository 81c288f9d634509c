using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Notices;
using WhatsAppOnboarding.Tests.Setup;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>What an account must do now and soon: out of its status, and only what it can do.</summary>
public sealed class AttentionTests
{
    private const string Path = "/api/integrations/whatsapp/attention";
    private const string Onboarding = "/onboarding/whatsapp";

    public static TheoryData<string> Codes => [.. NumberReasons.All.Select(reason => reason.Code)];

    [Fact]
    public async Task Where_nothing_is_due_nothing_is_said()
    {
        await using var news = await TheNews.StartAsync();

        (await ReadAsync(news.Host)).ShouldBeEmpty();
        (await ReadAsync(news.Host, "nobody")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_reason_is_said_with_what_the_account_can_do_and_of_what_others_do_no_more_than_that(string code)
    {
        await using var news = await TheNews.StartAsync();
        if (code == "shared_proof_stale")
            await news.ConnectAsync("birch");
        var row = NumberReasons.Find(code)!;
        var view = await ReadinessTests.ChangedAsync(news, ReadinessTests.CaseOf(row).Change);
        var reason = view.Reasons.Single(reason => reason.Reason == code);

        var items = await ReadAsync(news.Host);

        if (reason.Who == "meta" || row.IsAdvice)
        {
            items.ShouldBeEmpty();
        }
        else if (reason.Who == "operator")
        {
            var item = items.ShouldHaveSingleItem();
            (item.Code, item.Who, item.Link, item.Blocks).ShouldBe(("in_work", "operator", null, false));
            item.Message.ShouldNotBe(reason.Message);
        }
        else
        {
            var item = items.Where(item => item.Code == code).ShouldHaveSingleItem();
            (item.Message, item.Action, item.Link, item.Who, item.Blocks).ShouldBe((reason.Message, reason.Action, reason.Link, "account", reason.Answer == Readiness.No));
            (item.PhoneNumberIds.Single(), item.Phones.Single()).ShouldBe((news.Number.Id, news.Number.DisplayPhoneNumber));
        }
    }

    [Fact]
    public async Task What_several_numbers_need_alike_is_one_thing_to_do()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));
        await ChangeAsync(news, (number, _) => number with { QualityRating = QualityRating.Red });

        var item = (await ReadAsync(news.Host)).ShouldHaveSingleItem();

        (item.Code, item.Since).ShouldBe(("quality_low", null));
        item.Phones.ShouldBe(["+1 631-555-0100", "+1 631-555-0101"], ignoreOrder: true);
        item.PhoneNumberIds.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_thing_that_two_reasons_say_is_said_once()
    {
        await using var news = await TheNews.StartAsync();
        await ChangeAsync(news, (number, now) => (number with { Status = NumberStatus.Pending, PlatformType = PlatformType.NotApplicable, Evidence = number.Evidence with { RegisteredAt = null } })
            .WithOpenStep(StepNames.Register, ErrorCodes.PinNeeded, now));

        (await ReadAsync(news.Host)).Select(item => item.Code).ShouldBe(["register_open"]);

        await ChangeAsync(news, (number, now) => number with { NameStatus = "DECLINED" });
        await ChangeAsync(news, (number, now) => number.SendFailed(131037, now));
        (await ReadAsync(news.Host)).Select(item => item.Code).ShouldBe(["name_not_ready", "register_open"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_end_of_a_token_is_due_at_its_end_and_the_newest_comes_first()
    {
        await using var news = await TheNews.StartAsync();
        var end = news.Clock.GetUtcNow().AddDays(6);
        await ChangeAsync(news, (number, _) => number with { TokenExpiresAt = end });
        await ChangeAsync(news, (number, now) => number.SendFailed(131042, now));

        var items = await ReadAsync(news.Host);

        items.Select(item => (item.Code, item.Since, item.DueAt)).ShouldBe(
            [("payment_needed", news.Clock.GetUtcNow(), null), ("token_ends_in_7_days", end.AddDays(-7), (DateTimeOffset?)end)]);
        var ended = news.Clock.GetUtcNow().AddHours(-1);
        await ChangeAsync(news, (number, _) => number with { TokenExpiresAt = ended });
        (await ReadAsync(news.Host)).Single(item => item.Code == "token_ended").Since.ShouldBe(ended);
    }

    [Fact]
    public async Task What_Meta_takes_on_one_day_only_is_due_by_then_and_gone_afterwards()
    {
        var clock = new ManualTimeProvider();
        await using var number = await ANumber.StartAsync(ANumber.OnBusinessApp, setup => setup.Services.AddSingleton<TimeProvider>(clock), new MetaEmulatorOptions { TimeProvider = clock });
        number.Faults.On(GraphOperations.SyncAppData, Fault.Error(400, 80007), times: 2);
        await number.ConnectAsync();

        (await ReadAsync(number.Host)).Select(item => (item.Code, item.Link, item.DueAt)).ShouldBe(
            [("sync_contacts", Onboarding, (DateTimeOffset?)clock.GetUtcNow().AddHours(24)), ("sync_history", Onboarding, clock.GetUtcNow().AddHours(24))], ignoreOrder: true);

        clock.Advance(TimeSpan.FromHours(24));
        (await ReadAsync(number.Host)).ShouldNotContain(item => item.Code.StartsWith("sync_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_choice_that_waits_is_due_until_its_end_and_gone_when_it_is_made()
    {
        await using var host = await TheHost.StartAsync(setup => setup["NumberChoice"] = "Ask");
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        waba.AddNumber("+1 631-555-0101", "Two");
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var asked = await Browser.JsonAsync(await api.FinishAsync(code, state));
        var attempt = asked.GetProperty("attemptId").GetGuid();

        var item = (await ReadAsync(host)).ShouldHaveSingleItem();

        (item.Code, item.Link, item.DueAt).ShouldBe(("choose", $"{Onboarding}?whatsapp=choose&attempt={attempt}", asked.GetProperty("choice").GetProperty("until").GetDateTimeOffset()));
        (await ReadAsync(host, "birch")).ShouldBeEmpty();
        (await api.PostAsync(new { attemptId = attempt, cancel = true }, "/api/integrations/whatsapp/choose")).EnsureSuccessStatusCode();
        (await ReadAsync(host)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DisconnectReasons.PartnerRemoved, true)]
    [InlineData(DisconnectReasons.GoneAtMeta, true)]
    [InlineData(DisconnectReasons.Requested, false)]
    public async Task A_number_that_Meta_took_away_is_said_for_two_weeks_and_one_that_was_given_up_is_not(string why, bool said)
    {
        await using var news = await TheNews.StartAsync();
        await ChangeAsync(news, (number, now) => number.Disconnected(why, now));

        (await ReadAsync(news.Host)).Select(item => (item.Code, item.Blocks, item.Link)).ShouldBe(said ? [(why, true, Onboarding)] : []);
        news.Clock.Advance(TimeSpan.FromDays(14));
        (await ReadAsync(news.Host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ban_that_Meta_has_announced_is_said_until_Meta_takes_it_back()
    {
        await using var news = await TheNews.StartAsync();
        await news.TellAsync("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"April 17, 2027"}}""");

        var item = (await ReadAsync(news.Host)).ShouldHaveSingleItem();

        (item.Code, item.Blocks).ShouldBe(("ban_scheduled", false));
        item.Message.ShouldContain("April 17, 2027");
        await news.TellAsync("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}}""", seconds: 1);
        (await ReadAsync(news.Host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_route_answers_it_in_the_language_asked_for_and_to_nobody_who_may_not_read()
    {
        await using var news = await TheNews.StartAsync();
        await ChangeAsync(news, (number, now) => number.SendFailed(131042, now));
        using var api = news.Host.OpenApi("acme");
        api.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es-MX");

        var answer = await api.GetAsync(Path, TestContext.Current.CancellationToken);
        var item = (await Browser.JsonAsync(answer)).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();

        (answer.Headers.CacheControl!.ToString(), answer.Content.Headers.ContentLanguage.Single()).ShouldBe(("no-store", "es"));
        item.EnumerateObject().Select(member => member.Name).ShouldBe(["code", "message", "action", "who", "blocks", "link", "phoneNumberIds", "phones", "since", "dueAt"]);
        item.GetProperty("message").GetString().ShouldBe("Meta no tiene un método de pago que funcione para esta cuenta de WhatsApp.");
        using var signedOut = news.Host.OpenApi(null);
        (await signedOut.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_policy_for_reading_and_another_path_hold_for_it()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            (setup["ReadPolicy"], setup["Paths:Attention"]) = ("nobody", "/due");
            setup.Services.AddAuthorizationBuilder().AddPolicy("nobody", policy => policy.RequireAssertion(_ => false));
        });
        using var api = host.OpenApi("acme");

        (await api.GetAsync("/due", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<IReadOnlyList<AttentionItem>> ReadAsync(TheHost host, string account = "acme") =>
        host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttentionItem>>(accounts => accounts.GetAttentionAsync(AccountId.Parse(account)));

    private static async Task ChangeAsync(TheNews news, Func<PhoneNumber, DateTimeOffset, PhoneNumber> change) => await news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(
        AccountId.Parse("acme"), read => [.. read.Numbers.Select(number => change(number, news.Clock.GetUtcNow()))], TestContext.Current.CancellationToken));
}
