using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Graph;
using WhatsAppOnboarding.Tests.Notices;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>What a host's report of a failed call changes.</summary>
public sealed class FailureReportTests
{
    [Fact]
    public async Task A_refused_token_ends_connected_at_once_for_all_numbers_that_were_connected_with_it_and_is_told_once()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));
        var token = await TokenAsync(news);

        await ReportAsync(news, token, 190);
        await ReportAsync(news, token, 190);

        (await news.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
        (await news.SendingAsync()).ShouldBe(ErrorCodes.TokenInvalid);
        (await news.Host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.Evidence.IsRefused);
        var told = news.Host.Events.Account.Where(told => told.Kind is AccountEvent.NeedsAttention).ShouldHaveSingleItem();
        (told.Reason, told.Numbers.Count).ShouldBe((ErrorCodes.TokenInvalid, 2));
    }

    [Theory, InlineData(190), InlineData(10), InlineData(200), InlineData(131042), InlineData(133010), InlineData(415)]
    public async Task What_is_said_of_an_older_token_changes_nothing(int code)
    {
        await using var news = await TheNews.StartAsync();
        var older = await TokenAsync(news);
        await news.ConnectAsync("acme");
        news.Clock.Advance(TimeSpan.FromMinutes(1));
        (await TokenAsync(news)).Reveal().ShouldNotBe(older.Reveal());

        await ShouldChangeNothingAsync(news, () => ReportAsync(news, older, code));
    }

    [Fact]
    public async Task A_refused_token_of_one_connect_says_nothing_of_numbers_of_another()
    {
        await using var news = await TheNews.StartAsync();
        var other = news.Host.Meta.World.AddBusiness("Birch").AddWaba("Other");
        other.AddNumber("+1 631-555-0199", "Apart");
        await news.Host.ConnectAsync("acme", other);

        await ReportAsync(news, await TokenAsync(news), 190);

        (await news.Host.ReadAsync("acme")).Numbers.Where(number => !number.Evidence.IsRefused).ShouldHaveSingleItem().VerifiedName.ShouldBe("Apart");
    }

    [Theory]
    [InlineData(131042, ErrorCodes.PaymentNeeded)]
    [InlineData(131031, ErrorCodes.AccountLocked)]
    [InlineData(368, ErrorCodes.AccountBlocked)]
    [InlineData(10, ErrorCodes.PermissionMissing)]
    [InlineData(131005, ErrorCodes.PermissionMissing)]
    [InlineData(141006, ErrorCodes.PaymentNeeded)]
    [InlineData(131045, "not_registered_at_send")]
    [InlineData(415, ErrorCodes.TwoFactorNeeded)]
    [InlineData(490, ErrorCodes.FacebookCheck)]
    public async Task What_says_something_of_the_number_is_a_reason_that_is_told_once(int code, string reason)
    {
        await using var news = await TheNews.StartAsync();
        var token = await TokenAsync(news);

        await ReportAsync(news, token, code);
        news.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReportAsync(news, token, code);

        NumberReasons.Of(await news.ReadAsync(), news.Clock.GetUtcNow()).ShouldContain(one => one.Code == reason);
        news.Host.Events.Account.Where(told => told.Kind is AccountEvent.NeedsAttention).ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Theory, InlineData(131047), InlineData(131026), InlineData(131056), InlineData(2), InlineData(100)]
    public async Task What_concerns_one_message_or_passes_changes_nothing(int code)
    {
        await using var news = await TheNews.StartAsync();
        var token = await TokenAsync(news);

        await ShouldChangeNothingAsync(news, () => ReportAsync(news, token, code));
    }

    [Fact]
    public async Task A_failure_of_one_number_says_nothing_of_the_others_of_the_account()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));

        await ReportAsync(news, await TokenAsync(news), 131042);

        (await news.Host.ReadAsync("acme")).Numbers.Where(number => number.Evidence.SendFailure is not null).ShouldHaveSingleItem().VerifiedName.ShouldBe("One");
    }

    [Theory, InlineData("birch", 131042), InlineData("birch", 190), InlineData("nobody", 131042)]
    public async Task A_report_of_another_account_or_of_one_without_numbers_changes_nothing(string account, int code)
    {
        await using var news = await TheNews.StartAsync();
        var other = news.Host.Meta.World.AddBusiness("Birch").AddWaba("Other");
        other.AddNumber("+1 631-555-0199", "Apart");
        await news.Host.ConnectAsync("birch", other);
        var token = await TokenAsync(news);

        await ShouldChangeNothingAsync(news, () => ReportAsync(news, token, code, account));
    }

    [Fact]
    public async Task A_disconnected_number_has_no_failures()
    {
        await using var news = await TheNews.StartAsync();
        var token = await TokenAsync(news);
        await news.Host.DisconnectAsync("acme");

        await ShouldChangeNothingAsync(news, () => ReportAsync(news, token, 131042));
    }

    private static async Task ShouldChangeNothingAsync(TheNews news, Func<Task> report)
    {
        var (before, told) = ((await news.Host.ReadAsync("acme")).Reference.Version, news.Host.Events.Account.Count);

        await report();

        ((await news.Host.ReadAsync("acme")).Reference.Version, news.Host.Events.Account.Count).ShouldBe((before, told));
        (await news.ReadAsync()).Evidence.ShouldSatisfyAllConditions(evidence => evidence.SendFailure.ShouldBeNull(), evidence => evidence.IsRefused.ShouldBeFalse());
    }

    private static async Task<AccessToken> TokenAsync(TheNews news) => (await news.Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(
        accounts => accounts.GetTokenAsync(AccountId.Parse("acme"), PhoneNumberId.Parse(news.Number.Id)))).Token.ShouldNotBeNull();

    private static async Task ReportAsync(TheNews news, AccessToken token, int code, string account = "acme")
    {
        using var graph = new TheGraph();
        var error = (await graph.Answers(Some.Error(code), System.Net.HttpStatusCode.BadRequest).SendAsync(Some.Message)).Error.ShouldNotBeNull();
        await news.Host.UseAsync<IWhatsAppAccounts, bool>(async accounts =>
        {
            await accounts.ReportFailureAsync(AccountId.Parse(account), PhoneNumberId.Parse(news.Number.Id), token, error, TestContext.Current.CancellationToken);
            return true;
        });
    }
}
