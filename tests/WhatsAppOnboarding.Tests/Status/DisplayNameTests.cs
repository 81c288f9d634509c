using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Notices;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>The name that customers see: how Meta's review of it stands, why it was declined, and the way to another one.</summary>
public sealed class DisplayNameTests
{
    [Fact]
    public async Task A_name_under_review_is_told_and_asks_for_nothing()
    {
        await using var news = await TheNews.StartAsync(shape => shape.NameStatus = "PENDING_REVIEW");

        var view = await StatusAsync(news);

        (view.NameStatus, view.Connected, view.CanSend.Answer).ShouldBe(("PENDING_REVIEW", true, Readiness.Yes));
        (Found(view, "name_pending").Subject, view.Reasons.Single().Who).ShouldBe(("PENDING_REVIEW", "meta"));
        (await DueAsync(news)).ShouldBeEmpty();
        news.Told().ShouldBeEmpty("that is no news for anybody who waits");
    }

    [Theory]
    [InlineData("NAME_FORMAT_UNACCEPTABLE", "because of how it is written")]
    [InlineData("NAME_EMPLOYEE_ISSUE", "of an employee")]
    [InlineData("NAME_INDIVIDUAL_ISSUE", "not of the business")]
    [InlineData("NAME_ENDCLIENT_NOTRELATED", "of another business")]
    [InlineData("NAME_NOT_CONSISTENT", "calls itself elsewhere")]
    [InlineData("UNKNOWN", "Meta has declined the name")]
    [InlineData("A_NEW_REASON", "Meta has declined the name")]
    public async Task A_declined_name_says_why_and_leads_to_where_another_one_is_asked_for(string reason, string words)
    {
        await using var news = await TheNews.StartAsync();
        await news.Host.Meta.Happenings.RefuseNameAsync(news.Number.Id, reason, TestContext.Current.CancellationToken);
        await LookAsync(news);

        var view = await StatusAsync(news);
        var item = (await DueAsync(news)).ShouldHaveSingleItem();

        Found(view, "name_declined").Message!.ShouldContain(words);
        view.Reasons.Single(one => one.Reason == "name_declined").Message.ShouldBe(item.Message);
        (item.Code, item.Message, item.Action).ShouldBe(("name_declined", Found(view, "name_declined").Message, Found(view, "name_declined").Action));
        item.Link.ShouldBe($"https://business.facebook.com/wa/manage/phone-numbers/?waba_id={news.Waba.Id}");
        item.Action.ShouldContain("WhatsApp Manager");
    }

    [Fact]
    public async Task Another_name_is_asked_for_by_a_call_and_its_review_shows_until_the_number_is_registered_again()
    {
        await using var news = await TheNews.StartAsync();
        var call = WhatsAppCalls.RequestDisplayName(await TokenAsync(news), PhoneNumberId.Parse(news.Number.Id), "Lucky Shrub");

        (await news.Host.UseAsync<IGraphClient, GraphResult<GraphDone>>(graph => graph.SendAsync(call))).Succeeded.ShouldBeTrue();

        await LookAsync(news);
        var view = await StatusAsync(news);
        (view.VerifiedName, view.NewDisplayName, view.NewNameStatus).ShouldBe(("One", "Lucky Shrub", "PENDING_REVIEW"));
        Found(view, "new_name_pending").Subject.ShouldBe("Lucky Shrub");
        (await DueAsync(news)).ShouldBeEmpty();

        await news.Host.Meta.Happenings.ApproveNameAsync(news.Number.Id, TestContext.Current.CancellationToken);
        await LookAsync(news);
        Found(await StatusAsync(news), "new_name_approved").Action!.ShouldContain("within 14 days");
        (await DueAsync(news)).Select(item => (item.Code, item.Who)).ShouldBe([("in_work", "operator")], "the account cannot register a number that is registered");
        news.Host.Events.Account.ShouldContain(told => told.Kind == AccountEvent.NeedsAttention && told.Reason == "new_name_approved");

        (news.Number.VerifiedName, news.Number.NewDisplayName, news.Number.NewNameStatus) = ("Lucky Shrub", null, "NONE");
        await LookAsync(news);
        view = await StatusAsync(news);
        (view.VerifiedName, view.NewDisplayName, view.Findings.Count).ShouldBe(("Lucky Shrub", null, 0));
        (await DueAsync(news)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_name_that_was_declined_leaves_the_number_as_it_is_and_gives_its_own_reason()
    {
        await using var news = await TheNews.StartAsync(shape => (shape.NewDisplayName, shape.NewNameStatus) = ("Lucky", "PENDING_REVIEW"));
        await news.Host.Meta.Happenings.RefuseNameAsync(news.Number.Id, "NAME_NOT_CONSISTENT", TestContext.Current.CancellationToken);
        await LookAsync(news);

        var view = await StatusAsync(news);

        (view.NameStatus, view.Connected).ShouldBe(("APPROVED", true));
        Found(view, "new_name_declined").Message!.ShouldContain("calls itself elsewhere");
        (await DueAsync(news)).Select(item => (item.Code, item.Blocks)).ShouldBe([("new_name_declined", false)]);
        news.Told().ShouldContain(AccountEvent.NeedsAttention);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(" ")]
    public void A_name_that_Meta_certainly_refuses_is_refused_at_once(string name) =>
        Should.Throw<ArgumentException>(() => WhatsAppCalls.RequestDisplayName(AccessToken.Parse("token"), PhoneNumberId.Parse("1"), name));

    [Fact]
    public void A_name_that_is_too_long_is_refused_at_once() =>
        Should.Throw<ArgumentException>(() => WhatsAppCalls.RequestDisplayName(AccessToken.Parse("token"), PhoneNumberId.Parse("1"), new string('x', 76))).Message.ShouldNotContain("xxx");

    private static Finding Found(PhoneNumberView view, string code) => view.Findings.Where(finding => finding.Code == code).ShouldHaveSingleItem();

    private static async Task<PhoneNumberView> StatusAsync(TheNews news) =>
        (await news.Host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(AccountId.Parse("acme")))).PhoneNumbers.Single();

    private static Task<IReadOnlyList<AttentionItem>> DueAsync(TheNews news) =>
        news.Host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttentionItem>>(accounts => accounts.GetAttentionAsync(AccountId.Parse("acme")));

    private static async Task<AccessToken> TokenAsync(TheNews news) =>
        (await news.Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(AccountId.Parse("acme"), PhoneNumberId.Parse(news.Number.Id)))).Token!;

    /// <summary>What Meta shows of the number now is noted.</summary>
    private static Task LookAsync(TheNews news) => news.ConnectAsync("acme");
}
