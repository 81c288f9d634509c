using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Notices;
using WhatsAppOnboarding.Tests.Setup;
using WhatsAppOnboarding.Tests.Upkeep;

namespace WhatsAppOnboarding.Tests.AccountEvents;

/// <summary>Who did what, and what did it by itself, as each account reads it of its own numbers.</summary>
public sealed class AuditTests
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    [Fact]
    public async Task What_a_person_does_by_the_routes_is_listed_with_who_it_was()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unverified, Named);
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.StepAsync("request_code")).ShouldBe("ok");
        (await number.StepAsync(new { phoneNumberId = number.AtMeta.Id, step = "verify_code", code = number.AtMeta.LastCode })).ShouldBe("ok");
        using var api = number.Host.OpenApi("acme");
        (await api.PostAsync(new { phoneNumberId = number.AtMeta.Id }, ANumber.Pin)).EnsureSuccessStatusCode();
        (await api.PostAsync(new { phoneNumberId = number.AtMeta.Id }, "/api/integrations/whatsapp/disconnect")).EnsureSuccessStatusCode();

        var listed = await ListAsync(number.Host);

        listed.Select(one => one.Step is null ? one.Kind : $"{one.Kind} {one.Step}").ShouldBe(
            ["connected", "needs_attention", "step_run request_code", "step_run verify_code", "step_run register", "well_again", "pin_read", "disconnected"]);
        listed.ShouldAllBe(one => one.Origin == "account" && one.Person == "acme" && one.Numbers.Single() == number.Id);
        listed.Select(one => one.At).ShouldBeInOrder();
        listed.ShouldAllBe(one => !one.ToJson().Contains(number.AtMeta.TwoStepPin!));
        listed.Select(one => one.Id).ShouldBe(number.Host.Events.Account.Select(one => one.Id));
    }

    [Fact]
    public async Task A_step_that_only_subscribes_is_listed_too()
    {
        await using var number = await ANumber.StartAsync(configure: Named);
        number.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 200), times: 10);
        await number.ConnectAsync();
        number.Faults.Clear();

        (await number.StepAsync("subscribe")).ShouldBe("ok");

        var run = (await ListAsync(number.Host)).Single(one => one.Kind == AccountEvent.StepRun);
        (run.Step, run.Person).ShouldBe(("subscribe", "acme"));
        (await number.ReadAsync()).Running.ShouldBeNull();
    }

    [Fact]
    public async Task A_hosts_own_code_names_the_person_or_nobody()
    {
        await using var host = await ConnectedAsync();

        using (AccountEvent.By("ann"))
            await host.DisconnectAsync("acme");
        await host.ConnectAsync("acme");
        await host.DisconnectAsync("acme");

        (await ListAsync(host)).Where(one => one.Kind is AccountEvent.Disconnected).Select(one => (one.Origin, one.Person)).ShouldBe([("account", "ann"), ("account", null)]);
    }

    [Fact]
    public async Task What_meta_tells_and_what_upkeep_finds_is_nobodys_doing()
    {
        await using var accounts = await TheAccounts.StartAsync(Named);
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        token.Revoke();
        await accounts.PassAsync(TheAccounts.Turn);
        await accounts.Meta.Webhooks.SendAsync(MetaAccountUpdates.Violation(waba, "SCAM"), TestContext.Current.CancellationToken);

        var listed = await ListAsync(accounts.Host);

        listed.Select(one => (one.Kind, one.Origin, one.Person)).ShouldBe([("connected", "account", "acme"), ("needs_attention", "upkeep", null), ("noticed", "meta", null)]);
    }

    [Fact]
    public async Task What_one_account_does_names_nobody_in_the_list_of_another()
    {
        await using var host = await ConnectedAsync();
        await host.ConnectAsync("birch");

        var shared = (await ListAsync(host)).Single(one => one.Kind == AccountEvent.NumberShared);

        (shared.Origin, shared.Person).ShouldBe(("upkeep", null));
        var own = await ListAsync(host, AccountId.Parse("birch"));
        own.Select(one => one.Person).Distinct().ShouldHaveSingleItem().ShouldBe("birch");
        own.ShouldAllBe(one => one.AccountId == AccountId.Parse("birch"));
        (await ListAsync(host, AccountId.Parse("cedar"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_handler_of_events_does_is_not_the_doing_of_whoever_caused_the_event()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            Named(setup);
            setup.Library = library => library.AddAccountEventHandler<EndingHandler>();
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");

        await Eventually.TrueAsync(async () => (await ListAsync(host)).Any(one => one.Kind == AccountEvent.Disconnected), "the handler disconnects");

        (await ListAsync(host)).Select(one => (one.Kind, one.Person)).ShouldBe([("connected", "acme"), ("disconnected", null)]);
    }

    [Fact]
    public async Task The_list_goes_on_from_a_time_and_has_a_bound()
    {
        await using var host = await ConnectedAsync();
        await host.DisconnectAsync("acme");
        var all = await ListAsync(host);

        (await host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AccountEvent>>(accounts => accounts.ListEventsAsync(Acme, max: 1))).ShouldHaveSingleItem().Id.ShouldBe(all[0].Id);
        (await host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AccountEvent>>(accounts => accounts.ListEventsAsync(Acme, all[^1].At))).Select(one => one.Id).ShouldContain(all[^1].Id);
        foreach (var max in new[] { 0, 1_001 })
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AccountEvent>>(accounts => accounts.ListEventsAsync(Acme, max: max)));
    }

    [Fact]
    public async Task Events_are_kept_for_four_hundred_days()
    {
        await using var news = await TheNews.StartAsync();
        news.Clock.Sleep(TimeSpan.FromDays(399));
        await Eventually.TrueAsync(async () => (await news.ReadAsync()).Evidence.ListedAt > news.Clock.GetUtcNow().AddDays(-1), "the host is awake again");
        (await ListAsync(news.Host)).ShouldContain(one => one.Kind == AccountEvent.Connected);

        news.Clock.Sleep(TimeSpan.FromDays(2));

        await Eventually.TrueAsync(async () => (await ListAsync(news.Host)).All(one => one.Kind != AccountEvent.Connected), "what is too old goes");
    }

    private static void Named(HostSetup setup) => setup["PersonClaimType"] = "account_id";

    private static async Task<TheHost> ConnectedAsync()
    {
        var host = await TheHost.StartAsync(Named);
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        return host;
    }

    private static Task<IReadOnlyList<AccountEvent>> ListAsync(TheHost host, AccountId? account = null) =>
        host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AccountEvent>>(accounts => accounts.ListEventsAsync(account ?? Acme, max: 1_000));

    private sealed class EndingHandler(IWhatsAppAccounts accounts) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) =>
            accountEvent.Kind == AccountEvent.Connected ? accounts.DisconnectAsync(accountEvent.AccountId, cancellationToken: cancellationToken) : Task.CompletedTask;
    }
}
