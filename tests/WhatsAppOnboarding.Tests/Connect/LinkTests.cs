using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>What a link does for the person who has it, and what its account sees of it.</summary>
public sealed class LinkTests : TheLinks
{
    private readonly ConcurrentQueue<string?> _paths = new();
    private readonly TroubledLinks _store = new(new InMemorySetupLinkStore());

    protected override void Configure(HostSetup setup)
    {
        setup["NumberChoice"] = "Chosen";
        setup["Links:StyleSheet"] = "/css/links.css";
        setup.Services.AddScoped<ISetupLinkStore>(_ => _store);

        // As the instrumentation of OpenTelemetry does.
        setup.App = app => app.Use(async (context, next) =>
        {
            Activity.Current?.SetTag("url.path", context.Request.Path.Value);
            await next(context);
            _paths.Enqueue(Activity.Current?.GetTagItem("url.path") as string);
        });
    }

    [Fact]
    public async Task Its_account_sees_what_became_of_it_and_is_told()
    {
        var link = await CreateAsync(new SetupLinkRequest { Label = "Ann of Lucky Shrub", Creator = "Bea", ReturnUrl = "/thanks" });
        (link.State, link.ExpiresAt - link.CreatedAt).ShouldBe((SetupLink.Open, TimeSpan.FromDays(7)));
        var person = Person();
        await PressAsync(person, PathOf(link));
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Pressed);
        var page = await ConnectAsync(person, PathOf(link));

        page.ShouldContain("href=\"/thanks\"");
        page.ShouldContain("/css/links.css");
        page.ShouldNotContain("Ann of Lucky Shrub");
        var used = await OnlyLinkAsync();
        (used.State, used.Label, used.Creator).ShouldBe((SetupLink.Used, "Ann of Lucky Shrub", "Bea"));
        var attempt = await Host.UseAsync<IWhatsAppAccounts, AttemptView?>(accounts => accounts.FindAttemptAsync(AccountId.Parse("acme"), used.AttemptId!.Value));
        (attempt!.Way, attempt.Outcome).ShouldBe(("link", "connected"));
        Host.Events.Account.Select(one => (one.Kind, one.Origin, one.Person)).ShouldBe(
            [("link_created", "account", "Bea"), ("connected", "link", "Ann of Lucky Shrub"), ("link_used", "link", "Ann of Lucky Shrub")]);
        Host.Events.Account.Where(one => one.Kind.StartsWith("link_", StringComparison.Ordinal)).ShouldAllBe(one => one.Reason == $"{link.Id}" && one.Numbers.Count == 0);
        (await RevokeAsync(link))!.State.ShouldBe(SetupLink.Used);
    }

    [Fact]
    public async Task What_was_taken_back_is_listed_with_who_did_it_and_told_once()
    {
        var link = await CreateAsync();
        await RevokeAsync(link);
        await RevokeAsync(link);

        var revoked = await OnlyLinkAsync();
        (revoked.State, revoked.RevokedBy).ShouldBe((SetupLink.Revoked, "Bea"));
        Host.Events.Account.Select(one => one.Kind).ShouldBe(["link_created", "link_revoked"]);
    }

    [Fact]
    public async Task An_operator_who_takes_it_back_is_named_as_that_and_not_as_a_person_of_the_account()
    {
        var link = await CreateAsync();
        using (AccountEvent.By("somebody of another account"))
            await Host.UseAsync<IWhatsAppOperator, SetupLink?>(operations => operations.RevokeLinkAsync(AccountId.Parse("acme"), link.Id));

        (await OnlyLinkAsync()).ShouldSatisfyAllConditions(one => one.State.ShouldBe(SetupLink.Revoked), one => one.RevokedBy.ShouldBeNull());
        Host.Events.Account.Last().ShouldSatisfyAllConditions(one => (one.Kind, one.Origin, one.Person).ShouldBe(("link_revoked", "operator", null)));
    }

    [Fact]
    public async Task What_can_be_used_is_listed_however_many_were_taken_back_since()
    {
        var open = await CreateAsync();
        for (var made = 0; made < 501; made++)
            await Host.UseAsync<ISetupLinkStore, bool>(async store =>
            {
                await store.AddAsync(new StoredLink
                {
                    AccountId = AccountId.Parse("acme"),
                    UrlHash = $"{made:x64}",
                    Link = new SetupLink { Id = Guid.NewGuid(), Kind = SetupLink.ForSetup, CreatedAt = Clock.GetUtcNow().AddSeconds(1), ExpiresAt = open.ExpiresAt, RevokedAt = Clock.GetUtcNow() },
                });
                return true;
            });

        var listed = await Host.UseAsync<IWhatsAppSetup, IReadOnlyList<SetupLink>>(setup => setup.ListLinksAsync(AccountId.Parse("acme")));
        listed.Single(link => link.State is SetupLink.Open).Id.ShouldBe(open.Id);
    }

    [Fact]
    public async Task Whoever_cancels_at_meta_or_meets_an_error_presses_again()
    {
        var (path, person) = (await PathAsync(), Person());
        var state = Uri.EscapeDataString(Browser.Query(await PressAsync(person, path), "state"));
        (await ReturnAsync(person, path, new Uri(Host.Address, $"{Browser.Callback}?error=access_denied&state={state}"))).ShouldContain("the request was cancelled or not allowed");
        (await ReturnAsync(person, path, new Uri(Host.Address, $"{Browser.Callback}?code=none&state={state}"))).ShouldContain("Meta does not accept the address");

        await StillWorksAsync(path, person);
    }

    [Fact]
    public async Task The_popup_connects_with_the_link_and_its_cookie_alone()
    {
        var (path, person) = (await PathAsync(), Person());
        (await TextAsync(await person.GetAsync(path))).ShouldContain($"connect-path=\"{path}/connect\"");
        var start = await Browser.JsonAsync(await person.PostAsync(path + "/connect", new { }));
        var links = start.GetProperty("links");
        var body = new { code = Host.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString(), @event = "FINISH", wabaIds = new[] { Waba.Id } };

        (await ApiConnect.CodeOf(await person.PostAsync(links.GetProperty("finish").GetString()!, body))).ShouldBe("connected");
        (await ApiConnect.CodeOf(await person.PostAsync(links.GetProperty("finish").GetString()!, body))).ShouldBe("connected", "the same again gets the same answer");
        var attempt = await Browser.JsonAsync(await person.GetAsync(links.GetProperty("attempt").GetString()!));
        (attempt.GetProperty("way").GetString(), attempt.GetProperty("outcome").GetString()).ShouldBe(("link_popup", "connected"));
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
        (await TextAsync(await person.GetAsync(path))).ShouldContain(Number.DisplayPhoneNumber);
    }

    [Fact]
    public async Task A_choice_leaves_connected_as_it_is_what_it_does_not_name()
    {
        await Host.ConnectAsync("acme", Waba);
        var second = Host.Meta.World.AddBusiness("Second").AddWaba("Second").AddNumber("+1 631-555-0122", "Second");
        var (path, person) = (await PathAsync(), Person());
        var page = await ConnectAsync(person, path);
        page.ShouldContain("Choose your numbers");
        page.ShouldNotContain("connected");
        var asked = (await OnlyLinkAsync()).AttemptId;

        var told = await Browser.JsonAsync(await person.GetAsync($"{path}/attempts/{asked}"));
        told.GetProperty("choice").GetProperty("numbers").EnumerateArray().Count(number => number.TryGetProperty("held", out _)).ShouldBe(0, "which numbers the account holds is not said");

        await PostAsync(person, path + "/choose", ("attemptId", $"{asked}"), ("phoneNumberIds", second.Id), ("disconnect", "true"));

        (await Host.ReadAsync("acme")).Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId.ToString()).ShouldBe([Number.Id, second.Id], ignoreOrder: true);
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
    }

    [Fact]
    public async Task A_link_that_is_taken_back_in_the_moment_in_which_its_state_is_let_in_exchanges_nothing()
    {
        var link = await CreateAsync();
        var person = Person();
        var back = await ApproveAsync(await PressAsync(person, PathOf(link)));
        _store.AfterRead = () => RevokeAsync(link);

        (await ReturnAsync(person, PathOf(link), back)).ShouldContain("This link was taken back.");

        await NothingTakenAsync();
        Host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_whose_use_could_not_be_noted_is_spent_by_the_next_press()
    {
        var (path, person) = (await PathAsync(), Person());
        _store.FailsToSpend = true;
        (await ConnectAsync(person, path)).ShouldContain(Number.DisplayPhoneNumber);
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Pressed);
        _store.FailsToSpend = false;

        await RefusedAsync(await PostAsync(person, path), "link_used");
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
        Host.Events.Account.Count(one => one.Kind == "link_used").ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "es-MX", "Conecta un número de WhatsApp con Lucky Desk")]
    [InlineData("pt", "es-MX", "Conecte um número do WhatsApp a Lucky Desk")]
    [InlineData("en", "es-MX", "Connect a WhatsApp number to Lucky Desk")]
    [InlineData(null, "fr", "Connect a WhatsApp number to Lucky Desk")]
    public async Task Its_page_speaks_the_link_s_language_else_the_visitor_s(string? language, string accepted, string title)
    {
        var path = await PathAsync(new SetupLinkRequest { Language = language });
        var answer = await Person().GetAsync(path, request => request.Headers.Add("Accept-Language", accepted));
        (await TextAsync(answer)).ShouldContain($"<h1>{title}</h1>");
    }

    [Fact]
    public async Task Its_secret_is_taken_out_of_the_span_of_a_request()
    {
        var path = await PathAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await PressAsync(Person(), path);
        await Person().PostAsync(path + "/connect", new { });

        // A span ends after its answer.
        await Eventually.TrueAsync(() => _paths.Count(told => told?.StartsWith("/whatsapp/link/{secret}", StringComparison.Ordinal) is true) == 3, "all three requests end");
        _paths.ShouldAllBe(told => told == null || !told.StartsWith(path, StringComparison.Ordinal));
    }
}
