using System.Net;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

/// <summary>Attacks on links by who opens, presses or holds one that is not theirs: nothing is taken over, and nothing is used up by looking.</summary>
public sealed class P06LinkThiefTests : TheLinks
{
    [Fact]
    public async Task A_link_that_was_stolen_after_the_press_does_nothing_in_the_thief_s_browser()
    {
        var path = await PathAsync();
        var owner = Person();
        var dialog = await PressAsync(owner, path);
        var thief = Person();

        await RefusedAsync(await thief.GetAsync(path), "link_in_use");
        await RefusedAsync(await PostAsync(thief, path), "link_in_use");
        await NothingTakenAsync();
        (await ReturnAsync(owner, path, await ApproveAsync(dialog))).ShouldContain(Number.DisplayPhoneNumber);
    }

    [Fact]
    public async Task A_link_that_was_forwarded_works_for_the_one_who_presses_first_and_for_nobody_else()
    {
        var path = await PathAsync();
        var (first, second) = (Person(), Person());
        (await second.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await PressAsync(first, path);

        await RefusedAsync(await PostAsync(second, path), "link_in_use");
        await StillWorksAsync(path, first);
        await RefusedAsync(await second.GetAsync(path), "link_used");
    }

    [Theory]
    [InlineData("GET", "Mozilla/5.0 (compatible; SafeLinks/1.0)", null)]
    [InlineData("GET", "facebookexternalhit/1.1", null)]
    [InlineData("GET", "WhatsApp/2.24", null)]
    [InlineData("GET", "Slackbot-LinkExpanding 1.0", null)]
    [InlineData("GET", "Mozilla/5.0", "prefetch;prerender")]
    [InlineData("GET", "Mozilla/5.0", "preview")]
    [InlineData("HEAD", "Mozilla/5.0", null)]
    [InlineData("OPTIONS", "Mozilla/5.0", null)]
    public async Task Scanners_previews_and_prefetches_use_nothing_up(string method, string agent, string? purpose)
    {
        var path = await PathAsync();
        for (var times = 0; times < 12; times++)
        {
            await Person().SendAsync(HttpMethod.Parse(method), path, null, request =>
            {
                request.Headers.TryAddWithoutValidation("User-Agent", agent);
                if (purpose is not null)
                    request.Headers.Add("Sec-Purpose", purpose);
            });
        }

        var link = await OnlyLinkAsync();
        (link.State, link.PressedAt).ShouldBe((SetupLink.Open, null));
        await StillWorksAsync(path);
    }

    [Fact]
    public async Task Looking_at_what_the_component_asks_for_uses_nothing_up()
    {
        var path = await PathAsync();
        foreach (var below in (string[])["/connect", "/oauth", "/choose", $"/attempts/{Guid.NewGuid()}"])
            ((int)(await Person().GetAsync(path + below)).StatusCode).ShouldBeInRange(404, 405);
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Open);
        await StillWorksAsync(path);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_press_that_another_site_sends_is_refused(string header, string value)
    {
        var path = await PathAsync();
        var person = Person();
        await person.GetAsync(path);
        foreach (var below in (string[])["", "/connect", "/oauth", "/choose"])
        {
            var answer = await person.SendAsync(HttpMethod.Post, path + below, null, request => request.Headers.Add(header, value));
            (await ApiConnect.CodeOf(answer)).ShouldBe("cross_site");
        }

        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Open);
        await StillWorksAsync(path, person);
    }

    [Fact]
    public async Task A_press_without_a_word_of_where_it_comes_from_is_refused_where_a_cookie_came_along()
    {
        var path = await PathAsync();
        var person = Person();
        await person.GetAsync(path);

        (await ApiConnect.CodeOf(await person.SendAsync(HttpMethod.Post, path))).ShouldBe("cross_site");
        await RefusedButAgainAsync(await Person().SendAsync(HttpMethod.Post, path), "cookies_needed");
        await StillWorksAsync(path, person);
    }

    [Fact]
    public async Task Of_many_browsers_that_press_at_once_one_has_the_link()
    {
        var path = await PathAsync();
        Browser[] people = [.. Enumerable.Range(0, 8).Select(_ => Person())];
        await Task.WhenAll(people.Select(person => person.GetAsync(path)));

        var answers = await Task.WhenAll(people.Select(person => PostAsync(person, path)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        await StillWorksAsync(path, people[Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther)]);
    }

    [Fact]
    public async Task Two_grants_of_one_browser_at_once_connect_once()
    {
        var path = await PathAsync();
        var person = Person();
        Waba.AddNumber("+1 631-555-0199", "Second");
        var backs = new[] { await ApproveAsync(await PressAsync(person, path)), await ApproveAsync(await PressAsync(person, path)) };

        await Task.WhenAll(backs.Select(back => person.GetAsync(back.PathAndQuery)));

        var attempts = await Host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("acme")));
        attempts.Count(attempt => attempt.Outcome == AttemptView.Connected).ShouldBe(1);
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
    }

    [Fact]
    public async Task A_link_that_has_connected_connects_nothing_more_in_any_browser()
    {
        var path = await PathAsync();
        var owner = Person();
        var early = await ApproveAsync(await PressAsync(owner, path));
        await ConnectAsync(owner, path);
        await Host.DisconnectAsync("acme");

        await RefusedAsync(await Person().GetAsync(path), "link_used");
        await RefusedAsync(await PostAsync(Person(), path), "link_used");
        await RefusedAsync(await PostAsync(owner, path), "link_used");
        (await owner.GetAsync(early.PathAndQuery)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Host.ReadAsync("acme")).Numbers.ShouldAllBe(number => !number.IsHeld);
    }

    [Fact]
    public async Task The_cookie_of_an_attacker_in_the_victim_s_browser_binds_nothing()
    {
        var link = await CreateAsync();
        var (path, planted) = (PathOf(link), new string('a', 43));
        var name = $"whatsapp-link-{link.Id:N}";
        using var victim = Host.OpenApi(null);
        using var opening = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", $"{name}={planted}" } } };
        var opened = await victim.SendAsync(opening, TestContext.Current.CancellationToken);

        var own = opened.Headers.GetValues("Set-Cookie").Single();
        own.ShouldStartWith(name + "=");
        own.ShouldNotContain(planted);
        own.ShouldContain("httponly", Case.Insensitive);
        own.ShouldContain("samesite=lax", Case.Insensitive);
        using var pressing = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Cookie", own.Split(';')[0] }, { "Sec-Fetch-Site", "same-origin" } } };
        (await victim.SendAsync(pressing, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var thief = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", $"{name}={planted}" } } };
        await RefusedAsync(await victim.SendAsync(thief, TestContext.Current.CancellationToken), "link_in_use");
        await NothingTakenAsync();
    }

    [Fact]
    public async Task Presses_that_bring_no_cookie_use_up_none_of_whoever_has_the_link()
    {
        var path = await PathAsync();
        for (var press = 0; press < 20; press++)
            await RefusedButAgainAsync(await PostAsync(Person(), path), "cookies_needed");

        await StillWorksAsync(path);
    }

    private static async Task RefusedButAgainAsync(HttpResponseMessage answer, string code)
    {
        ((int)answer.StatusCode).ShouldBe(ErrorCatalogue.Find(code).HttpStatus);
        (await TextAsync(answer)).ShouldContain(ErrorCatalogue.Find(code).Message);
    }
}
