using System.Net;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

/// <summary>Attacks on a link's address, its number, its choice and its limits.</summary>
public sealed class P06LinkAddressTests : TheLinks
{
    protected override void Configure(HostSetup setup) => setup["NumberChoice"] = "Chosen";

    public static TheoryData<string> Wrong =>
    [
        "", "/", "/x", "/" + new string('A', 43), "/" + new string('A', 42), "/" + new string('A', 44), "/" + new string('A', 6000),
        "/..%2f..%2fappsettings.json", "/%2e%2e/%2e%2e/", "/' OR 1=1 --", "/%00", "/AAAA%0d%0aSet-Cookie:x=1", "/{0}", "/<script>alert(1)</script>",
    ];

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_guessed_malformed_or_overlong_address_is_no_link(string suffix)
    {
        var path = await PathAsync();
        var answers = new[] { await Person().GetAsync("/whatsapp/link" + suffix), await PostAsync(Person(), "/whatsapp/link" + suffix) };

        foreach (var answer in answers)
        {
            ((int)answer.StatusCode).ShouldBeInRange(400, 414);
            (await TextAsync(answer)).ShouldNotContain("alert(1)");
        }

        await StillWorksAsync(path);
    }

    [Fact]
    public async Task What_does_not_exist_is_answered_the_same_whatever_it_was()
    {
        var gone = await PathAsync(account: "birch");
        await Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("birch")));
        var path = await PathAsync();
        var tampered = path[..^1] + (path[^1] == 'A' ? 'B' : 'A');

        var answers = new List<string>();
        foreach (var address in (string[])[gone, tampered, "/whatsapp/link/" + new string('A', 43), "/whatsapp/link/x"])
        {
            var answer = await Person().GetAsync(address);
            await RefusedAsync(answer, "link_unknown");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            answers.Add(await TextAsync(answer));
        }

        answers.Distinct().ShouldHaveSingleItem();
        await StillWorksAsync(path);
    }

    [Fact]
    public async Task The_id_of_a_link_opens_nothing_and_no_account_lists_or_takes_back_another_s()
    {
        var link = await CreateAsync();
        await RefusedAsync(await Person().GetAsync($"/whatsapp/link/{link.Id}"), "link_unknown");
        await RefusedAsync(await Person().GetAsync($"/whatsapp/link/{link.Id:N}"), "link_unknown");
        (await Host.UseAsync<IWhatsAppSetup, SetupLink?>(setup => setup.RevokeLinkAsync(AccountId.Parse("birch"), link.Id))).ShouldBeNull();
        (await Host.UseAsync<IWhatsAppSetup, IReadOnlyList<SetupLink>>(setup => setup.ListLinksAsync(AccountId.Parse("birch")))).ShouldBeEmpty();
        await StillWorksAsync(PathOf(link));
    }

    [Fact]
    public async Task The_secret_stands_in_no_log_no_list_no_redirect_to_meta_and_no_other_page()
    {
        var link = await CreateAsync();
        var secret = PathOf(link).Split('/')[^1];
        var person = Person();
        var page = await person.GetAsync(PathOf(link));
        var dialog = await PressAsync(person, PathOf(link));
        dialog.AbsoluteUri.ShouldNotContain(secret);
        var back = await ApproveAsync(dialog);
        back.AbsoluteUri.ShouldNotContain(secret);
        (await TextAsync(await Person().GetAsync(back.PathAndQuery))).ShouldNotContain(secret);
        await ReturnAsync(person, PathOf(link), back);

        string[] headers = [page.Headers.GetValues("Referrer-Policy").Single(), page.Headers.CacheControl!.ToString(), page.Headers.GetValues("X-Robots-Tag").Single()];
        headers.ShouldBe(["strict-origin", "no-store", "noindex, nofollow"]);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        var listed = await OnlyLinkAsync();
        listed.RevealUrl().ShouldBeNull();
        $"{link} {listed} {System.Text.Json.JsonSerializer.Serialize(link)}".ShouldNotContain(secret);
        // The framework's own scope of a request has its path; the security page says so.
        Host.Logs.Lines.Where(line => line.Category != "Microsoft.AspNetCore.Hosting.Diagnostics").ShouldAllBe(line => !line.Text.Contains(secret));
        Host.Events.Account.ShouldAllBe(one => !one.ToJson().Contains(secret));
        Host.Meta.Calls.All.ShouldAllBe(call => !call.ToString().Contains(secret));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://www.example.com.evil.example/")]
    [InlineData("https://user@www.example.com/")]
    [InlineData("http://www.example.com/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~/x")]
    public async Task An_address_that_is_not_listed_is_no_return_address(string target)
    {
        var refusal = await Should.ThrowAsync<ArgumentException>(() => CreateAsync(new SetupLinkRequest { ReturnUrl = target }));
        refusal.Message.ShouldContain("AllowedReturnOrigins");
    }

    [Fact]
    public async Task A_wrong_number_connects_nothing_and_the_page_says_which_one_is_meant()
    {
        var path = await PathAsync(new SetupLinkRequest { ExpectedNumber = "+1 631 555 0188" });
        var page = await ConnectAsync(Person(), path);

        page.ShouldContain("+1 631 555 0188");
        page.ShouldContain(ErrorCatalogue.Find("number_unexpected").Message);
        await NothingTakenAsync();
    }

    [Fact]
    public async Task A_reconnect_link_connects_its_number_and_no_other_one_of_the_same_grant()
    {
        await Host.ConnectAsync("acme", Waba);
        await Host.DisconnectAsync("acme");
        Waba.AddNumber("+1 631-555-0101", "Other");
        var (elsewhere, foreign) = (Host.Meta.World.AddBusiness("Evil").AddWaba("Evil"), Person());
        elsewhere.AddNumber("+1 631-555-0166", "Evil");
        var path = await PathAsync(new SetupLinkRequest { Kind = SetupLink.ForReconnect, ExpectedNumber = Number.Id });

        var refused = await ConnectAsync(foreign, path, elsewhere.Id);
        refused.ShouldContain(ErrorCatalogue.Find("number_unexpected").Message);
        refused.ShouldContain(Number.DisplayPhoneNumber);
        elsewhere.IsAppSubscribed.ShouldBeFalse();
        (await Host.ReadAsync("acme")).Numbers.ShouldAllBe(number => !number.IsHeld);

        (await ConnectAsync(foreign, path, Waba.Id, elsewhere.Id)).ShouldContain("WhatsApp is connected.");
        (await Host.ReadAsync("acme")).Numbers.Single(number => number.IsHeld).PhoneNumberId.ToString().ShouldBe(Number.Id);
        Host.Meta.Calls.Of(GraphOperations.SubscribeApp).ShouldAllBe(call => !call.Path.Contains(elsewhere.Id));
    }

    [Fact]
    public async Task A_choice_that_a_link_asked_for_is_answered_by_whoever_has_the_link_and_not_by_its_account()
    {
        Host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Second").AddNumber("+1 631-555-0101", "Second");
        var path = await PathAsync(new SetupLinkRequest { Lifetime = TimeSpan.FromMinutes(10) });
        var person = Person();
        await ConnectAsync(person, path);
        var asked = (await OnlyLinkAsync()).AttemptId!.Value;
        using var acme = await Host.OpenBrowserAsync("acme");

        (await Host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("acme")))).ShouldAllBe(attempt => attempt.Choice == null);
        (await Host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttentionItem>>(accounts => accounts.GetAttentionAsync(AccountId.Parse("acme")))).ShouldBeEmpty();
        (await ApiConnect.CodeOf(await acme.PostAsync("/api/integrations/whatsapp/choose", new { attemptId = asked, phoneNumberIds = new[] { Number.Id } }))).ShouldBe("choice_over");
        await NothingTakenAsync();

        Clock.Advance(TimeSpan.FromMinutes(10));
        (await TextAsync(await person.GetAsync(path))).ShouldContain("+1 631-555-0101");
        await PostAsync(person, path + "/choose", ("attemptId", $"{asked}"), ("phoneNumberIds", Number.Id));
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
        (await Host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_browser_makes_no_choice_and_no_choice_reaches_another_attempt()
    {
        var other = Host.Meta.World.AddBusiness("Second").AddWaba("Second");
        other.AddNumber("+1 631-555-0122", "Second");
        var (path, owner) = (await PathAsync(), Person());
        using var acme = await Host.OpenBrowserAsync("acme");
        (await acme.ConnectAsync()).ShouldBe("/onboarding/whatsapp?whatsapp=choose");
        (await ConnectAsync(owner, path)).ShouldContain("Choose your numbers");
        var asked = (await OnlyLinkAsync()).AttemptId!.Value;

        await RefusedAsync(await PostAsync(Person(), path + "/choose", ("attemptId", $"{asked}"), ("phoneNumberIds", Number.Id)), "link_in_use");
        (await ApiConnect.CodeOf(await Person().PostAsync(path + "/choose", new { attemptId = asked, phoneNumberIds = new[] { Number.Id } }))).ShouldBe("link_in_use");
        await PostAsync(owner, path + "/choose", ("attemptId", $"{acme.Attempt}"), ("phoneNumberIds", Number.Id));
        (await ApiConnect.CodeOf(await owner.PostAsync(path + "/choose", new { attemptId = acme.Attempt, phoneNumberIds = new[] { Number.Id } }))).ShouldBe("attempt_unknown");
        (await ApiConnect.CodeOf(await owner.GetAsync($"{path}/attempts/{acme.Attempt}"))).ShouldBe("attempt_unknown");
        await NothingTakenAsync();

        var chosen = await PostAsync(owner, path + "/choose", ("attemptId", $"{asked}"), ("phoneNumberIds", Number.Id));
        (await TextAsync(await owner.GetAsync(chosen.Headers.Location!.OriginalString))).ShouldContain(Number.DisplayPhoneNumber);
        (await Host.ReadAsync("acme")).Numbers.Single(number => number.IsHeld).PhoneNumberId.ToString().ShouldBe(Number.Id);
    }

    [Fact]
    public async Task Presses_of_a_link_do_not_use_up_the_account_s_own_starts()
    {
        var (path, person) = (await PathAsync(), Person());
        for (var presses = 0; presses < 10; presses++)
            await PressAsync(person, path);
        await PressedTooOftenAsync(await PostAsync(person, path));

        using var acme = await Host.OpenBrowserAsync("acme");
        for (var starts = 0; starts < 10; starts++)
            await acme.StartAsync();
        await PressAsync(Person(), await PathAsync());
    }

    private static async Task PressedTooOftenAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await TextAsync(answer)).ShouldContain("too many attempts");
    }
}
